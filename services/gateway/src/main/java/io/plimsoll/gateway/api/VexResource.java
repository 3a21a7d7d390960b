package io.plimsoll.gateway.api;

import com.google.protobuf.ByteString;
import io.plimsoll.api.images.v1.DeleteVexDocumentRequest;
import io.plimsoll.api.images.v1.ImageServiceGrpc;
import io.plimsoll.api.images.v1.ListVexDocumentsRequest;
import io.plimsoll.api.images.v1.ListVexDocumentsResponse;
import io.plimsoll.api.images.v1.PutVexDocumentRequest;
import io.plimsoll.gateway.answer.JsonText;
import io.plimsoll.gateway.answer.MessageJson;
import io.plimsoll.gateway.upstream.Questions;
import io.plimsoll.gateway.upstream.Upstream;
import io.plimsoll.identity.Callers;
import io.plimsoll.identity.Role;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Statements of others about the exploitability of weaknesses. */
@Path("/api/v1/vex")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "images")
public class VexResource {

    private static final int BYTES_MAX = 7 << 20;

    private final Questions questions;
    private final Callers callers;
    private final Bodies bodies;

    VexResource(Questions questions, Callers callers, Bodies bodies) {
        this.questions = questions;
        this.callers = callers;
        this.bodies = bodies;
    }

    private ByteString document(InputStream body, @Nullable String contentLength) {
        // Before anything is read: whoever may not put it does not make anybody hold it.
        callers.caller().require(Role.SECURITY, Role.ADMIN, Role.SERVICE);
        return ByteString.copyFrom(bodies.read(body, contentLength, BYTES_MAX));
    }

    @GET
    @Operation(operationId = "listVexDocuments", summary = "VEX documents that are applied, by name")
    public Response list(
            @QueryParam("pageSize") @Nullable String pageSize, @QueryParam("pageToken") @Nullable String pageToken) {
        Page page = Page.of(pageSize, pageToken);
        ListVexDocumentsResponse answer = questions.ask(
                Upstream.IMAGE_SCAN,
                ImageServiceGrpc.getListVexDocumentsMethod(),
                ListVexDocumentsRequest.newBuilder()
                        .setPageSize(page.size())
                        .setPageToken(page.token())
                        .build());
        return Answers.ok(JsonText.page(answer.getDocumentsList(), answer.getNextPageToken(), MessageJson::message));
    }

    @PUT
    @Path("/{name}")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "putVexDocument",
            summary = "Replaces a VEX document: OpenVEX, CycloneDX or CSAF, at most 7 MiB")
    public Response put(
            @PathParam("name") String name,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable String contentLength,
            InputStream body) {
        var kept = questions
                .ask(
                        Upstream.IMAGE_SCAN,
                        ImageServiceGrpc.getPutVexDocumentMethod(),
                        PutVexDocumentRequest.newBuilder()
                                .setName(Asked.text("name", name))
                                .setDocument(document(body, contentLength))
                                .build())
                .getDocument();
        return Answers.ok(JsonText.of(json -> MessageJson.whole(json, kept)));
    }

    @DELETE
    @Path("/{name}")
    @Operation(operationId = "deleteVexDocument", summary = "Takes a VEX document away: what it set aside counts again")
    public Response delete(@PathParam("name") String name) {
        questions.ask(
                Upstream.IMAGE_SCAN,
                ImageServiceGrpc.getDeleteVexDocumentMethod(),
                DeleteVexDocumentRequest.newBuilder()
                        .setName(Asked.text("name", name))
                        .build());
        return Response.noContent().build();
    }
}
