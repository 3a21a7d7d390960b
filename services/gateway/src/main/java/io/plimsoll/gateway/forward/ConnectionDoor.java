package io.plimsoll.gateway.forward;

import io.plimsoll.api.segmentation.v1.ConnectionServiceGrpc;
import io.plimsoll.gateway.upstream.Upstream;
import io.quarkus.grpc.GrpcService;

/** Who can reach whom; asked of the replica that owns the cluster. */
@GrpcService
public class ConnectionDoor extends Door {

    ConnectionDoor(Forwarding forwarding) {
        super(ConnectionServiceGrpc.getServiceDescriptor(), Upstream.NETWORK_SEGMENTATION, forwarding);
    }
}
