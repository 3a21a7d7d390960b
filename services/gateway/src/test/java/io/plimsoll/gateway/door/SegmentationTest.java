package io.plimsoll.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.plimsoll.api.kernel.v1.Revision;
import io.plimsoll.api.segmentation.v1.BlastServiceGrpc;
import io.plimsoll.api.segmentation.v1.ChangeKind;
import io.plimsoll.api.segmentation.v1.ConnectionChange;
import io.plimsoll.api.segmentation.v1.CountBand;
import io.plimsoll.api.segmentation.v1.Direction;
import io.plimsoll.api.segmentation.v1.Endpoint.EndCase;
import io.plimsoll.api.segmentation.v1.GetMetricsResponse;
import io.plimsoll.api.segmentation.v1.GetPathCutRequest;
import io.plimsoll.api.segmentation.v1.GetPathCutResponse;
import io.plimsoll.api.segmentation.v1.GraphEdge;
import io.plimsoll.api.segmentation.v1.GraphEnd;
import io.plimsoll.api.segmentation.v1.GraphNode;
import io.plimsoll.api.segmentation.v1.Hub;
import io.plimsoll.api.segmentation.v1.ListExplanationsRequest;
import io.plimsoll.api.segmentation.v1.ListExplanationsResponse;
import io.plimsoll.api.segmentation.v1.ListExposuresRequest;
import io.plimsoll.api.segmentation.v1.ListExposuresResponse;
import io.plimsoll.api.segmentation.v1.ListGraphEdgesResponse;
import io.plimsoll.api.segmentation.v1.ListGraphNodesRequest;
import io.plimsoll.api.segmentation.v1.ListGraphNodesResponse;
import io.plimsoll.api.segmentation.v1.ListHubsResponse;
import io.plimsoll.api.segmentation.v1.ListOverlayChangesRequest;
import io.plimsoll.api.segmentation.v1.ListOverlayChangesResponse;
import io.plimsoll.api.segmentation.v1.ListRadiiRequest;
import io.plimsoll.api.segmentation.v1.ListRadiiResponse;
import io.plimsoll.api.segmentation.v1.ListReachedResponse;
import io.plimsoll.api.segmentation.v1.ListRuleFindingsRequest;
import io.plimsoll.api.segmentation.v1.ListRuleFindingsResponse;
import io.plimsoll.api.segmentation.v1.ListSensitivePathsRequest;
import io.plimsoll.api.segmentation.v1.ListSensitivePathsResponse;
import io.plimsoll.api.segmentation.v1.ListSuggestionsRequest;
import io.plimsoll.api.segmentation.v1.ListSuggestionsResponse;
import io.plimsoll.api.segmentation.v1.Outside;
import io.plimsoll.api.segmentation.v1.PairExplanation;
import io.plimsoll.api.segmentation.v1.PathCut;
import io.plimsoll.api.segmentation.v1.PolicyForm;
import io.plimsoll.api.segmentation.v1.Radius;
import io.plimsoll.api.segmentation.v1.ReachedWorkload;
import io.plimsoll.api.segmentation.v1.RuleFinding;
import io.plimsoll.api.segmentation.v1.RuleWord;
import io.plimsoll.api.segmentation.v1.RuleWordCount;
import io.plimsoll.api.segmentation.v1.SegmentationMetrics;
import io.plimsoll.api.segmentation.v1.SegmentationServiceGrpc;
import io.plimsoll.api.segmentation.v1.SuggestedPolicy;
import io.plimsoll.api.segmentation.v1.SuggestionProof;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Why, to whom, what if and how well, by REST. */
@QuarkusTest
class SegmentationTest extends DoorTest {

    private static final String BASE = "/api/v1/clusters/prod/segmentation";

    private <T> T question(io.grpc.MethodDescriptor<T, ?> method) {
        @SuppressWarnings("unchecked")
        T question = (T) fakes.asked(method).getLast().question();
        return question;
    }

