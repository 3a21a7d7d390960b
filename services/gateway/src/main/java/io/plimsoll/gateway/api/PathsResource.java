package io.plimsoll.gateway.api;

import io.plimsoll.api.segmentation.v1.BlastServiceGrpc;
import io.plimsoll.api.segmentation.v1.GetPathCutRequest;
import io.plimsoll.api.segmentation.v1.ListSensitivePathsRequest;
import io.plimsoll.api.segmentation.v1.Sensitive;
import io.plimsoll.gateway.answer.JsonText;
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

/** From the Internet to what is sensitive, and what cuts the way. */
@Path("/api/v1/clusters/{cluster}/segmentation/paths")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "segmentation")
public class PathsResource {

    private final Questions questions;

    PathsResource(Questions questions) {
        this.questions = questions;
    }

    @GET
    @Operation(
            operationId = "listSensitivePaths",
            summary =
                    "The shortest way from the Internet to each sensitive workload, with the rules that let each hop pass; "
                            + "sensitive=NAMESPACE/KIND/NAME, NAMESPACE/ or LABEL=VALUE, and without one what is declared high or "
                            + "critical")
    public Response paths(
            @PathParam("cluster") String cluster,
            @QueryParam("sensitive") @Nullable List<String> sensitive,
            @QueryParam("declared") @Nullable String declared,
            @QueryParam("notThrough") @Nullable List<String> notThrough,
            @QueryParam("internal") @Nullable String internal,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        Page page = Page.of(pageSize, pageToken);
        String name = Asked.text("cluster", cluster);
        ListSensitivePathsRequest question = ListSensitivePathsRequest.newBuilder()
                .setCluster(name)
                .setSensitive(sensitive(name, sensitive, declared))
                .addAllNotThrough(Ends.named(name, "notThrough", notThrough))
                .setInternal(Asked.truth("internal", internal))
                .setPageSize(page.size())
                .setPageToken(page.token())
                .build();
        return Answers.tagged(
                MessageJson.page(questions.ask(
                        Upstream.NETWORK_SEGMENTATION, BlastServiceGrpc.getListSensitivePathsMethod(), question)),
                ifNoneMatch);
    }

    @GET
    @Path("/cut")
    @Operation(
            operationId = "getPathCut",
            summary =
                    "The one policy that keeps the Internet from the workload to=NAMESPACE/KIND/NAME, proven by the engine, and "
                            + "what ends with it; for who may see all of the cluster")
    public Response cut(
            @PathParam("cluster") String cluster,
            @QueryParam("to") @Nullable String to,
            @QueryParam("sensitive") @Nullable List<String> sensitive,
            @QueryParam("declared") @Nullable String declared,
            @QueryParam("internal") @Nullable String internal,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        String name = Asked.text("cluster", cluster);
        GetPathCutRequest question = GetPathCutRequest.newBuilder()
                .setCluster(name)
                .setTarget(Ends.named(name, "to", to))
                .setSensitive(sensitive(name, sensitive, declared))
                .setInternal(Asked.truth("internal", internal))
                .build();
        return Answers.tagged(
                JsonText.of(json -> MessageJson.whole(
                        json,
                        questions.ask(
                                Upstream.NETWORK_SEGMENTATION, BlastServiceGrpc.getGetPathCutMethod(), question))),
                ifNoneMatch);
    }

    private static Sensitive sensitive(String cluster, @Nullable List<String> written, @Nullable String declared) {
        Sensitive.Builder sensitive = Sensitive.newBuilder().setDeclared(Asked.truth("declared", declared));
        for (String each : Ends.bounded("sensitive", written)) {
            String name = Asked.text("sensitive", each);
            if (name.contains("=")) {
                sensitive.addLabels(name);
            } else if (name.indexOf('/') == name.length() - 1 && name.length() > 1) {
                sensitive.addNamespaces(name.substring(0, name.length() - 1));
            } else {
                sensitive.addWorkloads(Ends.named(cluster, "sensitive", name));
            }
        }
        return sensitive.build();
    }
}
