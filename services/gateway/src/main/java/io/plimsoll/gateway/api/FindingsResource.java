package io.plimsoll.gateway.api;

import io.plimsoll.api.findings.v1.FindingServiceGrpc;
import io.plimsoll.api.findings.v1.ListFindingsRequest;
import io.plimsoll.api.findings.v1.ListFindingsResponse;
import io.plimsoll.gateway.answer.FindingJson;
import io.plimsoll.gateway.answer.JsonText;
import io.plimsoll.gateway.upstream.Questions;
import io.plimsoll.gateway.upstream.Upstream;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What is wrong, over all the caller may see. */
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
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        ListFindingsRequest.Builder question = question(control, severity, includeWaived, Page.of(pageSize, pageToken));
        Asked.scope("scope", scope).ifPresent(question::setScope);
        ListFindingsResponse findings =
                questions.ask(Upstream.STAGE_SCORING, FindingServiceGrpc.getListFindingsMethod(), question.build());
        return Answers.ok(JsonText.page(findings.getFindingsList(), findings.getNextPageToken(), FindingJson::finding));
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
