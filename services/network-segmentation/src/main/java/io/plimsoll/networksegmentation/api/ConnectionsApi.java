package io.plimsoll.networksegmentation.api;

import io.grpc.stub.StreamObserver;
import io.plimsoll.analyser.AnalyserRuntime;
import io.plimsoll.analyser.OwnerStatus;
import io.plimsoll.api.segmentation.v1.ConnectionServiceGrpc;
import io.plimsoll.api.segmentation.v1.Endpoint;
import io.plimsoll.api.segmentation.v1.ExplainConnectionRequest;
import io.plimsoll.api.segmentation.v1.ExplainConnectionResponse;
import io.plimsoll.api.segmentation.v1.ListClassMembersRequest;
import io.plimsoll.api.segmentation.v1.ListClassMembersResponse;
import io.plimsoll.api.segmentation.v1.ListConnectionsRequest;
import io.plimsoll.api.segmentation.v1.ListConnectionsResponse;
import io.plimsoll.api.segmentation.v1.ProbeConnectionRequest;
import io.plimsoll.api.segmentation.v1.ProbeConnectionResponse;
import io.plimsoll.api.segmentation.v1.Protocol;
import io.plimsoll.api.segmentation.v1.Verdict;
import io.plimsoll.identity.Caller;
import io.plimsoll.identity.Callers;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.networksegmentation.flow.ListConnections;
import io.plimsoll.networksegmentation.flow.Probe;
import io.plimsoll.networksegmentation.flow.SeenCluster;
import io.plimsoll.networksegmentation.flow.SeenClusters;
import io.plimsoll.page.PageToken;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.segmentation.policy.Address;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.Version;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Who can reach whom, from the snapshot of the cluster's owner. A workload that is not the caller's to see is not there: neither as an end
 * of a connection, nor to be probed.
 */
@GrpcService
@Blocking
public class ConnectionsApi extends ConnectionServiceGrpc.ConnectionServiceImplBase {

    private final AnalyserRuntime runtime;
    private final Callers callers;
    private final SeenClusters clusters;

    ConnectionsApi(AnalyserRuntime runtime, Callers callers, SeenClusters clusters) {
        this.runtime = runtime;
        this.callers = callers;
        this.clusters = clusters;
    }

