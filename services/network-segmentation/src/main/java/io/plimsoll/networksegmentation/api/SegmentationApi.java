package io.plimsoll.networksegmentation.api;

import io.grpc.stub.StreamObserver;
import io.plimsoll.api.segmentation.v1.GetMetricsRequest;
import io.plimsoll.api.segmentation.v1.GetMetricsResponse;
import io.plimsoll.api.segmentation.v1.ListExplanationsRequest;
import io.plimsoll.api.segmentation.v1.ListExplanationsResponse;
import io.plimsoll.api.segmentation.v1.ListExposuresRequest;
import io.plimsoll.api.segmentation.v1.ListExposuresResponse;
import io.plimsoll.api.segmentation.v1.ListGraphEdgesRequest;
import io.plimsoll.api.segmentation.v1.ListGraphEdgesResponse;
import io.plimsoll.api.segmentation.v1.ListGraphNodesRequest;
import io.plimsoll.api.segmentation.v1.ListGraphNodesResponse;
import io.plimsoll.api.segmentation.v1.ListOverlayChangesRequest;
import io.plimsoll.api.segmentation.v1.ListOverlayChangesResponse;
import io.plimsoll.api.segmentation.v1.ListRuleFindingsRequest;
import io.plimsoll.api.segmentation.v1.ListRuleFindingsResponse;
import io.plimsoll.api.segmentation.v1.ListSuggestionsRequest;
import io.plimsoll.api.segmentation.v1.ListSuggestionsResponse;
import io.plimsoll.api.segmentation.v1.OverlayProblem;
import io.plimsoll.api.segmentation.v1.PolicyForm;
import io.plimsoll.api.segmentation.v1.RuleWordCount;
import io.plimsoll.api.segmentation.v1.SegmentationMetrics;
import io.plimsoll.api.segmentation.v1.SegmentationServiceGrpc;
import io.plimsoll.networksegmentation.SegmentationConfig;
import io.plimsoll.networksegmentation.flow.DrawGraph;
import io.plimsoll.networksegmentation.flow.Explain;
import io.plimsoll.networksegmentation.flow.ListExposures;
import io.plimsoll.networksegmentation.flow.ListRuleFindings;
import io.plimsoll.networksegmentation.flow.ListSuggestions;
import io.plimsoll.networksegmentation.flow.Overlaid;
import io.plimsoll.networksegmentation.flow.Overlay;
import io.plimsoll.networksegmentation.flow.Overlays;
import io.plimsoll.networksegmentation.flow.Rows;
import io.plimsoll.networksegmentation.flow.SharedWork;
import io.plimsoll.networksegmentation.flow.Until;
import io.plimsoll.page.PageToken;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.segmentation.picture.Edge;
import io.plimsoll.segmentation.reach.Difference;
import io.plimsoll.segmentation.reach.Explanation;
import io.plimsoll.segmentation.suggest.Form;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.util.List;

/** Why, to whom, what if, and how well: from the snapshot of the cluster's owner, with the answers of the commands. */
@GrpcService
@Blocking
public class SegmentationApi extends SegmentationServiceGrpc.SegmentationServiceImplBase {

    private final Reception reception;
    private final SharedWork shared;
    private final Overlays overlays;
    private final SegmentationConfig config;

    SegmentationApi(Reception reception, SharedWork shared, Overlays overlays, SegmentationConfig config) {
        this.reception = reception;
        this.shared = shared;
        this.overlays = overlays;
        this.config = config;
    }

    private Until until() {
        return Until.in(config.pageWithin());
    }

    @Override
    public void listExplanations(ListExplanationsRequest request, StreamObserver<ListExplanationsResponse> observer) {
        Reception.answer(observer, () -> {
            Asked asked = reception.asked(request.getCluster());
            int size = Questions.explanations(request.getPageSize());
            String question = asked.question(
                    request.toBuilder().clearPageSize().clearPageToken().build());
            Rows.Position from = asked.from(request.getPageToken(), question);
            Explain.End source = Questions.end(asked, request.getSource(), "source");
            Explain.End destination = Questions.end(asked, request.getDestination(), "destination");
            Questions.onePair(source, destination);
            Rows.Page<Explanation> page = Rows.page(Explain.of(asked.cluster(), source, destination), from, size);
            ListExplanationsResponse.Builder response = ListExplanationsResponse.newBuilder()
                    .setRevision(asked.wireRevision())
                    .setNextPageToken(asked.next(question, page.next()));
            page.rows().forEach(each -> response.addExplanations(RuleCodec.toWire(asked.cluster(), each)));
            return response.build();
        });
    }

