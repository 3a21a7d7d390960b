package io.plimsoll.networksegmentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.plimsoll.api.kernel.v1.SubjectRef;
import io.plimsoll.api.segmentation.v1.Barriers;
import io.plimsoll.api.segmentation.v1.BlastServiceGrpc;
import io.plimsoll.api.segmentation.v1.GetPathCutRequest;
import io.plimsoll.api.segmentation.v1.Hub;
import io.plimsoll.api.segmentation.v1.ListConnectionsRequest;
import io.plimsoll.api.segmentation.v1.ListHubsRequest;
import io.plimsoll.api.segmentation.v1.ListRadiiRequest;
import io.plimsoll.api.segmentation.v1.ListRadiiResponse;
import io.plimsoll.api.segmentation.v1.ListReachedRequest;
import io.plimsoll.api.segmentation.v1.ListRuleFindingsRequest;
import io.plimsoll.api.segmentation.v1.ListRuleFindingsResponse;
import io.plimsoll.api.segmentation.v1.ListSensitivePathsRequest;
import io.plimsoll.api.segmentation.v1.ListSensitivePathsResponse;
import io.plimsoll.api.segmentation.v1.PathCut;
import io.plimsoll.api.segmentation.v1.Radius;
import io.plimsoll.api.segmentation.v1.ReachedWorkload;
import io.plimsoll.api.segmentation.v1.RuleWord;
import io.plimsoll.api.segmentation.v1.SegmentationServiceGrpc;
import io.plimsoll.api.segmentation.v1.Sensitive;
import io.plimsoll.api.segmentation.v1.SensitivePath;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * How far trouble spreads and how it comes in, asked of the running service with real tokens. In the hamlet the Internet reaches web, web
 * alone reaches till, and till alone reaches db; whoever wants reaches web.
 */
@QuarkusTest
@QuarkusTestResource(RunningService.Parts.class)
class BlastTest extends RunningService {

    private static final String HAMLET = "hamlet";
    private static final int PARTITION = 5;

