package io.plimsoll.gateway.api;

import io.plimsoll.api.segmentation.v1.ConnectionServiceGrpc;
import io.plimsoll.api.segmentation.v1.ListConnectionsRequest;
import io.plimsoll.api.segmentation.v1.ListConnectionsResponse;
import io.plimsoll.api.segmentation.v1.Verdict;
import io.plimsoll.gateway.answer.JsonText;
import io.plimsoll.gateway.answer.MessageJson;
import io.plimsoll.gateway.upstream.Questions;
import io.plimsoll.gateway.upstream.Upstream;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who can reach whom. */
@Path("/api/v1/connections")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "connections")
public class ConnectionsResource {

    private final Questions questions;

    ConnectionsResource(Questions questions) {
        this.questions = questions;
    }

    @GET
    @Operation(
            operationId = "listConnections",
            summary = "Connections of a cluster; of one workload by namespace and workload=KIND/NAME")
    public Response list(
            @QueryParam("cluster") @Nullable String cluster,
            @QueryParam("namespace") @Nullable String namespace,
            @QueryParam("workload") @Nullable String workload,
            @QueryParam("verdict") @Nullable String verdict,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken) {
        Page page = Page.of(pageSize, pageToken);
        String ofCluster = Asked.text("cluster", cluster);
        if (ofCluster.isEmpty()) {
            throw new ProblemException(Problem.MALFORMED, "cluster is needed").at("cluster");
        }
        ListConnectionsRequest.Builder question = ListConnectionsRequest.newBuilder()
                .setCluster(ofCluster)
                .setVerdict(Asked.word(Verdict.values(), "VERDICT_", "verdict", verdict))
                .setPageSize(page.size())
                .setPageToken(page.token());
        String inNamespace = Asked.text("namespace", namespace);
        String kindAndName = Asked.text("workload", workload);
        if (kindAndName.isEmpty()) {
            question.setNamespace(inNamespace);
        } else {
            question.setWorkload(Ends.workload(ofCluster, inNamespace, kindAndName));
        }
        ListConnectionsResponse connections = questions.ask(
                Upstream.NETWORK_SEGMENTATION, ConnectionServiceGrpc.getListConnectionsMethod(), question.build());
        return Answers.ok(
                JsonText.page(connections.getConnectionsList(), connections.getNextPageToken(), MessageJson::message));
    }
}
