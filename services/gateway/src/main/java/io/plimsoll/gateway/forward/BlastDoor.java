package io.plimsoll.gateway.forward;

import io.plimsoll.api.segmentation.v1.BlastServiceGrpc;
import io.plimsoll.gateway.upstream.Upstream;
import io.quarkus.grpc.GrpcService;

/** How far trouble spreads and how it comes in; asked of the replica that owns the cluster. */
@GrpcService
public class BlastDoor extends Door {

    BlastDoor(Forwarding forwarding) {
        super(BlastServiceGrpc.getServiceDescriptor(), Upstream.NETWORK_SEGMENTATION, forwarding);
    }
}
