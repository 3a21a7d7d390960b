package io.plimsoll.gateway.api;

import io.plimsoll.api.findings.v1.FindingServiceGrpc;
import io.plimsoll.api.findings.v1.ListFindingsRequest;
import io.plimsoll.api.findings.v1.ListFindingsResponse;
import io.plimsoll.api.scoring.v1.GetStageRequest;
import io.plimsoll.api.scoring.v1.ListGateEvidenceRequest;
import io.plimsoll.api.scoring.v1.ListGateEvidenceResponse;
import io.plimsoll.api.scoring.v1.ListGatesRequest;
import io.plimsoll.api.scoring.v1.ListGatesResponse;
import io.plimsoll.api.scoring.v1.ListScopesRequest;
import io.plimsoll.api.scoring.v1.ListScopesResponse;
import io.plimsoll.api.scoring.v1.ListStageHistoryRequest;
import io.plimsoll.api.scoring.v1.ListStageHistoryResponse;
import io.plimsoll.api.scoring.v1.ScopeServiceGrpc;
import io.plimsoll.api.scoring.v1.StageServiceGrpc;
import io.plimsoll.api.stages.v1.StageRecord;
import io.plimsoll.gateway.answer.FindingJson;
import io.plimsoll.gateway.answer.JsonText;
import io.plimsoll.gateway.answer.StageJson;
import io.plimsoll.gateway.upstream.Questions;
import io.plimsoll.gateway.upstream.Upstream;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where scopes stand, and why. A scope in a path is percent-encoded as one segment, or stands as it is. */
@Path("/api/v1/scopes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "scopes")
public class ScopesResource {

    private final Questions questions;

    ScopesResource(Questions questions) {
        this.questions = questions;
    }

    @GET
    @Operation(operationId = "listScopes", summary = "Scopes and their numbers, by kind, then name")
    public Response list(
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("parent") @Nullable String parent,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        Page page = Page.of(pageSize, pageToken);
        ListScopesRequest.Builder question = ListScopesRequest.newBuilder()
                .setKind(Asked.kind(kind))
                .setPageSize(page.size())
                .setPageToken(page.token());
        Asked.scope("parent", parent).ifPresent(question::setParent);
        ListScopesResponse scopes =
                questions.ask(Upstream.STAGE_SCORING, ScopeServiceGrpc.getListScopesMethod(), question.build());
        return Answers.ok(JsonText.page(scopes.getScopesList(), scopes.getNextPageToken(), StageJson::summary));
    }

    @GET
    @Path("/{scope: .+}/stage")
    @Operation(operationId = "getStage", summary = "The newest stage of a scope; measured is the report's scope")
    public Response stage(
            @Encoded @PathParam("scope") String scope, @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        StageRecord stage = questions
                .ask(
                        Upstream.STAGE_SCORING,
                        StageServiceGrpc.getGetStageMethod(),
                        GetStageRequest.newBuilder()
                                .setScope(Asked.scopeOfPath(scope))
                                .build())
                .getStage();
        return Answers.tagged(JsonText.of(json -> StageJson.stage(json, stage)), ifNoneMatch);
    }

    @GET
    @Path("/{scope: .+}/gates")
    @Operation(operationId = "listGates", summary = "The gates of a scope, in the model's order")
    public Response gates(
            @Encoded @PathParam("scope") String scope,
            @QueryParam("stage") @Nullable String stage,
            @QueryParam("status") @Nullable String status,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        Page page = Page.of(pageSize, pageToken);
        ListGatesResponse gates = questions.ask(
                Upstream.STAGE_SCORING,
                StageServiceGrpc.getListGatesMethod(),
                ListGatesRequest.newBuilder()
                        .setScope(Asked.scopeOfPath(scope))
                        .setStage(stageNumber(stage))
                        .setStatus(Asked.state("status", status))
                        .setPageSize(page.size())
                        .setPageToken(page.token())
                        .build());
        return Answers.ok(JsonText.page(gates.getGatesList(), gates.getNextPageToken(), StageJson::gate));
    }

    @GET
    @Path("/{scope: .+}/gates/{gate}/evidence")
    @Operation(operationId = "listGateEvidence", summary = "The subjects of a gate with their answers, worst first")
    public Response evidence(
            @Encoded @PathParam("scope") String scope,
            @PathParam("gate") String gate,
            @QueryParam("status") @Nullable String status,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        Page page = Page.of(pageSize, pageToken);
        ListGateEvidenceResponse evidence = questions.ask(
                Upstream.STAGE_SCORING,
                StageServiceGrpc.getListGateEvidenceMethod(),
                ListGateEvidenceRequest.newBuilder()
                        .setScope(Asked.scopeOfPath(scope))
                        .setGate(Asked.text("gate", gate))
                        .setState(Asked.state("status", status))
                        .setPageSize(page.size())
                        .setPageToken(page.token())
                        .build());
        return Answers.ok(JsonText.page(evidence.getEvidenceList(), evidence.getNextPageToken(), StageJson::evidence));
    }

    @GET
    @Path("/{scope: .+}/findings")
    @Operation(operationId = "listScopeFindings", summary = "Findings of a scope and below, worst first")
    public Response findings(
            @Encoded @PathParam("scope") String scope,
            @QueryParam("control") @Nullable String control,
            @QueryParam("severity") @Nullable String severity,
            @QueryParam("includeWaived") @Nullable String includeWaived,
            @QueryParam("firstSeenSince") @Nullable String firstSeenSince,
            @QueryParam("firstSeenUntil") @Nullable String firstSeenUntil,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        ListFindingsRequest.Builder question =
                FindingsResource.question(control, severity, includeWaived, Page.of(pageSize, pageToken));
        Asked.instant("firstSeenSince", firstSeenSince).ifPresent(question::setFirstSeenSince);
        Asked.instant("firstSeenUntil", firstSeenUntil).ifPresent(question::setFirstSeenUntil);
        ListFindingsResponse findings = questions.ask(
                Upstream.STAGE_SCORING,
                FindingServiceGrpc.getListFindingsMethod(),
                question.setScope(Asked.scopeOfPath(scope)).build());
        return Answers.tagged(
                JsonText.page(findings.getFindingsList(), findings.getNextPageToken(), FindingJson::finding),
                ifNoneMatch);
    }

    @GET
    @Path("/{scope: .+}/history")
    @Operation(operationId = "listStageHistory", summary = "Stages of a scope over time, newest first")
    public Response history(
            @Encoded @PathParam("scope") String scope,
            @QueryParam("since") @Nullable String since,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        Page page = Page.of(pageSize, pageToken);
        ListStageHistoryRequest.Builder question = ListStageHistoryRequest.newBuilder()
                .setScope(Asked.scopeOfPath(scope))
                .setPageSize(page.size())
                .setPageToken(page.token());
        Asked.instant("since", since).ifPresent(question::setSince);
        ListStageHistoryResponse history =
                questions.ask(Upstream.STAGE_SCORING, StageServiceGrpc.getListStageHistoryMethod(), question.build());
        return Answers.ok(JsonText.page(history.getPointsList(), history.getNextPageToken(), StageJson::point));
    }

    private static int stageNumber(@Nullable String stage) {
        if (stage == null || stage.isEmpty()) {
            return 0;
        }
        if (!stage.matches("[2-5]")) {
            throw new ProblemException(Problem.MALFORMED, "stage is 2, 3, 4 or 5").at("stage");
        }
        return Integer.parseInt(stage);
    }
}
