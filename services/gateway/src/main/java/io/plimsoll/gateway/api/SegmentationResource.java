package io.plimsoll.gateway.api;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.plimsoll.api.segmentation.v1.Direction;
import io.plimsoll.api.segmentation.v1.GetMetricsRequest;
import io.plimsoll.api.segmentation.v1.GetMetricsResponse;
import io.plimsoll.api.segmentation.v1.ListExplanationsRequest;
import io.plimsoll.api.segmentation.v1.ListExposuresRequest;
import io.plimsoll.api.segmentation.v1.ListGraphEdgesRequest;
import io.plimsoll.api.segmentation.v1.ListGraphNodesRequest;
import io.plimsoll.api.segmentation.v1.ListRuleFindingsRequest;
import io.plimsoll.api.segmentation.v1.ListSuggestionsRequest;
import io.plimsoll.api.segmentation.v1.ListSuggestionsResponse;
import io.plimsoll.api.segmentation.v1.PolicyForm;
import io.plimsoll.api.segmentation.v1.RuleWord;
import io.plimsoll.api.segmentation.v1.SegmentationServiceGrpc;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who can reach whom: why, to whom besides, and how well. */
@Path("/api/v1/clusters/{cluster}/segmentation")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "segmentation")
public class SegmentationResource {

    private static final int YAML_PAGE = 500;

    private final Questions questions;

    SegmentationResource(Questions questions) {
        this.questions = questions;
    }

    private static String cluster(String written) {
        return Asked.text("cluster", written);
    }

    @GET
    @Operation(
            operationId = "getSegmentation",
            summary =
                    "Figures about who reaches whom, with bands for what is unknown; for who may see all of the cluster")
    public Response metrics(
            @PathParam("cluster") String cluster, @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        GetMetricsResponse metrics = questions.ask(
                Upstream.NETWORK_SEGMENTATION,
                SegmentationServiceGrpc.getGetMetricsMethod(),
                GetMetricsRequest.newBuilder().setCluster(cluster(cluster)).build());
        return Answers.tagged(JsonText.of(json -> MessageJson.whole(json, metrics)), ifNoneMatch);
    }

    @GET
    @Path("/explanations")
    @Operation(
            operationId = "listExplanations",
            summary =
                    "Why two ends may or may not connect: every tier and rule that decides, per direction and ports. An end "
                            + "is NAMESPACE/KIND/NAME, an address, a CIDR or ingress-controller")
    public Response explanations(
            @PathParam("cluster") String cluster,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        Page page = Page.of(pageSize, pageToken);
        String name = cluster(cluster);
        return page(
                SegmentationServiceGrpc.getListExplanationsMethod(),
                ListExplanationsRequest.newBuilder()
                        .setCluster(name)
                        .setSource(Ends.end(name, "from", from))
                        .setDestination(Ends.end(name, "to", to))
                        .setPageSize(page.size())
                        .setPageToken(page.token())
                        .build(),
                ifNoneMatch);
    }

    @GET
    @Path("/exposures")
    @Operation(
            operationId = "listExposures",
            summary =
                    "To whom workloads are exposed that is not among the cluster's pods; of one workload by namespace and "
                            + "workload=KIND/NAME")
    public Response exposures(
            @PathParam("cluster") String cluster,
            @QueryParam("namespace") @Nullable String namespace,
            @QueryParam("workload") @Nullable String workload,
            @QueryParam("direction") @Nullable String direction,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        Page page = Page.of(pageSize, pageToken);
        ListExposuresRequest.Builder question = ListExposuresRequest.newBuilder()
                .setCluster(cluster(cluster))
                .setDirection(Asked.word(Direction.values(), "DIRECTION_", "direction", direction))
                .setPageSize(page.size())
                .setPageToken(page.token());
        String inNamespace = Asked.text("namespace", namespace);
        String kindAndName = Asked.text("workload", workload);
        if (kindAndName.isEmpty()) {
            question.setNamespace(inNamespace);
        } else {
            question.setWorkload(Ends.workload(question.getCluster(), inNamespace, kindAndName));
        }
        return page(SegmentationServiceGrpc.getListExposuresMethod(), question.build(), ifNoneMatch);
    }