    private static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
        observer.onNext(work.get());
        observer.onCompleted();
    }

    private SeenCluster seen(String cluster, Caller caller) {
        if (cluster.isEmpty()) {
            throw new ProblemException(Problem.MALFORMED, "a cluster is needed").at("cluster");
        }
        SeenCluster seen = clusters.of(OwnerStatus.snapshot(cluster, runtime::ask));
        if (!seen.isSeenBy(caller)) {
            throw OwnerStatus.unknown(cluster);
        }
        return seen;
    }

    @Override
    public void listConnections(ListConnectionsRequest request, StreamObserver<ListConnectionsResponse> observer) {
        answer(observer, () -> {
            Caller caller = callers.caller();
            int size = PageToken.size(request.getPageSize());
            SeenCluster cluster = seen(request.getCluster(), caller);
            Version revision = cluster.snapshot().revision();
            String question = question(
                    request.toBuilder().clearPageSize().clearPageToken().build().toString(), caller);
            PageToken token = PageToken.read(request.getPageToken(), question).at(revision.toString());
            ListConnectionsResponse.Builder response =
                    ListConnectionsResponse.newBuilder().setRevision(KernelCodec.toWire(revision));
            Optional<ListConnections.Question> asked = asked(request, cluster, caller);
            if (asked.isPresent()) {
                ListConnections.Page page = ListConnections.page(
                        cluster,
                        caller,
                        asked.get(),
                        new ListConnections.Position(token.index(0), token.index(1)),
                        size);
                page.rows().forEach(row -> response.addConnections(ConnectionCodec.toWire(row)));
                page.next()
                        .ifPresent(next -> response.setNextPageToken(
                                PageToken.of(question, revision.toString(), next.part(), next.skip())));
            }
            return response.build();
        });
    }

    /** Empty where only what is denied is wanted: that is not listed. */
    private static Optional<ListConnections.Question> asked(
            ListConnectionsRequest request, SeenCluster cluster, Caller caller) {
        Optional<ResourceId> workload = request.hasWorkload()
                ? Optional.of(workload(
                        cluster,
                        caller,
                        ConnectionCodec.workload(request.getWorkload(), request.getCluster(), "workload")))
                : Optional.empty();
        ListConnections.Wanted wanted =
                switch (request.getVerdict()) {
                    case VERDICT_UNSPECIFIED -> ListConnections.Wanted.ALL;
                    case VERDICT_ALLOWED -> ListConnections.Wanted.CERTAIN;
                    case VERDICT_UNKNOWN, VERDICT_DENIED -> ListConnections.Wanted.UNCERTAIN;
                    case UNRECOGNIZED ->
                        throw new ProblemException(Problem.MALFORMED, "not a verdict: " + request.getVerdictValue())
                                .at("verdict");
                };
        return request.getVerdict() == Verdict.VERDICT_DENIED
                ? Optional.empty()
                : Optional.of(new ListConnections.Question(request.getNamespace(), workload, wanted));
    }

    /** Two callers who see different things never share a token. */
    private static String question(String request, Caller caller) {
        return request + (caller.seesAll() ? "all" : new TreeSet<>(caller.visibleTeams()).toString());
    }

    private static ResourceId workload(SeenCluster cluster, Caller caller, SubjectId id) {
        return cluster.workload(id)
                .filter(workload -> cluster.isSeenBy(caller, workload))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "no workload " + id));
    }

    @Override
    public void listClassMembers(ListClassMembersRequest request, StreamObserver<ListClassMembersResponse> observer) {
        answer(observer, () -> {
            Caller caller = callers.caller();
            int size = PageToken.size(request.getPageSize());
            SeenCluster cluster = seen(request.getCluster(), caller);
            Version revision = cluster.snapshot().revision();
            if (!KernelCodec.fromWire(request.getRevision()).equals(revision)) {
                throw new ProblemException(
                        Problem.SNAPSHOT_MOVED, "classes are numbered anew in each revision; this is " + revision);
            }
            int number = request.getClassNumber();
            if (number < 0 || number >= cluster.reachability().classes()) {
                throw new ProblemException(
                        Problem.NOT_FOUND, "no class " + Integer.toUnsignedString(number) + " in this revision");
            }
            String question = question("members " + request.getCluster() + " " + number, caller);
            int skip = PageToken.read(request.getPageToken(), question)
                    .at(revision.toString())
                    .index(0);
            List<ResourceId> members = cluster.reachability().members(number).stream()
                    .filter(workload -> cluster.isSeenBy(caller, workload))
                    .skip(skip)
                    .limit(size + 1L)
                    .toList();
            ListClassMembersResponse.Builder response = ListClassMembersResponse.newBuilder();
            members.stream()
                    .limit(size)
                    .forEach(workload -> response.addWorkloads(KernelCodec.toWire(SeenCluster.subject(workload))));
            if (members.size() > size) {
                response.setNextPageToken(PageToken.of(question, revision.toString(), skip + size));
            }
            return response.build();
        });
    }

    @Override
    public void probeConnection(ProbeConnectionRequest request, StreamObserver<ProbeConnectionResponse> observer) {
        answer(observer, () -> {
            Probed probed = probed(
                    request.getCluster(),
                    request.getSource(),
                    request.getDestination(),
                    request.getProtocol(),
                    request.getPort());
            return ProbeConnectionResponse.newBuilder()
                    .setVerdict(ConnectionCodec.toWire(probed.verdict().outcome()))
                    .setReason(ConnectionCodec.reason(probed.verdict().outcome()))
                    .setRevision(KernelCodec.toWire(probed.revision()))
                    .build();
        });
    }

    @Override
    public void explainConnection(
            ExplainConnectionRequest request, StreamObserver<ExplainConnectionResponse> observer) {
        answer(observer, () -> {
            Probed probed = probed(
                    request.getCluster(),
                    request.getSource(),
                    request.getDestination(),
                    request.getProtocol(),
                    request.getPort());
            ExplainConnectionResponse.Builder response = ExplainConnectionResponse.newBuilder()
                    .setVerdict(ConnectionCodec.toWire(probed.verdict().outcome()))
                    .setReason(ConnectionCodec.reason(probed.verdict().outcome()))
                    .setRevision(KernelCodec.toWire(probed.revision()));
            probed.verdict().rules().forEach(say -> response.addRules(ConnectionCodec.toWire(say)));
            return response.build();
        });
    }

    private record Probed(Probe.Verdict verdict, Version revision) {}

    private Probed probed(String name, Endpoint source, Endpoint destination, Protocol protocol, int port) {
        Caller caller = callers.caller();
        SeenCluster cluster = seen(name, caller);
        Probe.End from = end(cluster, caller, source, "source");
        Probe.End to = end(cluster, caller, destination, "destination");
        if (from instanceof Probe.End.Outside && to instanceof Probe.End.Outside) {
            throw new ProblemException(
                    Problem.MALFORMED,
                    "source and destination are both addresses: policies of pods say nothing of that");
        }
        return new Probed(
                Probe.of(cluster, from, to, ConnectionCodec.port(protocol, port)),
                cluster.snapshot().revision());
    }

    private static Probe.End end(SeenCluster cluster, Caller caller, Endpoint wire, String field) {
        return switch (wire.getEndCase()) {
            case WORKLOAD ->
                new Probe.End.OfWorkload(workload(
                        cluster,
                        caller,
                        ConnectionCodec.workload(
                                wire.getWorkload(), cluster.snapshot().cluster(), field)));
            case ADDRESS ->
                new Probe.End.Outside(Address.parse(wire.getAddress())
                        .orElseThrow(
                                () -> new ProblemException(Problem.MALFORMED, "not an address: " + wire.getAddress())
                                        .at(field)));
            case CLASS_NUMBER, CIDR, SPAN, INGRESS_CONTROLLER, END_NOT_SET ->
                throw new ProblemException(Problem.MALFORMED, "an end is a workload or an address").at(field);
        };
    }
}