    @Override
    public void listExposures(ListExposuresRequest request, StreamObserver<ListExposuresResponse> observer) {
        Reception.answer(observer, () -> {
            Asked asked = reception.asked(request.getCluster());
            int size = PageToken.size(request.getPageSize());
            String question = asked.question(
                    request.toBuilder().clearPageSize().clearPageToken().build());
            Rows.Position from = asked.from(request.getPageToken(), question);
            Rows.Page<ListExposures.Row> page = ListExposures.page(
                    asked.cluster(), asked.caller(), Questions.exposures(asked, request), from, size, until(), shared);
            ListExposuresResponse.Builder response = ListExposuresResponse.newBuilder()
                    .setRevision(asked.wireRevision())
                    .setNextPageToken(asked.next(question, page.next()));
            page.rows()
                    .forEach(row -> response.addExposures(SegmentationCodec.toWire(
                            row, workload -> asked.cluster().isSeenBy(asked.caller(), workload))));
            return response.build();
        });
    }

    @Override
    public void listOverlayChanges(
            ListOverlayChangesRequest request, StreamObserver<ListOverlayChangesResponse> observer) {
        Reception.answer(observer, () -> {
            Asked asked = reception.asked(request.getOverlay().getCluster());
            int size = PageToken.size(request.getPageSize());
            Overlay overlay = Questions.overlay(request.getOverlay());
            String question = asked.question("overlay", request.getOverlay().getCluster(), overlay.digest());
            Rows.Position from = asked.from(request.getPageToken(), question);
            Overlaid overlaid = overlays.of(asked.cluster(), overlay, shared);
            Rows.Page<Difference> page = overlaid.page(asked.caller(), from, size, until());
            ListOverlayChangesResponse.Builder response = ListOverlayChangesResponse.newBuilder()
                    .setRevision(asked.wireRevision())
                    .setNextPageToken(asked.next(question, page.next()));
            page.rows().forEach(each -> response.addChanges(SegmentationCodec.toWire(each)));
            if (asked.cluster().isWhollySeenBy(asked.caller())) {
                response.setBefore(metrics(asked, asked.cluster().metrics(shared)))
                        .setAfter(SegmentationCodec.metrics(overlaid.metrics(shared)).toBuilder()
                                .setClasses(overlaid.classes()));
            }
            problems(overlaid, asked, response);
            return response.build();
        });
    }

    private static void problems(Overlaid overlaid, Asked asked, ListOverlayChangesResponse.Builder response) {
        overlaid.said().stream()
                .limit(SegmentationCodec.ROWS_MAX)
                .forEach(said -> response.addProblems(SegmentationCodec.problem(said)));
        response.setProblemsLeftOut(Math.max(0, overlaid.said().size() - SegmentationCodec.ROWS_MAX));
        if (asked.cluster().isWhollySeenBy(asked.caller())) {
            overlaid.missing()
                    .forEach(id -> response.addProblems(
                            OverlayProblem.newBuilder().setText("not there, so it cannot be taken away: " + id)));
        }
    }

    private static SegmentationMetrics metrics(
            Asked asked, io.plimsoll.segmentation.metrics.SegmentationMetrics metrics) {
        return SegmentationCodec.metrics(metrics).toBuilder()
                .setClasses(asked.cluster().reachability().classes())
                .build();
    }

    @Override
    public void listSuggestions(ListSuggestionsRequest request, StreamObserver<ListSuggestionsResponse> observer) {
        Reception.answer(observer, () -> {
            Asked asked = reception.asked(request.getCluster()).whole();
            int size = PageToken.size(request.getPageSize());
            String question = asked.question(
                    request.toBuilder().clearPageSize().clearPageToken().build());
            Rows.Position from = asked.from(request.getPageToken(), question);
            ListSuggestions.Suggested suggested = ListSuggestions.page(
                    asked.cluster(),
                    form(request),
                    request.getNamespace(),
                    config.suggestWorkloadsMax(),
                    from,
                    size,
                    shared);
            ListSuggestionsResponse.Builder response = ListSuggestionsResponse.newBuilder()
                    .setRevision(asked.wireRevision())
                    .setNextPageToken(asked.next(question, suggested.page().next()))
                    .setProof(SegmentationCodec.proof(suggested.all()));
            suggested.page().rows().forEach(row -> response.addPolicies(SegmentationCodec.toWire(row)));
            return response.build();
        });
    }

