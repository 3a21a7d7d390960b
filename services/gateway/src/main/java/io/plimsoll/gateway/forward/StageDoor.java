package io.plimsoll.gateway.forward;

import io.plimsoll.api.scoring.v1.StageServiceGrpc;
import io.plimsoll.gateway.upstream.Upstream;
import io.quarkus.grpc.GrpcService;

/** Where scopes stand, and events. */
@GrpcService
public class StageDoor extends Door {

    StageDoor(Forwarding forwarding) {
        super(StageServiceGrpc.getServiceDescriptor(), Upstream.STAGE_SCORING, forwarding);
    }
}
