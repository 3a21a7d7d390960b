package io.plimsoll.gateway.api;

import io.plimsoll.api.images.v1.ImageServiceGrpc;
import io.plimsoll.api.images.v1.ListBaseImagesRequest;
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

/** Which newer base image mends how many weaknesses of how many applications. */
@Path("/api/v1/base-images")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "images")
public class BaseImagesResource {

    private final Questions questions;

    BaseImagesResource(Questions questions) {
        this.questions = questions;
    }

    @GET
    @Operation(
            operationId = "listBaseImages",
            summary = "Base images in use, with their age, what they bring, and what a newer one would mend")
    public Response list(
            @QueryParam("scope") @Nullable String scope,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        Page page = Page.of(pageSize, pageToken);
        ListBaseImagesRequest.Builder question =
                ListBaseImagesRequest.newBuilder().setPageSize(page.size()).setPageToken(page.token());
        Asked.scope("scope", scope).ifPresent(question::setScope);
        return Answers.ok(MessageJson.page(
                questions.ask(Upstream.IMAGE_SCAN, ImageServiceGrpc.getListBaseImagesMethod(), question.build())));
    }
}
