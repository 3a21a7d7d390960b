package io.plimsoll.gateway.api;

import io.plimsoll.api.images.v1.GetFeedRequest;
import io.plimsoll.api.images.v1.ImageServiceGrpc;
import io.plimsoll.api.images.v1.ListWeaknessesRequest;
import io.plimsoll.api.images.v1.ListWeaknessesResponse;
import io.plimsoll.gateway.answer.JsonText;
import io.plimsoll.gateway.answer.MessageJson;
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

/** Known weaknesses: which applications have them and since when, and how old the feeds are that say so. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "images")
public class WeaknessesResource {

    private final Questions questions;

    WeaknessesResource(Questions questions) {
        this.questions = questions;
    }

    @GET
    @Path("/weaknesses")
    @Operation(
            operationId = "listWeaknesses",
            summary = "Weaknesses of applications with when each was first seen; includeFixed=true also for those gone")
    public Response list(
            @QueryParam("scope") @Nullable String scope,
            @QueryParam("includeFixed") @Nullable String includeFixed,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        Page page = Page.of(pageSize, pageToken);
        ListWeaknessesRequest.Builder question = ListWeaknessesRequest.newBuilder()
                .setIncludeFixed(Asked.truth("includeFixed", includeFixed))
                .setPageSize(page.size())
                .setPageToken(page.token());
        Asked.scope("scope", scope).ifPresent(question::setScope);
        ListWeaknessesResponse found =
                questions.ask(Upstream.IMAGE_SCAN, ImageServiceGrpc.getListWeaknessesMethod(), question.build());
        return Answers.ok(JsonText.page(found.getWeaknessesList(), found.getNextPageToken(), MessageJson::message));
    }

    @GET
    @Path("/feed")
    @Operation(operationId = "getFeed", summary = "How old the feeds of known weaknesses are; the oldest counts")
    public Response feed() {
        var feed = questions.ask(
                Upstream.IMAGE_SCAN, ImageServiceGrpc.getGetFeedMethod(), GetFeedRequest.getDefaultInstance());
        return Answers.ok(JsonText.of(json -> MessageJson.message(json, feed)));
    }
}
