package io.plimsoll.networksegmentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.plimsoll.api.kernel.v1.ResourceIdentity;
import io.plimsoll.api.kernel.v1.SubjectRef;
import io.plimsoll.api.segmentation.v1.ChangeKind;
import io.plimsoll.api.segmentation.v1.ConnectionChange;
import io.plimsoll.api.segmentation.v1.Direction;
import io.plimsoll.api.segmentation.v1.Door;
import io.plimsoll.api.segmentation.v1.Endpoint;
import io.plimsoll.api.segmentation.v1.ExplainedPorts;
import io.plimsoll.api.segmentation.v1.Exposed;
import io.plimsoll.api.segmentation.v1.GetMetricsRequest;
import io.plimsoll.api.segmentation.v1.GetMetricsResponse;
import io.plimsoll.api.segmentation.v1.GraphEdge;
import io.plimsoll.api.segmentation.v1.GraphNode;
import io.plimsoll.api.segmentation.v1.IngressController;
import io.plimsoll.api.segmentation.v1.ListConnectionsRequest;
import io.plimsoll.api.segmentation.v1.ListExplanationsRequest;
import io.plimsoll.api.segmentation.v1.ListExplanationsResponse;
import io.plimsoll.api.segmentation.v1.ListExposuresRequest;
import io.plimsoll.api.segmentation.v1.ListGraphEdgesRequest;
import io.plimsoll.api.segmentation.v1.ListGraphNodesRequest;
import io.plimsoll.api.segmentation.v1.ListOverlayChangesRequest;
import io.plimsoll.api.segmentation.v1.ListOverlayChangesResponse;
import io.plimsoll.api.segmentation.v1.ListSuggestionsRequest;
import io.plimsoll.api.segmentation.v1.ListSuggestionsResponse;
import io.plimsoll.api.segmentation.v1.PolicyForm;
import io.plimsoll.api.segmentation.v1.RuleSay;
import io.plimsoll.api.segmentation.v1.RuleTier;
import io.plimsoll.api.segmentation.v1.SegmentationServiceGrpc;
import io.plimsoll.api.segmentation.v1.Verdict;
import io.plimsoll.api.segmentation.v1.WorkloadExposure;
import io.plimsoll.api.whatif.v1.Overlay;
import io.plimsoll.api.whatif.v1.OverlayFile;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Why, to whom, what if and how well, asked of the running service with real tokens. */
@QuarkusTest
@QuarkusTestResource(RunningService.Parts.class)
class AnswersTest extends RunningService {

    private static final String VILLAGE = "village";
    private static final int PARTITION = 3;