    @Test
    void figuresAreWholeAndTagged() {
        fakes.answer(
                SegmentationServiceGrpc.getGetMetricsMethod(),
                GetMetricsResponse.newBuilder()
                        .setMetrics(SegmentationMetrics.newBuilder()
                                .setWorkloads(4)
                                .setPairsAllowed(CountBand.newBuilder().setHigh(3)))
                        .setRevision(Revision.newBuilder().setEpoch(1).setNumber(7))
                        .build());
        String tag = as("security")
                .get(BASE)
                .then()
                .statusCode(200)
                .body("metrics.workloads", equalTo(4))
                .body("metrics.pods", equalTo(0))
                .body("metrics.pairsAllowed.low", equalTo(0))
                .body("metrics.pairsAllowed.high", equalTo(3))
                .body("metrics.oneHop", nullValue())
                .body("revision", equalTo("1.7"))
                .body("problems", hasSize(0))
                .header("ETag", notNullValue())
                .extract()
                .header("ETag");
        as("security").header("If-None-Match", tag).get(BASE).then().statusCode(304);
    }

    @Test
    void anEndIsAWorkloadAnAddressABlockOrTheController() {
        fakes.answer(
                SegmentationServiceGrpc.getListExplanationsMethod(),
                ListExplanationsResponse.newBuilder()
                        .addExplanations(PairExplanation.newBuilder().setPiecesLeftOut(2))
                        .setNextPageToken("more")
                        .build());
        as("viewer", "shop")
                .get(BASE + "/explanations?from=shop/Deployment/web&to=2001:db8::/32&pageSize=7")
                .then()
                .statusCode(200)
                .body("items[0].piecesLeftOut", equalTo(2))
                .body("items[0].pieces", hasSize(0))
                .body("nextPageToken", equalTo("more"));
        ListExplanationsRequest asked = question(SegmentationServiceGrpc.getListExplanationsMethod());
        assertThat(asked.getCluster()).isEqualTo("prod");
        assertThat(asked.getSource().getWorkload().getObject()).isEqualTo("Deployment");
        assertThat(asked.getSource().getWorkload().getCluster()).isEqualTo("prod");
        assertThat(asked.getDestination().getCidr()).isEqualTo("2001:db8::/32");
        assertThat(asked.getPageSize()).isEqualTo(7);
        as("viewer", "shop")
                .get(BASE + "/explanations?from=ingress-controller&to=shop/Deployment/web")
                .then()
                .statusCode(200);
        assertThat(question(SegmentationServiceGrpc.getListExplanationsMethod())
                        .getSource()
                        .getEndCase())
                .isEqualTo(EndCase.INGRESS_CONTROLLER);
        as("viewer", "shop")
                .get(BASE + "/explanations?from=shop/Deployment/web&to=192.0.2.1")
                .then()
                .statusCode(200);
        assertThat(question(SegmentationServiceGrpc.getListExplanationsMethod())
                        .getDestination()
                        .getAddress())
                .isEqualTo("192.0.2.1");
        for (String bad : List.of("", "?from=shop/web&to=192.0.2.1", "?from=a/b/c/d&to=x/y/z", "?from=//&to=x/y/z")) {
            as("viewer", "shop")
                    .get(BASE + "/explanations" + bad)
                    .then()
                    .statusCode(400)
                    .body("place", equalTo("from"));
        }
    }

    @Test
    void exposureIsAskedOfOneWorkloadAndDirection() {
        fakes.answer(
                SegmentationServiceGrpc.getListExposuresMethod(),
                ListExposuresResponse.newBuilder().build());
        as("viewer", "shop")
                .get(BASE + "/exposures?namespace=shop&workload=Deployment/web&direction=ingress")
                .then()
                .statusCode(200)
                .body("items", hasSize(0))
                .body("nextPageToken", equalTo(""));
        ListExposuresRequest asked = question(SegmentationServiceGrpc.getListExposuresMethod());
        assertThat(asked.getWorkload().getName()).isEqualTo("web");
        assertThat(asked.getDirection()).isEqualTo(Direction.DIRECTION_INGRESS);
        as("viewer", "shop")
                .get(BASE + "/exposures?direction=sideways")
                .then()
                .statusCode(400)
                .body("place", equalTo("direction"));
    }

