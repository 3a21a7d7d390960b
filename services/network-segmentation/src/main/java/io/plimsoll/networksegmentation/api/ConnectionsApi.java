package io.plimsoll.networksegmentation.api;

import io.grpc.stub.StreamObserver;
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
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.networksegmentation.SegmentationConfig;
import io.plimsoll.networksegmentation.flow.ConnectionRow;
import io.plimsoll.networksegmentation.flow.ListConnections;
import io.plimsoll.networksegmentation.flow.Probe;
import io.plimsoll.networksegmentation.flow.Rows;
import io.plimsoll.networksegmentation.flow.SeenCluster;
import io.plimsoll.networksegmentation.flow.Until;
import io.plimsoll.page.PageToken;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.segmentation.policy.Address;
import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.Version;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.util.List;
import java.util.Optional;

/**
 * Who can reach whom, from the snapshot of the cluster's owner. A workload that is not the caller's to see is not there: neither as an end
 * of a connection, nor to be probed.
 */
@GrpcService
@Blocking
public class ConnectionsApi extends ConnectionServiceGrpc.ConnectionServiceImplBase {

    private final Reception reception;
    private final SegmentationConfig config;

    ConnectionsApi(Reception reception, SegmentationConfig config) {
        this.reception = reception;
        this.config = config;
    }

    @Override
    public void listConnections(ListConnectionsRequest request, StreamObserver<ListConnectionsResponse> observer) {
        Reception.answer(observer, () -> {
            Asked asked = reception.asked(request.getCluster());
            int size = PageToken.size(request.getPageSize());
            String question = asked.question(
                    request.toBuilder().clearPageSize().clearPageToken().build());
            Rows.Position from = asked.from(request.getPageToken(), question);
            ListConnectionsResponse.Builder response =
                    ListConnectionsResponse.newBuilder().setRevision(asked.wireRevision());
            Optional<ListConnections.Question> wanted = wanted(request, asked);
            if (wanted.isPresent()) {
                Rows.Page<ConnectionRow> page = ListConnections.page(
                        asked.cluster(), asked.caller(), wanted.get(), from, size, Until.in(config.pageWithin()));
                page.rows().forEach(row -> response.addConnections(ConnectionCodec.toWire(row)));
                response.setNextPageToken(asked.next(question, page.next()));
            }
            return response.build();
        });
    }

    /** Empty where only what is denied is wanted: that is not listed. */
    private static Optional<ListConnections.Question> wanted(ListConnectionsRequest request, Asked asked) {
        Optional<ResourceId> workload = request.hasWorkload()
                ? Optional.of(asked.workload(request.getWorkload(), "workload"))
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

    @Override
    public void listClassMembers(ListClassMembersRequest request, StreamObserver<ListClassMembersResponse> observer) {
        Reception.answer(observer, () -> {
            Asked asked = reception.asked(request.getCluster());
            int size = PageToken.size(request.getPageSize());
            if (!KernelCodec.fromWire(request.getRevision()).equals(asked.revision())) {
                throw new ProblemException(
                        Problem.SNAPSHOT_MOVED,
                        "classes are numbered anew in each revision; this is " + asked.revision());
            }
            int number = request.getClassNumber();
            if (number < 0 || number >= asked.cluster().reachability().classes()) {
                throw new ProblemException(
                        Problem.NOT_FOUND, "no class " + Integer.toUnsignedString(number) + " in this revision");
            }
            String question = asked.question("members", request.getCluster(), number);
            Rows.Page<ResourceId> page = Rows.page(
                    asked.cluster().reachability().members(number).stream()
                            .filter(workload -> asked.cluster().isSeenBy(asked.caller(), workload))
                            .toList(),
                    asked.from(request.getPageToken(), question),
                    size);
            ListClassMembersResponse.Builder response = ListClassMembersResponse.newBuilder();
            page.rows().forEach(workload -> response.addWorkloads(KernelCodec.toWire(SeenCluster.subject(workload))));
            return response.setNextPageToken(asked.next(question, page.next())).build();
        });
    }

    @Override
    public void probeConnection(ProbeConnectionRequest request, StreamObserver<ProbeConnectionResponse> observer) {
        Reception.answer(observer, () -> {
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
        Reception.answer(observer, () -> {
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
            probed.verdict()
                    .rules()
                    .forEach(say -> response.addRules(RuleCodec.toWire(
                            probed.cluster(),
                            say.reason(),
                            say.direction(),
                            probed.ends(say.direction()).getFirst(),
                            probed.ends(say.direction()).getLast())));
            return response.build();
        });
    }

    private record Probed(
            Probe.Verdict verdict,
            SeenCluster cluster,
            io.plimsoll.segmentation.reach.Endpoint source,
            io.plimsoll.segmentation.reach.Endpoint destination,
            Version revision) {

        /** Whom a rule selects, then the other. */
        List<io.plimsoll.segmentation.reach.Endpoint> ends(io.plimsoll.segmentation.policy.Direction direction) {
            return switch (direction) {
                case EGRESS -> List.of(source, destination);
                case INGRESS -> List.of(destination, source);
            };
        }
    }

    private Probed probed(String name, Endpoint source, Endpoint destination, Protocol protocol, int port) {
        Asked asked = reception.asked(name);
        Probe.End from = end(asked, source, "source");
        Probe.End to = end(asked, destination, "destination");
        if (from instanceof Probe.End.Outside && to instanceof Probe.End.Outside) {
            throw new ProblemException(
                    Problem.MALFORMED,
                    "source and destination are both addresses: policies of pods say nothing of that");
        }
        return new Probed(
                Probe.of(asked.cluster(), from, to, ConnectionCodec.port(protocol, port)),
                asked.cluster(),
                endpoint(from),
                endpoint(to),
                asked.revision());
    }

    private static io.plimsoll.segmentation.reach.Endpoint endpoint(Probe.End end) {
        return switch (end) {
            case Probe.End.OfWorkload workload -> new io.plimsoll.segmentation.reach.Endpoint.OfWorkload(workload.id());
            case Probe.End.Outside outside ->
                new io.plimsoll.segmentation.reach.Endpoint.External(
                        new AddressRange(outside.address(), outside.address()));
        };
    }

    private static Probe.End end(Asked asked, Endpoint wire, String field) {
        return switch (wire.getEndCase()) {
            case WORKLOAD -> new Probe.End.OfWorkload(asked.workload(wire.getWorkload(), field));
            case ADDRESS ->
                new Probe.End.Outside(Address.parse(wire.getAddress())
                        .orElseThrow(
                                () -> new ProblemException(Problem.MALFORMED, "not an address: " + wire.getAddress())
                                        .at(field)));
            case CLASS_NUMBER, CIDR, SPAN, INGRESS_CONTROLLER, ABSENT_PODS, END_NOT_SET ->
                throw new ProblemException(Problem.MALFORMED, "an end is a workload or an address").at(field);
        };
    }
}
