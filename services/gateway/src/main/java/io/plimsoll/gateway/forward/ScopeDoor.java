package io.plimsoll.gateway.forward;

import io.plimsoll.api.scoring.v1.ScopeServiceGrpc;
import io.plimsoll.gateway.upstream.Upstream;
import io.quarkus.grpc.GrpcService;

/** The tree of scopes. */
@GrpcService
public class ScopeDoor extends Door {

    ScopeDoor(Forwarding forwarding) {
        super(ScopeServiceGrpc.getServiceDescriptor(), Upstream.STAGE_SCORING, forwarding);
    }
}