    @Test
    void anOverlayIsLaidOverAndItsBoundsAreTold() {
        fakes.answer(
                SegmentationServiceGrpc.getListOverlayChangesMethod(),
                ListOverlayChangesResponse.newBuilder()
                        .addChanges(ConnectionChange.newBuilder().setKind(ChangeKind.CHANGE_KIND_REMOVED))
                        .build());
        as("viewer", "shop")
                .contentType("application/yaml")
                .body("kind: NetworkPolicy".getBytes(StandardCharsets.UTF_8))
                .post(BASE + "/what-if?namespace=shop&file=over.yaml&remove=networking.k8s.io/NetworkPolicy/shop/deny"
                        + "&remove=core/Namespace/bank")
                .then()
                .statusCode(200)
                .body("items[0].kind", equalTo("removed"))
                .body("problems", hasSize(0))
                .body("before", nullValue());
        ListOverlayChangesRequest asked = question(SegmentationServiceGrpc.getListOverlayChangesMethod());
        assertThat(asked.getOverlay().getFiles(0).getContent().toStringUtf8()).isEqualTo("kind: NetworkPolicy");
        assertThat(asked.getOverlay().getFiles(0).getFile()).isEqualTo("over.yaml");
        assertThat(asked.getOverlay().getRemovals(0).getGroup()).isEqualTo("networking.k8s.io");
        assertThat(asked.getOverlay().getRemovals(1).getGroup()).isEmpty();
        assertThat(asked.getOverlay().getRemovals(1).getNamespace()).isEmpty();
        as("viewer", "shop")
                .contentType("application/gzip")
                .body("x".getBytes(StandardCharsets.UTF_8))
                .post(BASE + "/what-if")
                .then()
                .statusCode(415);
        as("viewer", "shop")
                .contentType("application/yaml")
                .body(new byte[(4 << 20) + 1])
                .post(BASE + "/what-if")
                .then()
                .statusCode(413)
                .body("limit", equalTo("4194304 bytes"));
        as("viewer", "shop")
                .contentType("application/yaml")
                .body("a: b".getBytes(StandardCharsets.UTF_8))
                .post(BASE + "/what-if?remove=deny")
                .then()
                .statusCode(400)
                .body("place", equalTo("remove"));
    }

    @Test
    void policiesAreGivenAsJsonAndAsOneFile() {
        fakes.respond(
                SegmentationServiceGrpc.getListSuggestionsMethod(),
                question -> ListSuggestionsResponse.newBuilder()
                        .addPolicies(SuggestedPolicy.newBuilder()
                                .setYaml("---\nname: \""
                                        + (question.getPageToken().isEmpty() ? "one" : "two") + "\"\n"))
                        .setNextPageToken(question.getPageToken().isEmpty() ? "second" : "")
                        .setProof(SuggestionProof.newBuilder().setHolds(true))
                        .build());
        as("admin")
                .get(BASE + "/suggestions?form=cluster-network-policy")
                .then()
                .statusCode(200)
                .body("items[0].yaml", equalTo("---\nname: \"one\"\n"))
                .body("proof.holds", equalTo(true))
                .body("proof.cutCount", equalTo(0));
        ListSuggestionsRequest asked = question(SegmentationServiceGrpc.getListSuggestionsMethod());
        assertThat(asked.getForm()).isEqualTo(PolicyForm.POLICY_FORM_CLUSTER_NETWORK_POLICY);
        String yaml = as("admin")
                .get(BASE + "/suggestions.yaml")
                .then()
                .statusCode(200)
                .contentType("application/yaml")
                .extract()
                .asString();
        assertThat(yaml).isEqualTo("---\nname: \"one\"\n---\nname: \"two\"\n");
    }

