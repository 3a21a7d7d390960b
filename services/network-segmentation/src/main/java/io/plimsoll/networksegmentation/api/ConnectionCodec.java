package io.plimsoll.networksegmentation.api;

import io.plimsoll.api.kernel.v1.SubjectRef;
import io.plimsoll.api.segmentation.v1.AbsentPods;
import io.plimsoll.api.segmentation.v1.AddressSpan;
import io.plimsoll.api.segmentation.v1.Connection;
import io.plimsoll.api.segmentation.v1.Endpoint;
import io.plimsoll.api.segmentation.v1.IngressController;
import io.plimsoll.api.segmentation.v1.PortRange;
import io.plimsoll.api.segmentation.v1.Protocol;
import io.plimsoll.api.segmentation.v1.Verdict;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.networksegmentation.flow.ConnectionRow;
import io.plimsoll.networksegmentation.flow.SeenCluster;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.reach.Explanation;
import io.plimsoll.segmentation.topology.Stranger;
import io.plimsoll.wire.KernelCodec;

/** The contract's words for the engine's, and back. */
final class ConnectionCodec {

    private ConnectionCodec() {}

    static Connection toWire(ConnectionRow row) {
        Connection.Builder connection = Connection.newBuilder()
                .setSource(toWire(row.source()))
                .setDestination(toWire(row.destination()))
                .setVerdict(row.certain() ? Verdict.VERDICT_ALLOWED : Verdict.VERDICT_UNKNOWN);
        if (!row.ports().isAll()) {
            row.ports().toSpans().forEach(span -> connection.addPorts(toWire(span)));
        }
        return connection.build();
    }

    static Endpoint toWire(io.plimsoll.segmentation.reach.Endpoint end) {
        Endpoint.Builder wire = Endpoint.newBuilder();
        switch (end) {
            case io.plimsoll.segmentation.reach.Endpoint.OfWorkload workload ->
                wire.setWorkload(KernelCodec.toWire(SeenCluster.subject(workload.id())));
            case io.plimsoll.segmentation.reach.Endpoint.External external -> outside(wire, external.range());
            case io.plimsoll.segmentation.reach.Endpoint.Controller controller ->
                wire.setIngressController(IngressController.getDefaultInstance());
            case io.plimsoll.segmentation.reach.Endpoint.OfStranger stranger ->
                wire.setAbsentPods(AbsentPods.newBuilder()
                        .setAny(stranger.stranger().equals(Stranger.ANYONE))
                        .setText(stranger.toString()));
        }
        return wire.build();
    }

    private static void outside(Endpoint.Builder wire, AddressRange range) {
        range.cidr()
                .ifPresentOrElse(
                        wire::setCidr,
                        () -> wire.setSpan(AddressSpan.newBuilder()
                                .setFirst(range.first().toString())
                                .setLast(range.last().toString())));
    }

    static Verdict toWire(Explanation.Outcome outcome) {
        return switch (outcome) {
            case ALLOWED -> Verdict.VERDICT_ALLOWED;
            case DENIED -> Verdict.VERDICT_DENIED;
            case UNKNOWN -> Verdict.VERDICT_UNKNOWN;
        };
    }

    /** Why it cannot be told: something that could decide is not known, or not analysed. */
    static io.plimsoll.api.kernel.v1.Reason reason(Explanation.Outcome outcome) {
        return switch (outcome) {
            case ALLOWED, DENIED -> io.plimsoll.api.kernel.v1.Reason.REASON_UNSPECIFIED;
            case UNKNOWN -> io.plimsoll.api.kernel.v1.Reason.REASON_PARTIAL_ANALYSIS;
        };
    }

    static PortRange toWire(PortSet.Span span) {
        return PortRange.newBuilder()
                .setProtocol(toWire(span.protocol()))
                .setFirst(span.first())
                .setLast(span.last())
                .build();
    }

    private static Protocol toWire(io.plimsoll.segmentation.policy.Protocol protocol) {
        return switch (protocol) {
            case TCP -> Protocol.PROTOCOL_TCP;
            case UDP -> Protocol.PROTOCOL_UDP;
            case SCTP -> Protocol.PROTOCOL_SCTP;
        };
    }

    /** @throws ProblemException of {@link Problem#MALFORMED} when it is none */
    static PortSet port(Protocol protocol, int port) {
        if (port < 1 || port > PortSet.PORT_MAX) {
            throw new ProblemException(Problem.MALFORMED, "a port is 1 to " + PortSet.PORT_MAX + ", not " + port)
                    .at("port");
        }
        return switch (protocol) {
            case PROTOCOL_TCP -> PortSet.of(io.plimsoll.segmentation.policy.Protocol.TCP, port);
            case PROTOCOL_UDP -> PortSet.of(io.plimsoll.segmentation.policy.Protocol.UDP, port);
            case PROTOCOL_SCTP -> PortSet.of(io.plimsoll.segmentation.policy.Protocol.SCTP, port);
            case PROTOCOL_UNSPECIFIED, UNRECOGNIZED ->
                throw new ProblemException(Problem.MALFORMED, "a protocol is TCP, UDP or SCTP").at("protocol");
        };
    }

    /**
     * A workload of the cluster asked about.
     *
     * @param field of the request, for the problem
     * @throws ProblemException of {@link Problem#MALFORMED} when it is no workload, or another cluster's
     */
    static SubjectId workload(SubjectRef wire, String cluster, String field) {
        SubjectId id;
        try {
            id = KernelCodec.fromWire(wire);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.MALFORMED, "not the reference of a workload", e).at(field);
        }
        if (id.kind() != SubjectKind.WORKLOAD || !id.cluster().equals(cluster)) {
            throw new ProblemException(Problem.MALFORMED, "not a workload of cluster " + cluster + ": " + id).at(field);
        }
        return id;
    }
}
