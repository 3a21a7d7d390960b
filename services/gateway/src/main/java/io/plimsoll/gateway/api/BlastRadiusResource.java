package io.plimsoll.gateway.api;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.plimsoll.api.segmentation.v1.Barriers;
import io.plimsoll.api.segmentation.v1.BlastServiceGrpc;
import io.plimsoll.api.segmentation.v1.ListHubsRequest;
import io.plimsoll.api.segmentation.v1.ListRadiiRequest;
import io.plimsoll.api.segmentation.v1.ListReachedRequest;
import io.plimsoll.gateway.answer.MessageJson;
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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How far trouble in one workload spreads. */
@Path("/api/v1/clusters/{cluster}/segmentation/blast-radius")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "segmentation")
public class BlastRadiusResource {

    private final Questions questions;

    BlastRadiusResource(Questions questions) {
        this.questions = questions;
    }

    @GET
    @Operation(
            operationId = "listRadii",
            summary = "How many workloads each one reaches, in one hop and in any number, those that reach most first; "
                    + "notThrough=NAMESPACE/KIND/NAME and withoutHubs leave workloads out as steps on the way")
    public Response radii(
            @PathParam("cluster") String cluster,
            @QueryParam("namespace") @Nullable String namespace,
            @QueryParam("notThrough") @Nullable List<String> notThrough,
            @QueryParam("withoutHubs") @Nullable String withoutHubs,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        Page page = Page.of(pageSize, pageToken);
        String name = Asked.text("cluster", cluster);
        return page(
                BlastServiceGrpc.getListRadiiMethod(),
                ListRadiiRequest.newBuilder()
                        .setCluster(name)
                        .setNamespace(Asked.text("namespace", namespace))
                        .setBarriers(barriers(name, notThrough, withoutHubs))
                        .setPageSize(page.size())
                        .setPageToken(page.token())
                        .build(),
                ifNoneMatch);
    }

    @GET
    @Path("/reached")
    @Operation(
            operationId = "listReached",
            summary = "Whom the workload from=NAMESPACE/KIND/NAME reaches, the nearest first, and on which way")
    public Response reached(
            @PathParam("cluster") String cluster,
            @QueryParam("from") @Nullable String from,
            @QueryParam("notThrough") @Nullable List<String> notThrough,
            @QueryParam("withoutHubs") @Nullable String withoutHubs,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        Page page = Page.of(pageSize, pageToken);
        String name = Asked.text("cluster", cluster);
        return page(
                BlastServiceGrpc.getListReachedMethod(),
                ListReachedRequest.newBuilder()
                        .setCluster(name)
                        .setSource(Ends.named(name, "from", from))
                        .setBarriers(barriers(name, notThrough, withoutHubs))
                        .setPageSize(page.size())
                        .setPageToken(page.token())
                        .build(),
                ifNoneMatch);
    }

    @GET
    @Path("/hubs")
    @Operation(
            operationId = "listHubs",
            summary = "Workloads that others are reached only through, at most 10; for who may see all of the cluster")
    public Response hubs(
            @PathParam("cluster") String cluster,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        Page page = Page.of(pageSize, pageToken);
        return page(
                BlastServiceGrpc.getListHubsMethod(),
                ListHubsRequest.newBuilder()
                        .setCluster(Asked.text("cluster", cluster))
                        .setPageSize(page.size())
                        .setPageToken(page.token())
                        .build(),
                ifNoneMatch);
    }

    private static Barriers barriers(String cluster, @Nullable List<String> notThrough, @Nullable String withoutHubs) {
        return Barriers.newBuilder()
                .addAllWorkloads(Ends.named(cluster, "notThrough", notThrough))
                .setHubs(Asked.truth("withoutHubs", withoutHubs))
                .build();
    }

    private <Q, A extends Message> Response page(
            MethodDescriptor<Q, A> method, Q question, @Nullable String ifNoneMatch) {
        return Answers.tagged(
                MessageJson.page(questions.ask(Upstream.NETWORK_SEGMENTATION, method, question)), ifNoneMatch);
    }
}