    private static Form form(ListSuggestionsRequest request) {
        PolicyForm form = request.getForm();
        return switch (form) {
            case POLICY_FORM_UNSPECIFIED, POLICY_FORM_NETWORK_POLICY -> Form.NETWORK_POLICY;
            case POLICY_FORM_CLUSTER_NETWORK_POLICY -> Form.CLUSTER_NETWORK_POLICY;
            case UNRECOGNIZED ->
                throw new ProblemException(Problem.MALFORMED, "not a form of policies: " + request.getFormValue())
                        .at("form");
        };
    }

    @Override
    public void getMetrics(GetMetricsRequest request, StreamObserver<GetMetricsResponse> observer) {
        Reception.answer(observer, () -> {
            Asked asked = reception.asked(request.getCluster()).whole();
            List<Overlaid.Said> problems = asked.cluster().reachability().problems().stream()
                    .map(problem -> new Overlaid.Said(
                            problem.source(), problem.path(), problem.policy() + ": " + problem.message()))
                    .toList();
            GetMetricsResponse.Builder response = GetMetricsResponse.newBuilder()
                    .setMetrics(metrics(asked, asked.cluster().metrics(shared)))
                    .setCoverage(SegmentationCodec.coverage(
                            asked.cluster().reachability().coverage()))
                    .setRevision(asked.wireRevision())
                    .setProblemsLeftOut(Math.max(0, problems.size() - SegmentationCodec.ROWS_MAX));
            problems.stream()
                    .limit(SegmentationCodec.ROWS_MAX)
                    .forEach(said -> response.addProblems(SegmentationCodec.problem(said)));
            return response.build();
        });
    }

    @Override
    public void listGraphNodes(ListGraphNodesRequest request, StreamObserver<ListGraphNodesResponse> observer) {
        Reception.answer(observer, () -> {
            Asked asked = reception.asked(request.getCluster());
            int size = PageToken.size(request.getPageSize());
            String question = asked.question("nodes", request.getCluster(), request.getNamespace());
            Rows.Page<DrawGraph.Node> page = DrawGraph.nodes(
                    asked.cluster(),
                    asked.caller(),
                    request.getNamespace(),
                    asked.from(request.getPageToken(), question),
                    size);
            ListGraphNodesResponse.Builder response = ListGraphNodesResponse.newBuilder()
                    .setRevision(asked.wireRevision())
                    .setNextPageToken(asked.next(question, page.next()));
            page.rows().forEach(node -> response.addNodes(SegmentationCodec.toWire(node)));
            return response.build();
        });
    }

    @Override
    public void listGraphEdges(ListGraphEdgesRequest request, StreamObserver<ListGraphEdgesResponse> observer) {
        Reception.answer(observer, () -> {
            Asked asked = reception.asked(request.getCluster());
            int size = PageToken.size(request.getPageSize());
            String question = asked.question("edges", request.getCluster(), request.getNamespace());
            Rows.Page<Edge> page = DrawGraph.edges(
                    asked.cluster(),
                    asked.caller(),
                    request.getNamespace(),
                    asked.from(request.getPageToken(), question),
                    size,
                    until());
            ListGraphEdgesResponse.Builder response = ListGraphEdgesResponse.newBuilder()
                    .setRevision(asked.wireRevision())
                    .setNextPageToken(asked.next(question, page.next()));
            page.rows().forEach(edge -> response.addEdges(SegmentationCodec.toWire(edge)));
            return response.build();
        });
    }

    @Override
    public void listRuleFindings(ListRuleFindingsRequest request, StreamObserver<ListRuleFindingsResponse> observer) {
        Reception.answer(observer, () -> {
            Asked asked = reception.asked(request.getCluster());
            int size = PageToken.size(request.getPageSize());
            String question = asked.question(
                    request.toBuilder().clearPageSize().clearPageToken().build());
            Rows.Position from = asked.from(request.getPageToken(), question);
            ListRuleFindings.Found found = ListRuleFindings.page(
                    asked.cluster(),
                    asked.caller(),
                    BlastQuestions.ruleFindings(request),
                    config.ruleFindingsPoliciesMax(),
                    from,
                    size,
                    shared);
            ListRuleFindingsResponse.Builder response = ListRuleFindingsResponse.newBuilder()
                    .setRevision(asked.wireRevision())
                    .setNextPageToken(asked.next(question, found.page().next()));
            found.counts()
                    .forEach((word, count) -> response.addCounts(RuleWordCount.newBuilder()
                            .setWord(BlastCodec.toWire(word))
                            .setCount(count)));
            found.page().rows().forEach(finding -> response.addFindings(BlastCodec.toWire(finding)));
            return response.build();
        });
    }
}
