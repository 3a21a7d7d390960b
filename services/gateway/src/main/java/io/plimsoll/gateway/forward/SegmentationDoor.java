package io.plimsoll.gateway.forward;

import io.plimsoll.api.segmentation.v1.SegmentationServiceGrpc;
import io.plimsoll.gateway.upstream.Upstream;
import io.quarkus.grpc.GrpcService;

/** Why, to whom, what if and how well; asked of the replica that owns the cluster. */
@GrpcService
public class SegmentationDoor extends Door {

    SegmentationDoor(Forwarding forwarding) {
        super(SegmentationServiceGrpc.getServiceDescriptor(), Upstream.NETWORK_SEGMENTATION, forwarding);
    }
}
