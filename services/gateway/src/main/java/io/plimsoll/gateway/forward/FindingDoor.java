package io.plimsoll.gateway.forward;

import io.plimsoll.api.findings.v1.FindingServiceGrpc;
import io.plimsoll.gateway.upstream.Upstream;
import io.quarkus.grpc.GrpcService;

/** What is wrong. */
@GrpcService
public class FindingDoor extends Door {

    FindingDoor(Forwarding forwarding) {
        super(FindingServiceGrpc.getServiceDescriptor(), Upstream.STAGE_SCORING, forwarding);
    }
}