    @GET
    @Path("/suggestions")
    @Operation(
            operationId = "listSuggestions",
            summary =
                    "Least-privilege policies as YAML, proven by the engine, with the blast radius before and after; for who "
                            + "may see all of the cluster")
    public Response suggestions(
            @PathParam("cluster") String cluster,
            @QueryParam("form") @Nullable String form,
            @QueryParam("namespace") @Nullable String namespace,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        Page page = Page.of(pageSize, pageToken);
        return Answers.tagged(
                MessageJson.page(suggested(question(cluster, form, namespace).setPageSize(page.size()), page.token())),
                ifNoneMatch);
    }

    /** What can be given to kubectl as it is. */
    @GET
    @Path("/suggestions.yaml")
    @Produces("application/yaml")
    @Operation(operationId = "getSuggestionsYaml", summary = "All suggested policies as one YAML file")
    public Response yaml(
            @PathParam("cluster") String cluster,
            @QueryParam("form") @Nullable String form,
            @QueryParam("namespace") @Nullable String namespace) {
        StringBuilder yaml = new StringBuilder();
        String token = "";
        do {
            ListSuggestionsResponse page =
                    suggested(question(cluster, form, namespace).setPageSize(YAML_PAGE), token);
            page.getPoliciesList().forEach(policy -> yaml.append(policy.getYaml()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return Response.ok(yaml.toString(), "application/yaml").build();
    }

    private static ListSuggestionsRequest.Builder question(
            String cluster, @Nullable String form, @Nullable String namespace) {
        return ListSuggestionsRequest.newBuilder()
                .setCluster(cluster(cluster))
                .setForm(Asked.word(PolicyForm.values(), "POLICY_FORM_", "form", form))
                .setNamespace(Asked.text("namespace", namespace));
    }

    private ListSuggestionsResponse suggested(ListSuggestionsRequest.Builder question, String token) {
        return questions.ask(
                Upstream.NETWORK_SEGMENTATION,
                SegmentationServiceGrpc.getListSuggestionsMethod(),
                question.setPageToken(token).build());
    }

    @GET
    @Path("/graph/nodes")
    @Operation(
            operationId = "listGraphNodes",
            summary = "The boxes of a picture: namespaces, or the workloads of one in groups with equal connections")
    public Response nodes(
            @PathParam("cluster") String cluster,
            @QueryParam("namespace") @Nullable String namespace,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        Page page = Page.of(pageSize, pageToken);
        return page(
                SegmentationServiceGrpc.getListGraphNodesMethod(),
                ListGraphNodesRequest.newBuilder()
                        .setCluster(cluster(cluster))
                        .setNamespace(Asked.text("namespace", namespace))
                        .setPageSize(page.size())
                        .setPageToken(page.token())
                        .build(),
                ifNoneMatch);
    }

    @GET
    @Path("/graph/edges")
    @Operation(
            operationId = "listGraphEdges",
            summary = "The arrows between namespaces, or those of one namespace's groups, counted and with their ports")
    public Response edges(
            @PathParam("cluster") String cluster,
            @QueryParam("namespace") @Nullable String namespace,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        Page page = Page.of(pageSize, pageToken);
        return page(
                SegmentationServiceGrpc.getListGraphEdgesMethod(),
                ListGraphEdgesRequest.newBuilder()
                        .setCluster(cluster(cluster))
                        .setNamespace(Asked.text("namespace", namespace))
                        .setPageSize(page.size())
                        .setPageToken(page.token())
                        .build(),
                ifNoneMatch);
    }

    @GET
    @Path("/rules")
    @Operation(
            operationId = "listRuleFindings",
            summary =
                    "Policies, rules and peers of rules that decide nothing: unreachable, shadowed by others, or inert; of one "
                            + "word by word, of one namespace by namespace")
    public Response rules(
            @PathParam("cluster") String cluster,
            @QueryParam("word") @Nullable String word,
            @QueryParam("namespace") @Nullable String namespace,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageToken") @Nullable String pageToken,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        Page page = Page.of(pageSize, pageToken);
        return page(
                SegmentationServiceGrpc.getListRuleFindingsMethod(),
                ListRuleFindingsRequest.newBuilder()
                        .setCluster(cluster(cluster))
                        .setWord(Asked.word(RuleWord.values(), "RULE_WORD_", "word", word))
                        .setNamespace(Asked.text("namespace", namespace))
                        .setPageSize(page.size())
                        .setPageToken(page.token())
                        .build(),
                ifNoneMatch);
    }

    private <Q, A extends Message> Response page(
            MethodDescriptor<Q, A> method, Q question, @Nullable String ifNoneMatch) {
        return Answers.tagged(
                MessageJson.page(questions.ask(Upstream.NETWORK_SEGMENTATION, method, question)), ifNoneMatch);
    }
}