    @Test
    void thePictureIsPagedBoxesThenArrows() {
        fakes.answer(
                SegmentationServiceGrpc.getListGraphNodesMethod(),
                ListGraphNodesResponse.newBuilder()
                        .addNodes(GraphNode.newBuilder()
                                .setNamespace("shop")
                                .setWorkloadCount(2)
                                .setGroupCount(0))
                        .build());
        as("viewer", "shop")
                .get(BASE + "/graph/nodes?namespace=shop")
                .then()
                .statusCode(200)
                .body("items[0].namespace", equalTo("shop"))
                .body("items[0].groupCount", equalTo(0))
                .body("items[0].group", nullValue());
        assertThat(((ListGraphNodesRequest) question(SegmentationServiceGrpc.getListGraphNodesMethod())).getNamespace())
                .isEqualTo("shop");
        fakes.answer(
                SegmentationServiceGrpc.getListGraphEdgesMethod(),
                ListGraphEdgesResponse.newBuilder()
                        .addEdges(GraphEdge.newBuilder()
                                .setSource(GraphEnd.newBuilder().setGroup(0))
                                .setDestination(GraphEnd.newBuilder().setOutside(Outside.getDefaultInstance())))
                        .build());
        as("viewer", "shop")
                .get(BASE + "/graph/edges")
                .then()
                .statusCode(200)
                .body("items[0].source.group", equalTo(0))
                .body("items[0].destination.outside", notNullValue())
                .body("items[0].pairs", equalTo(0));
    }

    @Test
    void radiiReachedAndHubsArePaged() {
        fakes.answer(
                BlastServiceGrpc.getListRadiiMethod(),
                ListRadiiResponse.newBuilder()
                        .addRadii(Radius.newBuilder()
                                .setTransitive(CountBand.newBuilder().setLow(2).setHigh(3)))
                        .setNextPageToken("more")
                        .build());
        as("viewer", "shop")
                .get(BASE + "/blast-radius?withoutHubs=true&notThrough=shop/Deployment/web&namespace=shop&pageSize=3")
                .then()
                .statusCode(200)
                .body("items[0].transitive.high", equalTo(3))
                .body("notThrough", hasSize(0))
                .body("nextPageToken", equalTo("more"));
        ListRadiiRequest asked = question(BlastServiceGrpc.getListRadiiMethod());
        assertThat(asked.getBarriers().getHubs()).isTrue();
        assertThat(asked.getBarriers().getWorkloads(0).getName()).isEqualTo("web");
        assertThat(asked.getNamespace()).isEqualTo("shop");
        assertThat(asked.getPageSize()).isEqualTo(3);
        fakes.answer(
                BlastServiceGrpc.getListReachedMethod(),
                ListReachedResponse.newBuilder()
                        .addReached(ReachedWorkload.newBuilder().setHops(1).setWayHidden(true))
                        .build());
        as("viewer", "shop")
                .get(BASE + "/blast-radius/reached?from=shop/Deployment/web")
                .then()
                .statusCode(200)
                .body("items[0].wayHidden", equalTo(true))
                .body("items[0].way", hasSize(0));
        fakes.answer(
                BlastServiceGrpc.getListHubsMethod(),
                ListHubsResponse.newBuilder()
                        .addHubs(Hub.newBuilder().setPairsOnlyThrough(4))
                        .build());
        as("admin")
                .get(BASE + "/blast-radius/hubs")
                .then()
                .statusCode(200)
                .body("items[0].pairsOnlyThrough", equalTo(4));
        as("viewer", "shop")
                .get(BASE + "/blast-radius/reached")
                .then()
                .statusCode(400)
                .body("place", equalTo("from"));
        as("viewer", "shop")
                .get(BASE + "/blast-radius?withoutHubs=perhaps")
                .then()
                .statusCode(400)
                .body("place", equalTo("withoutHubs"));
    }

