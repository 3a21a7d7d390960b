package io.plimsoll.gateway.forward;

import io.plimsoll.api.segmentation.v1.ConnectionService;
import io.plimsoll.api.segmentation.v1.ConnectionServiceGrpc;
import io.plimsoll.api.segmentation.v1.ExplainConnectionRequest;
import io.plimsoll.api.segmentation.v1.ExplainConnectionResponse;
import io.plimsoll.api.segmentation.v1.ListClassMembersRequest;
import io.plimsoll.api.segmentation.v1.ListClassMembersResponse;
import io.plimsoll.api.segmentation.v1.ListConnectionsRequest;
import io.plimsoll.api.segmentation.v1.ListConnectionsResponse;
import io.plimsoll.api.segmentation.v1.ProbeConnectionRequest;
import io.plimsoll.api.segmentation.v1.ProbeConnectionResponse;
import io.plimsoll.gateway.upstream.Upstream;
import io.quarkus.grpc.GrpcService;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** Who can reach whom. Forwarded in the caller's name. */
@GrpcService
@Authenticated
public class ConnectionDoor implements ConnectionService {

    private final Forwarding forwarding;

    ConnectionDoor(Forwarding forwarding) {
        this.forwarding = forwarding;
    }

    @Override
    public Uni<ListConnectionsResponse> listConnections(ListConnectionsRequest request) {
        return forwarding.ask(Upstream.NETWORK_SEGMENTATION, ConnectionServiceGrpc.getListConnectionsMethod(), request);
    }

    @Override
    public Uni<ListClassMembersResponse> listClassMembers(ListClassMembersRequest request) {
        return forwarding.ask(
                Upstream.NETWORK_SEGMENTATION, ConnectionServiceGrpc.getListClassMembersMethod(), request);
    }

    @Override
    public Uni<ProbeConnectionResponse> probeConnection(ProbeConnectionRequest request) {
        return forwarding.ask(Upstream.NETWORK_SEGMENTATION, ConnectionServiceGrpc.getProbeConnectionMethod(), request);
    }

    @Override
    public Uni<ExplainConnectionResponse> explainConnection(ExplainConnectionRequest request) {
        return forwarding.ask(
                Upstream.NETWORK_SEGMENTATION, ConnectionServiceGrpc.getExplainConnectionMethod(), request);
    }
}
