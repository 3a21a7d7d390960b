package io.plimsoll.gateway.forward;

import io.plimsoll.api.findings.v1.ExplainEvidenceRequest;
import io.plimsoll.api.findings.v1.ExplainEvidenceResponse;
import io.plimsoll.api.findings.v1.FindingService;
import io.plimsoll.api.findings.v1.FindingServiceGrpc;
import io.plimsoll.api.findings.v1.ListFindingsRequest;
import io.plimsoll.api.findings.v1.ListFindingsResponse;
import io.plimsoll.gateway.upstream.Upstream;
import io.quarkus.grpc.GrpcService;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** What is wrong. Forwarded in the caller's name. */
@GrpcService
@Authenticated
public class FindingDoor implements FindingService {

    private final Forwarding forwarding;

    FindingDoor(Forwarding forwarding) {
        this.forwarding = forwarding;
    }

    @Override
    public Uni<ListFindingsResponse> listFindings(ListFindingsRequest request) {
        return forwarding.ask(Upstream.STAGE_SCORING, FindingServiceGrpc.getListFindingsMethod(), request);
    }

    @Override
    public Uni<ExplainEvidenceResponse> explainEvidence(ExplainEvidenceRequest request) {
        return forwarding.ask(Upstream.STAGE_SCORING, FindingServiceGrpc.getExplainEvidenceMethod(), request);
    }
}