    @Test
    void whatIsSensitiveIsAWorkloadANamespaceOrALabel() {
        fakes.answer(
                BlastServiceGrpc.getListSensitivePathsMethod(),
                ListSensitivePathsResponse.newBuilder().setSensitiveCount(2).build());
        as("viewer", "shop")
                .queryParam("sensitive", "shop/Deployment/db", "bank/", "data.example/class=restricted")
                .get(BASE + "/paths?internal=true&notThrough=shop/Deployment/web")
                .then()
                .statusCode(200)
                .body("items", hasSize(0))
                .body("sensitiveCount", equalTo(2))
                .body("reachedCount", equalTo(0));
        ListSensitivePathsRequest asked = question(BlastServiceGrpc.getListSensitivePathsMethod());
        assertThat(asked.getSensitive().getWorkloads(0).getName()).isEqualTo("db");
        assertThat(asked.getSensitive().getNamespacesList()).containsExactly("bank");
        assertThat(asked.getSensitive().getLabelsList()).containsExactly("data.example/class=restricted");
        assertThat(asked.getSensitive().getDeclared()).isFalse();
        assertThat(asked.getInternal()).isTrue();
        assertThat(asked.getNotThrough(0).getName()).isEqualTo("web");
        as("viewer", "shop")
                .get(BASE + "/paths?sensitive=db")
                .then()
                .statusCode(400)
                .body("place", equalTo("sensitive"));
        fakes.answer(
                BlastServiceGrpc.getGetPathCutMethod(),
                GetPathCutResponse.newBuilder()
                        .setCut(PathCut.newBuilder()
                                .setPolicy(SuggestedPolicy.newBuilder().setYaml("---\na: b\n")))
                        .build());
        as("admin")
                .get(BASE + "/paths/cut?to=shop/Deployment/db")
                .then()
                .statusCode(200)
                .body("cut.policy.yaml", equalTo("---\na: b\n"))
                .body("cut.lost", hasSize(0));
        assertThat(((GetPathCutRequest) question(BlastServiceGrpc.getGetPathCutMethod()))
                        .getTarget()
                        .getName())
                .isEqualTo("db");
    }

    @Test
    void rulesThatDecideNothingAreAskedByWord() {
        fakes.answer(
                SegmentationServiceGrpc.getListRuleFindingsMethod(),
                ListRuleFindingsResponse.newBuilder()
                        .addFindings(RuleFinding.newBuilder()
                                .setWord(RuleWord.RULE_WORD_SHADOWED)
                                .setKind("redundant"))
                        .addCounts(RuleWordCount.newBuilder()
                                .setWord(RuleWord.RULE_WORD_SHADOWED)
                                .setCount(1))
                        .build());
        as("viewer", "shop")
                .get(BASE + "/rules?word=shadowed&namespace=shop")
                .then()
                .statusCode(200)
                .body("items[0].word", equalTo("shadowed"))
                .body("items[0].by", hasSize(0))
                .body("counts[0].count", equalTo(1));
        ListRuleFindingsRequest asked = question(SegmentationServiceGrpc.getListRuleFindingsMethod());
        assertThat(asked.getWord()).isEqualTo(RuleWord.RULE_WORD_SHADOWED);
        as("viewer", "shop")
                .get(BASE + "/rules?word=idle")
                .then()
                .statusCode(400)
                .body("place", equalTo("word"));
    }

    @Test
    void theServicesWordOnWhatIsTooMuchIsPassedOn() {
        fakes.refuse(
                SegmentationServiceGrpc.getGetMetricsMethod(),
                new ProblemException(Problem.TOO_MANY, "too many long analyses at once")
                        .retryAfter(java.time.Duration.ofSeconds(2)));
        as("admin").get(BASE).then().statusCode(429).header("Retry-After", equalTo("2"));
        fakes.refuse(
                SegmentationServiceGrpc.getGetMetricsMethod(),
                new ProblemException(Problem.NOT_FOUND, "no cluster prod in the caller's scope"));
        as("viewer", "shop").get(BASE).then().statusCode(404);
    }
}
