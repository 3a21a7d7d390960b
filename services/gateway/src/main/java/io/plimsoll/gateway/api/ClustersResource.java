package io.plimsoll.gateway.api;

import io.plimsoll.api.inventory.v1.GetClusterRequest;
import io.plimsoll.api.inventory.v1.GetClusterResponse;
import io.plimsoll.api.inventory.v1.InventoryServiceGrpc;
import io.plimsoll.api.inventory.v1.ListClustersRequest;
import io.plimsoll.api.inventory.v1.ListClustersResponse;
import io.plimsoll.gateway.answer.EntityTag;
import io.plimsoll.gateway.answer.InventoryJson;
import io.plimsoll.gateway.answer.JsonText;
import io.plimsoll.gateway.upstream.Questions;
import io.plimsoll.gateway.upstream.Upstream;
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

/** Clusters, as inventory holds them. */
@Path("/api/v1/clusters")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "clusters")
public class ClustersResource {

    private final Questions questions;

    ClustersResource(Questions questions) {
        this.questions = questions;
    }

    @GET
    @Operation(operationId = "listClusters", summary = "Clusters by name")
    public Response list(
            @QueryParam("pageSize") @Nullable String pageSize, @QueryParam("pageToken") @Nullable String pageToken) {
        Page page = Page.of(pageSize, pageToken);
        ListClustersResponse clusters = questions.ask(
                Upstream.INVENTORY,
                InventoryServiceGrpc.getListClustersMethod(),
                ListClustersRequest.newBuilder()
                        .setPageSize(page.size())
                        .setPageToken(page.token())
                        .build());
        return Answers.ok(
                JsonText.page(clusters.getClustersList(), clusters.getNextPageToken(), InventoryJson::cluster));
    }

    /** Tagged with its revision: the tag that {@code If-Match} of an upload takes. */
    @GET
    @Path("/{cluster}")
    @Operation(operationId = "getCluster", summary = "One cluster, with its newest revision")
    public Response get(
            @PathParam("cluster") String cluster, @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        GetClusterResponse answer = questions.ask(
                Upstream.INVENTORY,
                InventoryServiceGrpc.getGetClusterMethod(),
                GetClusterRequest.newBuilder()
                        .setName(Asked.text("cluster", cluster))
                        .build());
        return Answers.tagged(
                JsonText.of(json -> InventoryJson.cluster(json, answer.getCluster())),
                EntityTag.of(answer.getCluster().getRevision()),
                ifNoneMatch);
    }
}
