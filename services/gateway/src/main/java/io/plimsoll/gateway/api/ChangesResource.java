package io.plimsoll.gateway.api;

import io.plimsoll.api.inventory.v1.InventoryServiceGrpc;
import io.plimsoll.api.inventory.v1.ListChangesRequest;
import io.plimsoll.api.inventory.v1.ListChangesResponse;
import io.plimsoll.gateway.answer.JsonText;
import io.plimsoll.gateway.answer.LiveJson;
import io.plimsoll.gateway.upstream.Questions;
import io.plimsoll.gateway.upstream.Upstream;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What changed in live clusters. A class of its own: of two that begin alike only the one with the longer path is looked into. */
@Path("/api/v1/clusters/{cluster}/changes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "clusters")
public class ChangesResource {

    private final Questions questions;

    ChangesResource(Questions questions) {
        this.questions = questions;
    }

    @GET
    @Operation(
            operationId = "listChanges",
            summary = "What its sensor saw change, newest first: by whom, and at which revision of what delivers it")
    public Response changes(
            @PathParam("cluster") String cluster,
            @QueryParam("namespace") @Nullable String namespace,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("name") @Nullable String name,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        Page page = Page.of(pageSize, pageToken);
        ListChangesResponse answer = questions.ask(
                Upstream.INVENTORY,
                InventoryServiceGrpc.getListChangesMethod(),
                ListChangesRequest.newBuilder()
                        .setCluster(Asked.text("cluster", cluster))
                        .setNamespace(Asked.text("namespace", namespace))
                        .setKind(Asked.text("kind", kind))
                        .setName(Asked.text("name", name))
                        .setPageSize(page.size())
                        .setPageToken(page.token())
                        .build());
        return Answers.ok(JsonText.page(answer.getChangesList(), answer.getNextPageToken(), LiveJson::change));
    }
}