    private static final String CLOSED = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: closed, namespace: shop}
            spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}
            """;

    private static boolean relayed;

    @BeforeEach
    void village() throws Exception {
        if (!relayed) {
            relay(Town.state(VILLAGE), PARTITION, 1);
            relayed = true;
        }
        await("the village", () -> {
            try {
                return calls(token("service"))
                        .listConnections(ListConnectionsRequest.newBuilder()
                                .setCluster(VILLAGE)
                                .build())
                        .hasRevision();
            } catch (StatusRuntimeException e) {
                return false;
            }
        });
    }

    private SegmentationServiceGrpc.SegmentationServiceBlockingStub ask(String whose) {
        return SegmentationServiceGrpc.newBlockingStub(as(token(whose))).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    private static SubjectRef villager(String namespace, String kind, String name) {
        return workload(namespace, kind, name).toBuilder().setCluster(VILLAGE).build();
    }

    private static Endpoint.Builder end(String namespace, String kind, String name) {
        return Endpoint.newBuilder().setWorkload(villager(namespace, kind, name));
    }

    private static ListExplanationsRequest.Builder why() {
        return ListExplanationsRequest.newBuilder()
                .setCluster(VILLAGE)
                .setSource(end("shop", "Deployment", "web"))
                .setDestination(end("shop", "Deployment", "cart"));
    }

    @Test
    void everyRuleThatDecidesIsNamedPerDirectionAndSetOfPorts() {
        ListExplanationsResponse pair = ask("viewer").listExplanations(why().build());
        assertThat(pair.getExplanationsList()).hasSize(1);
        List<ExplainedPorts> pieces = pair.getExplanations(0).getPiecesList();
        assertThat(pieces)
                .extracting(piece -> piece.getVerdict() + " " + piece.getPorts().getText())
                .contains("VERDICT_ALLOWED TCP 7070")
                .hasSize(2);
        assertThat(pieces.get(0).getEgress().getRulesList()).isEmpty();
        RuleSay allows = pieces.get(0).getIngress().getRules(0);
        assertThat(allows.getPolicy().getName()).isEqualTo("cart");
        assertThat(allows.getTier()).isEqualTo(RuleTier.RULE_TIER_NAMESPACE);
        assertThat(allows.getEffect()).isEqualTo("allows");
        assertThat(allows.getText()).startsWith("NetworkPolicy 'shop/cart' allows connections by");
        assertThat(allows.getSource().getFile()).isEqualTo("town.yaml");
        assertThat(pieces.get(1).getVerdict()).isEqualTo(Verdict.VERDICT_DENIED);
        assertThat(pieces.get(1).getIngress().getRules(0).getEffect()).isEqualTo("other-ports");
    }

    @Test
    void aBlockOfAddressesIsExplainedInThePartsThatPoliciesTellApart() {
        ListExplanationsRequest.Builder request = why().setSource(end("bank", "StatefulSet", "ledger"))
                .setDestination(Endpoint.newBuilder().setCidr("8.0.0.0/6"));
        ListExplanationsResponse parts = ask("service").listExplanations(request.build());
        assertThat(parts.getExplanationsList())
                .extracting(each -> each.getDestination().getEndCase()
                        + " " + each.getDestination().getCidr()
                        + " " + each.getPieces(0).getVerdict())
                .containsExactly(
                        "CIDR 8.0.0.0/7 VERDICT_DENIED",
                        "CIDR 10.0.0.0/8 VERDICT_ALLOWED",
                        "CIDR 11.0.0.0/8 VERDICT_DENIED");
        ListExplanationsResponse first =
                ask("service").listExplanations(request.setPageSize(2).build());
        assertThat(first.getExplanationsCount()).isEqualTo(2);
        assertThat(ask("service")
                        .listExplanations(
                                request.setPageToken(first.getNextPageToken()).build())
                        .getExplanationsList())
                .containsExactly(parts.getExplanations(2));
        assertThat(ask("service")
                        .listExplanations(request.clearPageToken()
                                .setSource(Endpoint.newBuilder().setAddress("192.0.2.1"))
                                .setDestination(end("shop", "Deployment", "web"))
                                .build())
                        .getExplanationsList())
                .extracting(each -> each.getSource().getCidr())
                .containsExactly("192.0.2.1/32");
    }

    @Test
    void whatLeadsInIsExplainedToo() {
        ListExplanationsRequest.Builder request = why().setSource(
                        Endpoint.newBuilder().setIngressController(IngressController.getDefaultInstance()))
                .setDestination(end("shop", "Deployment", "web"));
        assertThat(ask("viewer")
                        .listExplanations(request.build())
                        .getExplanations(0)
                        .getPieces(0)
                        .getIngress()
                        .getRulesList())
                .anySatisfy(rule -> {
                    assertThat(rule.getTier()).isEqualTo(RuleTier.RULE_TIER_WAY_IN);
                    assertThat(rule.getEffect()).isEqualTo("leads-in");
                });
        assertThat(ask("viewer")
                        .listExplanations(request.setDestination(end("shop", "Deployment", "cart"))
                                .build())
                        .getExplanationsList())
                .isEmpty();
    }

    @Test
    void whatIsAnothersIsNotThereAndWhatIsNoQuestionIsRefused() {
        ListExplanationsRequest foreign =
                why().setDestination(end("bank", "StatefulSet", "ledger")).build();
        assertThat(code(() -> ask("viewer").listExplanations(foreign))).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(code(() -> ask("viewer")
                        .getMetrics(GetMetricsRequest.newBuilder()
                                .setCluster(VILLAGE)
                                .build())))
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(code(() -> ask("viewer")
                        .listSuggestions(ListSuggestionsRequest.newBuilder()
                                .setCluster(VILLAGE)
                                .build())))
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(code(() -> ask("viewer")
                        .listGraphNodes(ListGraphNodesRequest.newBuilder()
                                .setCluster(VILLAGE)
                                .setNamespace("bank")
                                .build())))
                .isEqualTo(Status.Code.NOT_FOUND);
        Endpoint.Builder outside = Endpoint.newBuilder().setCidr("10.0.0.0/8");
        for (ListExplanationsRequest bad : List.of(
                why().setSource(outside).setDestination(outside).build(),
                why().setDestination(Endpoint.newBuilder().setCidr("10.0.0.0/99"))
                        .build(),
                why().setDestination(Endpoint.newBuilder().setIngressController(IngressController.getDefaultInstance()))
                        .build(),
                why().setPageSize(51).build(),
                why().setPageToken("mine").build())) {
            assertThat(code(() -> ask("service").listExplanations(bad)))
                    .as(bad.toString())
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        assertThat(code(() -> SegmentationServiceGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(30, TimeUnit.SECONDS)
                        .listExplanations(why().build())))
                .isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @Test
    void exposureIsToldOfEachWorkloadThatMayBeSeen() {
        List<WorkloadExposure> exposures = ask("viewer")
                .listExposures(
                        ListExposuresRequest.newBuilder().setCluster(VILLAGE).build())
                .getExposuresList();
        assertThat(exposures)
                .extracting(each -> each.getWorkload().getName() + " " + each.getDirection())
                .containsExactly(
                        "cart DIRECTION_INGRESS",
                        "cart DIRECTION_EGRESS",
                        "web DIRECTION_INGRESS",
                        "web DIRECTION_EGRESS");
        assertThat(exposures.get(0).getUnprotected()).isFalse();
        assertThat(exposures.get(0).getPeersList()).isEmpty();
        WorkloadExposure web = exposures.get(2);
        assertThat(web.getUnprotected()).isTrue();
        assertThat(web.getPeersList())
                .extracting(Exposed::getPeer)
                .extracting(peer -> peer.getCidr() + peer.getAbsentPods().getText())
                .containsExactly("0.0.0.0/0", "entire-cluster");
        assertThat(web.getWaysInList()).singleElement().satisfies(way -> {
            assertThat(way.getDoor()).isEqualTo(Door.DOOR_CONTROLLER);
            assertThat(way.getObject().getKind()).isEqualTo("Ingress");
            assertThat(way.getPorts().getText()).isEqualTo("TCP 8080");
        });
        assertThat(ask("service")
                        .listExposures(ListExposuresRequest.newBuilder()
                                .setCluster(VILLAGE)
                                .setNamespace("bank")
                                .setDirection(Direction.DIRECTION_EGRESS)
                                .build())
                        .getExposuresList())
                .singleElement()
                .satisfies(
                        each -> assertThat(each.getPeers(0).getPeer().getCidr()).isEqualTo("10.0.0.0/8"));
    }

    private static ListOverlayChangesRequest.Builder overlay(String yaml) {
        return ListOverlayChangesRequest.newBuilder()
                .setOverlay(Overlay.newBuilder()
                        .setCluster(VILLAGE)
                        .addFiles(OverlayFile.newBuilder()
                                .setFile("over.yaml")
                                .setContent(ByteString.copyFromUtf8(yaml))));
    }

    private static List<String> text(List<ConnectionChange> changes) {
        return changes.stream()
                .map(each -> each.getKind() + " "
                        + each.getSource().getWorkload().getName()
                        + each.getSource().getCidr() + " "
                        + each.getDestination().getWorkload().getName() + " "
                        + each.getBefore().getText() + " > " + each.getAfter().getText())
                .toList();
    }

    @Test
    void anOverlayIsComparedAndNothingOfItStays() {
        ListOverlayChangesResponse changes =
                ask("service").listOverlayChanges(overlay(CLOSED).build());
        assertThat(text(changes.getChangesList()))
                .containsExactly(
                        "CHANGE_KIND_REMOVED cart web All Connections > No Connections",
                        "CHANGE_KIND_REMOVED fountain web All Connections > No Connections",
                        "CHANGE_KIND_REMOVED 0.0.0.0/0 web All Connections > No Connections",
                        "CHANGE_KIND_REMOVED  web TCP 8080 > No Connections");
        assertThat(changes.getBefore().getPairsAllowed().getHigh()
                        - changes.getAfter().getPairsAllowed().getHigh())
                .isEqualTo(2);
        assertThat(text(ask("viewer")
                        .listOverlayChanges(overlay(CLOSED).build())
                        .getChangesList()))
                .hasSize(3)
                .noneMatch(each -> each.contains("ledger") || each.contains("fountain"));
        assertThat(ask("viewer").listOverlayChanges(overlay(CLOSED).build()).hasBefore())
                .isFalse();
        List<ConnectionChange> paged = new ArrayList<>();
        String token = "";
        do {
            ListOverlayChangesResponse page = ask("service")
                    .listOverlayChanges(
                            overlay(CLOSED).setPageSize(2).setPageToken(token).build());
            paged.addAll(page.getChangesList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        assertThat(paged).isEqualTo(changes.getChangesList());
        assertThat(ask("service")
                        .listExposures(ListExposuresRequest.newBuilder()
                                .setCluster(VILLAGE)
                                .setWorkload(villager("shop", "Deployment", "web"))
                                .setDirection(Direction.DIRECTION_INGRESS)
                                .build())
                        .getExposures(0)
                        .getUnprotected())
                .isTrue();
    }

    @Test
    void whatWouldBeTakenAwayOrIsNewIsSaid() {
        ListOverlayChangesRequest.Builder request = overlay("""
                apiVersion: v1
                kind: Pod
                metadata: {name: new, namespace: shop, labels: {app: web}}
                spec: {containers: [{name: main, image: a}]}
                ---
                not: an object
                """);
        request.getOverlayBuilder().addRemovals(removal("cart")).addRemovals(removal("nobody"));
        ListOverlayChangesResponse changes = ask("service").listOverlayChanges(request.build());
        assertThat(changes.getChangesList())
                .anySatisfy(change -> {
                    assertThat(change.getSource().getWorkload().getName()).isEqualTo("new");
                    assertThat(change.getSourceChange()).isEqualTo(ChangeKind.CHANGE_KIND_ADDED);
                    assertThat(change.getKind()).isEqualTo(ChangeKind.CHANGE_KIND_ADDED);
                })
                .anySatisfy(change -> {
                    assertThat(change.getDestination().getWorkload().getName()).isEqualTo("cart");
                    assertThat(change.getKind()).isEqualTo(ChangeKind.CHANGE_KIND_CHANGED);
                    assertThat(change.getAfter().getAll()).isTrue();
                });
        assertThat(changes.getProblemsList())
                .extracting(problem -> problem.getText())
                .anyMatch(text -> text.contains("no kind"))
                .anyMatch(text -> text.contains("nobody"));
    }

    private static ResourceIdentity removal(String name) {
        return ResourceIdentity.newBuilder()
                .setGroup("networking.k8s.io")
                .setKind("NetworkPolicy")
                .setNamespace("shop")
                .setName(name)
                .build();
    }

    @Test
    void nobodySeesMoreBySayingThatSomethingIsTheirs() {
        ListOverlayChangesResponse changes =
                ask("viewer").listOverlayChanges(overlay("""
                        apiVersion: v1
                        kind: Namespace
                        metadata: {name: bank, labels: {team: shop}}
                        ---
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: spy, namespace: bank, labels: {team: shop}}
                        spec: {containers: [{name: main, image: a}]}
                        ---
                        apiVersion: networking.k8s.io/v1
                        kind: NetworkPolicy
                        metadata: {name: ledger, namespace: bank}
                        spec: {podSelector: {}, policyTypes: [Ingress]}
                        """).build());
        assertThat(changes.getChangesList()).isEmpty();
        assertThat(code(() -> ask("viewer")
                        .listOverlayChanges(overlay(" ".repeat((4 << 20) + 1)).build())))
                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(code(() -> ask("viewer")
                        .listOverlayChanges(ListOverlayChangesRequest.newBuilder()
                                .setOverlay(Overlay.newBuilder().setCluster(VILLAGE))
                                .build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void policiesAreSuggestedWithTheirProof() {
        ListSuggestionsResponse all = ask("service")
                .listSuggestions(
                        ListSuggestionsRequest.newBuilder().setCluster(VILLAGE).build());
        assertThat(all.getProof().getHolds()).isTrue();
        assertThat(all.getPoliciesCount()).isEqualTo((int) all.getProof().getPolicyCount());
        assertThat(all.getProof().getAfter().getOneHop().getMax())
                .isLessThan(all.getProof().getBefore().getOneHop().getMax());
        assertThat(all.getPoliciesList())
                .allSatisfy(policy -> assertThat(policy.getYaml())
                        .startsWith("---\n")
                        .contains("kind: \"" + policy.getPolicy().getKind() + "\"")
                        .contains("name: \"" + policy.getPolicy().getName() + "\""));
        assertThat(ask("service")
                        .listSuggestions(ListSuggestionsRequest.newBuilder()
                                .setCluster(VILLAGE)
                                .setForm(PolicyForm.POLICY_FORM_CLUSTER_NETWORK_POLICY)
                                .build())
                        .getPoliciesList())
                .isNotEmpty()
                .allSatisfy(policy -> assertThat(policy.getPolicy().getKind()).isEqualTo("ClusterNetworkPolicy"));
        assertThat(ask("service")
                        .listSuggestions(ListSuggestionsRequest.newBuilder()
                                .setCluster(VILLAGE)
                                .setNamespace("bank")
                                .build())
                        .getPoliciesList())
                .isNotEmpty()
                .allSatisfy(
                        policy -> assertThat(policy.getPolicy().getNamespace()).isEqualTo("bank"));
    }

    @Test
    void figuresHaveTheirBands() {
        GetMetricsResponse metrics = ask("service")
                .getMetrics(GetMetricsRequest.newBuilder().setCluster(VILLAGE).build());
        assertThat(metrics.getMetrics().getWorkloads()).isEqualTo(4);
        assertThat(metrics.getMetrics().getPairs()).isEqualTo(12);
        assertThat(metrics.getMetrics().getPairsAllowed().getLow()).isEqualTo(8);
        assertThat(metrics.getMetrics().getSegmentednessByWorkload().getLow()).isEqualTo(1 - 8 / 12.0, within());
        assertThat(metrics.getCoverage().getAnalysed()).isEqualTo(2);
        assertThat(metrics.getRevision().getNumber()).isEqualTo(1);
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-6);
    }

    @Test
    void thePictureHasNamespacesAndOpensOne() {
        List<GraphNode> namespaces = ask("service")
                .listGraphNodes(
                        ListGraphNodesRequest.newBuilder().setCluster(VILLAGE).build())
                .getNodesList();
        assertThat(namespaces)
                .extracting(node -> node.getNamespace() + " " + node.getWorkloadCount())
                .containsExactly("bank 1", "shop 2", "square 1");
        List<GraphEdge> arrows = ask("service")
                .listGraphEdges(
                        ListGraphEdgesRequest.newBuilder().setCluster(VILLAGE).build())
                .getEdgesList();
        assertThat(arrows)
                .extracting(edge ->
                        edge.getSource().getNamespace() + edge.getSource().getEndCase() + " "
                                + edge.getDestination().getNamespace()
                                + edge.getDestination().getEndCase() + " "
                                + edge.getPairsAllowed().getLow() + "/" + edge.getPairs())
                .contains(
                        "shopNAMESPACE bankNAMESPACE 2/2",
                        "shopNAMESPACE shopNAMESPACE 2/2",
                        "squareNAMESPACE shopNAMESPACE 1/2",
                        "INGRESS_CONTROLLER shopNAMESPACE 1/2");
        List<GraphNode> shop = ask("viewer")
                .listGraphNodes(ListGraphNodesRequest.newBuilder()
                        .setCluster(VILLAGE)
                        .setNamespace("shop")
                        .build())
                .getNodesList();
        assertThat(shop)
                .extracting(node -> node.getWorkload().getName() + " " + node.getGroup())
                .containsExactly("cart 0", "web 1");
        assertThat(ask("viewer")
                        .listGraphEdges(ListGraphEdgesRequest.newBuilder()
                                .setCluster(VILLAGE)
                                .setNamespace("shop")
                                .build())
                        .getEdgesList())
                .noneMatch(edge ->
                        edge.getSource().hasNamespace() || edge.getDestination().hasNamespace())
                .anySatisfy(edge -> {
                    assertThat(edge.getSource().getGroup()).isEqualTo(1);
                    assertThat(edge.getDestination().getGroup()).isEqualTo(0);
                    assertThat(edge.getPorts().getText()).isEqualTo("TCP 7070");
                });
    }
}
