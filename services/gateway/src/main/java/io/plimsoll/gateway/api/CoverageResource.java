package io.plimsoll.gateway.api;

import io.plimsoll.api.kernel.v1.ScopeRef;
import io.plimsoll.api.scoring.v1.ListCoverageRequest;
import io.plimsoll.api.scoring.v1.ListCoverageResponse;
import io.plimsoll.api.scoring.v1.StageServiceGrpc;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.gateway.answer.InventoryJson;
import io.plimsoll.gateway.answer.JsonText;
import io.plimsoll.gateway.upstream.Questions;
import io.plimsoll.gateway.upstream.Upstream;
import io.plimsoll.wire.KernelCodec;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What could not be seen, and what declarations do not settle. */
@Path("/api/v1/coverage")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "scopes")
public class CoverageResource {

    private final Questions questions;

    CoverageResource(Questions questions) {
        this.questions = questions;
    }

    @GET
    @Operation(operationId = "listCoverage", summary = "Gaps of the organisation or of a cluster")
    public Response list(
            @QueryParam("scope") @Nullable String scope,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        Page page = Page.of(pageSize, pageToken);
        ScopeRef asked = Asked.scope("scope", scope).orElseGet(() -> KernelCodec.toWire(ScopeKey.ORGANISATION));
        ListCoverageResponse answer = questions.ask(
                Upstream.STAGE_SCORING,
                StageServiceGrpc.getListCoverageMethod(),
                ListCoverageRequest.newBuilder()
                        .setScope(asked)
                        .setPageSize(page.size())
                        .setPageToken(page.token())
                        .build());
        return Answers.ok(JsonText.page(answer.getCoverageList(), answer.getNextPageToken(), InventoryJson::coverage));
    }
}