    private static final String MANIFESTS = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop, labels: {team: shop}}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: bank, labels: {team: bank}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: "example/web:1", ports: [{containerPort: 8080}]}]}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: db, namespace: shop}
            spec: {template: {metadata: {labels: {app: db}}, spec: {containers: [{name: main, image: "example/db:1"}]}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: till, namespace: bank}
            spec: {template: {metadata: {labels: {app: till}}, spec: {containers: [{name: main, image: "example/till:1"}]}}}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: db, namespace: shop}
            spec:
              podSelector: {matchLabels: {app: db}}
              ingress: [{from: [{namespaceSelector: {matchLabels: {team: bank}}}], ports: [{port: 5432}]}]
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: till, namespace: bank}
            spec:
              podSelector: {matchLabels: {app: till}}
              ingress: [{from: [{namespaceSelector: {matchLabels: {team: shop}}, podSelector: {matchLabels: {app: web}}}]}]
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: nobody, namespace: shop}
            spec: {podSelector: {matchLabels: {app: none}}}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: nobody, namespace: bank}
            spec: {podSelector: {matchLabels: {app: none}}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: web, namespace: shop}
            spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
            """;

    private static boolean relayed;

    @BeforeEach
    void hamlet() throws Exception {
        if (!relayed) {
            relay(Town.of(HAMLET, MANIFESTS), PARTITION, 1);
            relayed = true;
        }
        await("the hamlet", () -> {
            try {
                return calls(token("service"))
                        .listConnections(ListConnectionsRequest.newBuilder()
                                .setCluster(HAMLET)
                                .build())
                        .hasRevision();
            } catch (StatusRuntimeException e) {
                return false;
            }
        });
    }

    private BlastServiceGrpc.BlastServiceBlockingStub ask(String whose) {
        return BlastServiceGrpc.newBlockingStub(as(token(whose))).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    private static SubjectRef villager(String namespace, String name) {
        return workload(namespace, "Deployment", name).toBuilder()
                .setCluster(HAMLET)
                .build();
    }

    private static ListRadiiRequest.Builder radii() {
        return ListRadiiRequest.newBuilder().setCluster(HAMLET);
    }

    private static List<String> text(List<Radius> radii) {
        return radii.stream()
                .map(each ->
                        each.getWorkload().getName() + " " + each.getOneHop().getLow() + ".."
                                + each.getOneHop().getHigh() + " "
                                + each.getTransitive().getLow() + ".."
                                + each.getTransitive().getHigh())
                .toList();
    }

    private static List<String> names(List<SubjectRef> workloads) {
        return workloads.stream().map(SubjectRef::getName).toList();
    }

    @Test
    void radiiAreOrderedPagedAndOfTheCallersWorkloads() {
        List<Radius> all = ask("service").listRadii(radii().build()).getRadiiList();
        assertThat(text(all)).containsExactly("till 2..2 2..2", "db 1..1 2..2", "web 1..1 2..2");
        // Ways lead through the till, which is not counted.
        assertThat(text(ask("viewer").listRadii(radii().build()).getRadiiList()))
                .containsExactly("db 1..1 1..1", "web 0..0 1..1");
        assertThat(text(ask("service")
                        .listRadii(radii().setNamespace("bank").build())
                        .getRadiiList()))
                .containsExactly("till 2..2 2..2");
        List<Radius> paged = new ArrayList<>();
        String token = "";
        do {
            ListRadiiResponse page = ask("service")
                    .listRadii(radii().setPageSize(2).setPageToken(token).build());
            paged.addAll(page.getRadiiList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        assertThat(paged).isEqualTo(all);
    }

    @Test
    void hubsAreNamedAndLeftOutOnRequest() {
        List<Hub> hubs = ask("service")
                .listHubs(ListHubsRequest.newBuilder().setCluster(HAMLET).build())
                .getHubsList();
        assertThat(hubs)
                .extracting(hub -> names(hub.getWorkloadsList()) + " " + hub.getReachedBy() + " " + hub.getReaches()
                        + " " + hub.getPairsOnlyThrough())
                .containsExactly("[till] 1 2 1", "[web] 2 1 1");
        ListRadiiResponse without = ask("service")
                .listRadii(
                        radii().setBarriers(Barriers.newBuilder().setHubs(true)).build());
        assertThat(text(without.getRadiiList())).containsExactly("till 2..2 2..2", "db 1..1 1..1", "web 1..1 1..1");
        assertThat(names(without.getNotThroughList())).containsExactly("till", "web");
        ListRadiiResponse seen = ask("viewer")
                .listRadii(
                        radii().setBarriers(Barriers.newBuilder().setHubs(true)).build());
        assertThat(names(seen.getNotThroughList())).containsExactly("web");
        assertThat(seen.getNotThroughLeftOut()).isEqualTo(1);
        assertThat(text(seen.getRadiiList())).containsExactly("db 1..1 1..1", "web 0..0 0..0");
        assertThat(text(ask("service")
                        .listRadii(radii().setBarriers(Barriers.newBuilder().addWorkloads(villager("shop", "web")))
                                .build())
                        .getRadiiList()))
                .contains("db 1..1 1..1");
    }

    @Test
    void aWayThroughWhatIsAnothersIsHidden() {
        ListReachedRequest request = ListReachedRequest.newBuilder()
                .setCluster(HAMLET)
                .setSource(villager("shop", "web"))
                .build();
        List<ReachedWorkload> all = ask("service").listReached(request).getReachedList();
        assertThat(all)
                .extracting(each -> each.getHops() + " " + each.getCertain() + " " + names(each.getWayList()))
                .containsExactly("1 true [web, till]", "2 true [web, till, db]");
        assertThat(ask("viewer").listReached(request).getReachedList())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.getWorkload().getName()).isEqualTo("db");
                    assertThat(each.getHops()).isEqualTo(2);
                    assertThat(each.getWayHidden()).isTrue();
                    assertThat(each.getWayList()).isEmpty();
                });
    }

    private static ListSensitivePathsRequest.Builder paths() {
        return ListSensitivePathsRequest.newBuilder()
                .setCluster(HAMLET)
                .setSensitive(Sensitive.newBuilder().addLabels("app=db").addNamespaces("bank"));
    }

    @Test
    void pathsLeadFromTheInternetWithWhatLetsEachHopPass() {
        ListSensitivePathsResponse found = ask("service").listSensitivePaths(paths().build());
        assertThat(found.getSensitiveCount()).isEqualTo(2);
        assertThat(found.getReachedCount()).isEqualTo(2);
        assertThat(found.getPathsList())
                .extracting(
                        path -> path.getTarget().getName() + " " + path.getCertain() + " " + names(path.getWayList())
                                + " " + path.getBy().getObject().getKind())
                .containsExactly("till true [web, till] Ingress", "db true [web, till, db] Ingress");
        assertThat(found.getPaths(1).getHops(1)).satisfies(hop -> {
            assertThat(hop.getPorts().getText()).isEqualTo("TCP 5432");
            assertThat(hop.getRulesList()).singleElement().satisfies(rule -> {
                assertThat(rule.getPolicy().getName()).isEqualTo("db");
                assertThat(rule.getEffect()).isEqualTo("allows");
            });
        });
        assertThat(ask("service")
                        .listSensitivePaths(
                                paths().addNotThrough(villager("bank", "till")).build())
                        .getPathsList())
                .extracting(path -> path.getTarget().getName())
                .containsExactly("till");
        ListSensitivePathsResponse seen = ask("viewer").listSensitivePaths(paths().build());
        assertThat(seen.getSensitiveCount()).isEqualTo(1);
        assertThat(seen.getPathsList()).singleElement().satisfies((SensitivePath path) -> {
            assertThat(path.getTarget().getName()).isEqualTo("db");
            assertThat(path.getWayHidden()).isTrue();
            assertThat(path.hasBy()).isFalse();
            assertThat(path.getHopsList()).isEmpty();
        });
        // Nobody declared anything, and nothing is named.
        ListSensitivePathsResponse nothing =
                ask("service").listSensitivePaths(paths().clearSensitive().build());
        assertThat(nothing.getSensitiveCount()).isZero();
        assertThat(nothing.getPathsList()).isEmpty();
    }

    @Test
    void onePolicyCutsAPathAndSaysWhatItCosts() {
        GetPathCutRequest.Builder request = GetPathCutRequest.newBuilder()
                .setCluster(HAMLET)
                .setTarget(villager("bank", "till"))
                .setSensitive(Sensitive.newBuilder().addWorkloads(villager("shop", "db")));
        PathCut cut = ask("service").getPathCut(request.build()).getCut();
        assertThat(cut.getPolicy().getYaml()).startsWith("---\n").contains("kind: \"ClusterNetworkPolicy\"");
        assertThat(cut.getAt().getName()).isEqualTo("till");
        assertThat(cut.getLostList())
                .extracting(each -> each.getSource().getWorkload().getName() + " "
                        + each.getDestination().getWorkload().getName())
                .containsExactly("web till");
        assertThat(names(cut.getAlsoKeptList())).containsExactly("db");
        assertThat(cut.getStillReachedList()).isEmpty();
        assertThat(code(() -> ask("viewer").getPathCut(request.build()))).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void rulesThatDecideNothingAreNamedToWhoseTheyAre() {
        var rules = SegmentationServiceGrpc.newBlockingStub(as(token("service")));
        ListRuleFindingsRequest.Builder request =
                ListRuleFindingsRequest.newBuilder().setCluster(HAMLET);
        ListRuleFindingsResponse all = rules.listRuleFindings(request.build());
        assertThat(all.getFindingsList())
                .extracting(each -> each.getPolicy().getNamespace() + " " + each.getKind() + " " + each.getPath() + " "
                        + each.getWord())
                .containsExactly(
                        "bank selects-nobody spec RULE_WORD_UNREACHABLE",
                        "shop selects-nobody spec RULE_WORD_UNREACHABLE");
        assertThat(all.getCountsList()).singleElement().satisfies(count -> {
            assertThat(count.getWord()).isEqualTo(RuleWord.RULE_WORD_UNREACHABLE);
            assertThat(count.getCount()).isEqualTo(2);
        });
        ListRuleFindingsResponse first =
                rules.listRuleFindings(request.setPageSize(1).build());
        assertThat(rules.listRuleFindings(
                                request.setPageToken(first.getNextPageToken()).build())
                        .getFindingsList())
                .containsExactly(all.getFindings(1));
        request.clearPageSize().clearPageToken();
        assertThat(rules.listRuleFindings(
                                request.setWord(RuleWord.RULE_WORD_INERT).build())
                        .getFindingsList())
                .isEmpty();
        assertThat(SegmentationServiceGrpc.newBlockingStub(as(token("viewer")))
                        .listRuleFindings(request.clearWord().build())
                        .getFindingsList())
                .extracting(each -> each.getPolicy().getNamespace())
                .containsExactly("shop");
    }

    @Test
    void whatIsAnothersIsNotThereAndWhatIsNoQuestionIsRefused() {
        assertThat(code(() -> ask("viewer")
                        .listHubs(
                                ListHubsRequest.newBuilder().setCluster(HAMLET).build())))
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(code(() -> ask("viewer")
                        .listReached(ListReachedRequest.newBuilder()
                                .setCluster(HAMLET)
                                .setSource(villager("bank", "till"))
                                .build())))
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(code(() -> ask("viewer")
                        .listRadii(radii().setBarriers(Barriers.newBuilder().addWorkloads(villager("bank", "till")))
                                .build())))
                .isEqualTo(Status.Code.NOT_FOUND);
        for (ListSensitivePathsRequest bad : List.of(
                paths().setPageSize(51).build(),
                paths().setPageToken("mine").build(),
                paths().setSensitive(Sensitive.newBuilder().addLabels("=x")).build())) {
            assertThat(code(() -> ask("service").listSensitivePaths(bad)))
                    .as(bad.toString())
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        assertThat(code(() -> BlastServiceGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(30, TimeUnit.SECONDS)
                        .listRadii(radii().build())))
                .isEqualTo(Status.Code.UNAUTHENTICATED);
    }
}
