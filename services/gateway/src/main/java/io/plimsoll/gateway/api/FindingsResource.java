package io.plimsoll.gateway.api;

import io.plimsoll.api.findings.v1.FindingServiceGrpc;
import io.plimsoll.api.findings.v1.FindingStatus;
import io.plimsoll.api.findings.v1.ListFindingHistoryRequest;
import io.plimsoll.api.findings.v1.ListFindingHistoryResponse;
import io.plimsoll.api.findings.v1.ListFindingsRequest;
import io.plimsoll.api.findings.v1.ListFindingsResponse;
import io.plimsoll.gateway.answer.FindingJson;
import io.plimsoll.gateway.answer.JsonText;
import io.plimsoll.gateway.upstream.Questions;
import io.plimsoll.gateway.upstream.Upstream;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What is wrong, over all the caller may see, today and over time. */
@Path("/api/v1/findings")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "findings")
public class FindingsResource {

    private final Questions questions;

    FindingsResource(Questions questions) {
        this.questions = questions;
    }

    @GET
    @Operation(operationId = "listFindings", summary = "Findings, worst first; each is the report's finding")
    public Response list(
            @QueryParam("scope") @Nullable String scope,
            @QueryParam("control") @Nullable String control,
            @QueryParam("severity") @Nullable String severity,
            @QueryParam("includeWaived") @Nullable String includeWaived,
            @QueryParam("firstSeenSince") @Nullable String firstSeenSince,
            @QueryParam("firstSeenUntil") @Nullable String firstSeenUntil,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        ListFindingsRequest.Builder question = question(control, severity, includeWaived, Page.of(pageSize, pageToken));
        Asked.scope("scope", scope).ifPresent(question::setScope);
        Asked.instant("firstSeenSince", firstSeenSince).ifPresent(question::setFirstSeenSince);
        Asked.instant("firstSeenUntil", firstSeenUntil).ifPresent(question::setFirstSeenUntil);
        ListFindingsResponse findings =
                questions.ask(Upstream.STAGE_SCORING, FindingServiceGrpc.getListFindingsMethod(), question.build());
        return Answers.tagged(
                JsonText.page(findings.getFindingsList(), findings.getNextPageToken(), FindingJson::finding),
                ifNoneMatch);
    }

    @GET
    @Path("/history")
    @Operation(
            operationId = "listFindingHistory",
            summary = "Findings over time, open and resolved, newest first seen first")
    public Response history(
            @QueryParam("scope") @Nullable String scope,
            @QueryParam("control") @Nullable String control,
            @QueryParam("severity") @Nullable String severity,
            @QueryParam("status") @Nullable String status,
            @QueryParam("includeWaived") @Nullable String includeWaived,
            @QueryParam("firstSeenSince") @Nullable String firstSeenSince,
            @QueryParam("firstSeenUntil") @Nullable String firstSeenUntil,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        Page page = Page.of(pageSize, pageToken);
        ListFindingHistoryRequest.Builder question = ListFindingHistoryRequest.newBuilder()
                .setControl(Asked.text("control", control))
                .setSeverityAtLeast(Asked.severity(severity))
                .setStatus(Asked.word(FindingStatus.values(), "FINDING_STATUS_", "status", status))
                .setIncludeWaived(Asked.truth("includeWaived", includeWaived))
                .setPageSize(page.size())
                .setPageToken(page.token());
        Asked.scope("scope", scope).ifPresent(question::setScope);
        Asked.instant("firstSeenSince", firstSeenSince).ifPresent(question::setFirstSeenSince);
        Asked.instant("firstSeenUntil", firstSeenUntil).ifPresent(question::setFirstSeenUntil);
        ListFindingHistoryResponse lives = questions.ask(
                Upstream.STAGE_SCORING, FindingServiceGrpc.getListFindingHistoryMethod(), question.build());
        return Answers.tagged(
                JsonText.page(lives.getFindingsList(), lives.getNextPageToken(), FindingJson::life), ifNoneMatch);
    }

    static ListFindingsRequest.Builder question(
            @Nullable String control, @Nullable String severity, @Nullable String includeWaived, Page page) {
        return ListFindingsRequest.newBuilder()
                .setControl(Asked.text("control", control))
                .setSeverityAtLeast(Asked.severity(severity))
                .setIncludeWaived(Asked.truth("includeWaived", includeWaived))
                .setPageSize(page.size())
                .setPageToken(page.token());
    }
}
