package io.plimsoll.gateway.forward;

import io.plimsoll.api.scoring.v1.GetStageRequest;
import io.plimsoll.api.scoring.v1.GetStageResponse;
import io.plimsoll.api.scoring.v1.ListCoverageRequest;
import io.plimsoll.api.scoring.v1.ListCoverageResponse;
import io.plimsoll.api.scoring.v1.ListGateEvidenceRequest;
import io.plimsoll.api.scoring.v1.ListGateEvidenceResponse;
import io.plimsoll.api.scoring.v1.ListGatesRequest;
import io.plimsoll.api.scoring.v1.ListGatesResponse;
import io.plimsoll.api.scoring.v1.ListRouteStepsRequest;
import io.plimsoll.api.scoring.v1.ListRouteStepsResponse;
import io.plimsoll.api.scoring.v1.ListStageHistoryRequest;
import io.plimsoll.api.scoring.v1.ListStageHistoryResponse;
import io.plimsoll.api.scoring.v1.MutinyStageServiceGrpc;
import io.plimsoll.api.scoring.v1.StageService;
import io.plimsoll.api.scoring.v1.StageServiceGrpc;
import io.plimsoll.api.scoring.v1.WatchEventsRequest;
import io.plimsoll.api.scoring.v1.WatchEventsResponse;
import io.plimsoll.gateway.upstream.Failures;
import io.plimsoll.gateway.upstream.Upstream;
import io.quarkus.grpc.GrpcService;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Where scopes stand. Forwarded in the caller's name. */
@GrpcService
@Authenticated
public class StageDoor implements StageService {

    private final Forwarding forwarding;

    StageDoor(Forwarding forwarding) {
        this.forwarding = forwarding;
    }

    @Override
    public Uni<GetStageResponse> getStage(GetStageRequest request) {
        return forwarding.ask(Upstream.STAGE_SCORING, StageServiceGrpc.getGetStageMethod(), request);
    }

    @Override
    public Uni<ListGatesResponse> listGates(ListGatesRequest request) {
        return forwarding.ask(Upstream.STAGE_SCORING, StageServiceGrpc.getListGatesMethod(), request);
    }

    @Override
    public Uni<ListGateEvidenceResponse> listGateEvidence(ListGateEvidenceRequest request) {
        return forwarding.ask(Upstream.STAGE_SCORING, StageServiceGrpc.getListGateEvidenceMethod(), request);
    }

    @Override
    public Uni<ListCoverageResponse> listCoverage(ListCoverageRequest request) {
        return forwarding.ask(Upstream.STAGE_SCORING, StageServiceGrpc.getListCoverageMethod(), request);
    }

    @Override
    public Uni<ListStageHistoryResponse> listStageHistory(ListStageHistoryRequest request) {
        return forwarding.ask(Upstream.STAGE_SCORING, StageServiceGrpc.getListStageHistoryMethod(), request);
    }

    @Override
    public Uni<ListRouteStepsResponse> listRouteSteps(ListRouteStepsRequest request) {
        return forwarding.ask(Upstream.STAGE_SCORING, StageServiceGrpc.getListRouteStepsMethod(), request);
    }

    @Override
    public Multi<WatchEventsResponse> watchEvents(WatchEventsRequest request) {
        return MutinyStageServiceGrpc.newMutinyStub(forwarding.forStreams(Upstream.STAGE_SCORING))
                .watchEvents(request)
                .onFailure()
                .transform(failure -> Failures.of(Upstream.STAGE_SCORING, failure));
    }
}
