package io.plimsoll.gateway.api;

import com.google.protobuf.ByteString;
import io.plimsoll.api.inventory.v1.InventoryServiceGrpc;
import io.plimsoll.api.inventory.v1.ListDeclarationsRequest;
import io.plimsoll.api.inventory.v1.ListDeclarationsResponse;
import io.plimsoll.api.inventory.v1.PutDeclarationsRequest;
import io.plimsoll.api.inventory.v1.PutDeclarationsResponse;
import io.plimsoll.gateway.answer.InventoryJson;
import io.plimsoll.gateway.answer.JsonText;
import io.plimsoll.gateway.answer.MessageJson;
import io.plimsoll.gateway.upload.UploadFormat;
import io.plimsoll.gateway.upstream.Questions;
import io.plimsoll.gateway.upstream.Upstream;
import io.plimsoll.identity.Callers;
import io.plimsoll.identity.Role;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What people say: owners, registries, frameworks, attestations, waivers. */
@Path("/api/v1/declarations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "declarations")
public class DeclarationsResource {

    private static final int BYTES_MAX = 4 << 20;
    private static final String SOURCE_DEFAULT = "default";

    private final Questions questions;
    private final Callers callers;
    private final Bodies bodies;

    DeclarationsResource(Questions questions, Callers callers, Bodies bodies) {
        this.questions = questions;
        this.callers = callers;
        this.bodies = bodies;
    }

    @PUT
    @Operation(
            operationId = "putDeclarations",
            summary = "Replaces the declarations of a source: a plimsoll.declarations/v1 file, YAML or JSON")
    public Response put(
            @QueryParam("source") @Nullable String source,
            @QueryParam("file") @Nullable String file,
            @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String contentEncoding,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable String contentLength,
            InputStream body) {
        callers.caller().require(Role.ADMIN, Role.SERVICE);
        if (Bodies.format(contentType, contentEncoding) != UploadFormat.FILE) {
            throw new ProblemException(
                            Problem.UNSUPPORTED_MEDIA_TYPE, "declarations are application/yaml or application/json")
                    .at("Content-Type");
        }
        String name = source == null || source.isEmpty() ? SOURCE_DEFAULT : Asked.text("source", source);
        PutDeclarationsResponse answer = questions.ask(
                Upstream.INVENTORY,
                InventoryServiceGrpc.getPutDeclarationsMethod(),
                PutDeclarationsRequest.newBuilder()
                        .setSource(name)
                        .setFile(Asked.text("file", file))
                        .setDocument(ByteString.copyFrom(bodies.read(body, contentLength, BYTES_MAX)))
                        .setIdempotencyKey(Asked.text("Idempotency-Key", idempotencyKey))
                        .build());
        return Answers.ok(JsonText.of(json -> InventoryJson.declared(json, name, answer)));
    }

    @GET
    @Operation(operationId = "listDeclarations", summary = "Statements in force, by kind, then name")
    public Response list(
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        Page page = Page.of(pageSize, pageToken);
        ListDeclarationsResponse answer = questions.ask(
                Upstream.INVENTORY,
                InventoryServiceGrpc.getListDeclarationsMethod(),
                ListDeclarationsRequest.newBuilder()
                        .setKind(Asked.text("kind", kind))
                        .setPageSize(page.size())
                        .setPageToken(page.token())
                        .build());
        return Answers.ok(JsonText.page(answer.getDeclarationsList(), answer.getNextPageToken(), MessageJson::message));
    }
}
