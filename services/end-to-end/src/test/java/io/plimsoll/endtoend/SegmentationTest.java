package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.api.segmentation.v1.BlastServiceGrpc;
import io.plimsoll.api.segmentation.v1.GetMetricsRequest;
import io.plimsoll.api.segmentation.v1.ListRadiiRequest;
import io.plimsoll.api.segmentation.v1.SegmentationMetrics;
import io.plimsoll.api.segmentation.v1.SegmentationServiceGrpc;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.ReachabilityOptions;
import io.plimsoll.segmentation.blast.BlastRadius;
import io.plimsoll.segmentation.blast.SensitivePaths.SensitivePath;
import io.plimsoll.segmentation.metrics.Bounds;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.reach.Difference;
import io.plimsoll.segmentation.reach.Endpoint;
import io.plimsoll.segmentation.reach.Explanation;
import io.plimsoll.segmentation.reach.Exposures;
import io.plimsoll.segmentation.suggest.Form;
import io.plimsoll.segmentation.suggest.PathCut;
import io.plimsoll.segmentation.suggest.PathCuts;
import io.plimsoll.segmentation.suggest.PolicyText;
import io.plimsoll.segmentation.suggest.Suggestions;
import io.plimsoll.segmentation.topology.HostNetwork;
import io.plimsoll.segmentation.topology.PeerUnit;
import io.plimsoll.testing.Fixtures;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who can reach whom, asked through the gateway: the answers are those of the command for the same objects. */
class SegmentationTest {

    private static final String CLUSTER = "segments";
    private static final String BASE = "/api/v1/clusters/" + CLUSTER + "/segmentation";

    /** An application of eleven workloads, two policies and a namespace of another team. */
    private static final String POLICIES = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop, labels: {team: shop}}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: redis, namespace: shop}
            spec:
              podSelector: {matchLabels: {app: redis-cart}}
              policyTypes: [Ingress]
              ingress: [{from: [{podSelector: {matchLabels: {app: cartservice}}}], ports: [{port: 6379}]}]
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: outward, namespace: shop}
            spec:
              podSelector: {matchLabels: {app: paymentservice}}
              policyTypes: [Egress]
              egress: [{to: [{ipBlock: {cidr: 203.0.113.0/24}}], ports: [{port: 443}]}]
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: nobody, namespace: shop}
            spec: {podSelector: {matchLabels: {app: left}}}
            ---
            """;

    private static final String OVERLAY = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: closed, namespace: shop}
            spec: {podSelector: {}, policyTypes: [Ingress]}
            """;

    private static Client admin;
    private static Client viewer;
    private static ClusterState state;
    private static Reachability reachability;

    @BeforeAll
    static void upload() throws IOException {
        Optional<Path> apps = Fixtures.folder("manifests/apps");
        assumeTrue(apps.isPresent(), "shared cases are absent");
        Platform platform = Platform.running();
        admin = new Client(platform, "admin");
        viewer = new Client(platform, "shop-viewer");
        TreeMap<String, byte[]> files = new TreeMap<>();
        files.put("boutique.yaml", Files.readAllBytes(apps.get().resolve("online-boutique/kubernetes-manifests.yaml")));
        files.put("policies.yaml", Uploads.bytes(POLICIES + Shop.of("vault", "payments", 2, 0)));
        Estate.Upload upload = new Estate.Upload(CLUSTER, "files", "shop", files);
        admin.settled(CLUSTER, Uploaded.put(admin, upload));
        state = Estate.state(upload);
        reachability = reachability(state);
    }

    private static Reachability reachability(ClusterState of) {
        return Reachability.of(of, PeerUnit.OWNER.of(of), options(of));
    }

    private static ReachabilityOptions options(ClusterState of) {
        return ReachabilityOptions.showingFamiliesOf(of, HostNetwork.AS_NODE);
    }

    private static String end(JsonNode end) {
        if (end.has("workload")) {
            JsonNode workload = end.get("workload");
            return workload.get("namespace").asText() + "/"
                    + workload.get("name").asText() + "["
                    + workload.get("object").asText() + "]";
        }
        if (end.has("ingressController")) {
            return new Endpoint.Controller().toString();
        }
        if (end.has("absentPods")) {
            return end.at("/absentPods/text").asText();
        }
        return end.has("cidr")
                ? end.get("cidr").asText()
                : end.at("/span/first").asText() + "-" + end.at("/span/last").asText();
    }

    private static String end(Endpoint end) {
        return end instanceof Endpoint.External external
                ? external.range().cidr().orElse(external.range().toString())
                : end.toString();
    }

    private static String query(Endpoint end) {
        ResourceId id = ((Endpoint.OfWorkload) end).id();
        return Client.encoded(id.namespace() + "/" + id.kind() + "/" + id.name());
    }

    @Test
    void theReasonsOfEveryPairAreThoseOfTheCommand() {
        List<Endpoint> workloads = reachability.connections().limit(40).toList().stream()
                .flatMap(each -> Stream.of(each.source(), each.destination()))
                .filter(Endpoint.OfWorkload.class::isInstance)
                .distinct()
                .toList();
        assertThat(workloads).hasSizeGreaterThan(8);
        for (Endpoint from : workloads.subList(0, 4)) {
            for (Endpoint to : workloads) {
                if (!from.equals(to)) {
                    Explanation expected =
                            reachability.explain(((Endpoint.OfWorkload) from).id(), ((Endpoint.OfWorkload) to).id());
                    JsonNode items = admin.get(BASE + "/explanations?from=" + query(from) + "&to=" + query(to))
                            .get("items");
                    assertThat(items).hasSize(1);
                    assertThat(pieces(items.get(0))).as(from + " " + to).isEqualTo(pieces(expected));
                }
            }
        }
        JsonNode outside = admin.get(BASE + "/explanations?from=shop/Deployment/paymentservice&to=203.0.112.0/23")
                .get("items");
        assertThat(outside).hasSize(2);
        assertThat(outside.get(1).at("/pieces/0/ports/text").asText()).isEqualTo("TCP 443");
    }

    private static List<String> pieces(JsonNode explanation) {
        List<String> pieces = new ArrayList<>();
        for (JsonNode piece : explanation.get("pieces")) {
            List<String> rules = new ArrayList<>();
            piece.at("/egress/rules").forEach(rule -> rules.add(rule.get("text").asText()));
            piece.at("/ingress/rules")
                    .forEach(rule -> rules.add(rule.get("text").asText()));
            pieces.add(piece.get("verdict").asText() + " "
                    + piece.at("/ports/text").asText() + " " + rules);
        }
        return pieces;
    }

    private static List<String> pieces(Explanation explanation) {
        List<String> pieces = new ArrayList<>();
        for (Explanation.Piece piece : explanation.pieces()) {
            List<String> rules = new ArrayList<>();
            piece.egress()
                    .reasons()
                    .forEach(reason ->
                            rules.add(reason.text(explanation.source(), explanation.destination(), Direction.EGRESS)));
            piece.ingress()
                    .reasons()
                    .forEach(reason ->
                            rules.add(reason.text(explanation.destination(), explanation.source(), Direction.INGRESS)));
            pieces.add(piece.outcome().name().toLowerCase(java.util.Locale.ROOT) + " " + piece.ports() + " " + rules);
        }
        return pieces;
    }

    @Test
    void exposureIsThatOfTheCommand() {
        Exposures exposures = reachability.exposures();
        Set<String> expected = new LinkedHashSet<>();
        for (Direction direction : Direction.values()) {
            exposures
                    .in(direction, PortSet.ALL)
                    .forEach(each -> expected.add(
                            direction.field() + " " + each.workload() + " " + end(each.peer()) + " " + each.ports()));
        }
        Set<String> told = new LinkedHashSet<>();
        for (JsonNode row : admin.all(BASE + "/exposures")) {
            for (JsonNode peer : row.get("peers")) {
                told.add(row.get("direction").asText() + " " + end(row) + " " + end(peer.get("peer")) + " "
                        + peer.at("/ports/text").asText());
            }
        }
        assertThat(told).isNotEmpty().containsExactlyInAnyOrderElementsOf(expected);
        assertThat(viewer.all(BASE + "/exposures").toString()).doesNotContain("vault");
    }

    @Test
    void figuresAndPoliciesAreThoseOfTheCommandByRestAndGrpc() {
        var expected = reachability.metrics();
        JsonNode metrics = admin.get(BASE).get("metrics");
        assertThat(metrics.get("pairs").asLong()).isEqualTo(expected.pairs());
        assertThat(metrics.at("/pairsAllowed/low").asLong())
                .isEqualTo(expected.pairsAllowed().low());
        assertThat(metrics.at("/segmentednessByPort/high").asDouble())
                .isEqualTo(expected.byPort().high());
        assertThat(metrics.at("/transitive/p95").asLong())
                .isEqualTo(expected.transitive().p95());
        try (Grpc grpc = new Grpc(Platform.running())) {
            SegmentationMetrics same = SegmentationServiceGrpc.newBlockingStub(grpc.as(admin))
                    .getMetrics(
                            GetMetricsRequest.newBuilder().setCluster(CLUSTER).build())
                    .getMetrics();
            assertThat(same.getPairsAllowed().getHigh())
                    .isEqualTo(expected.pairsAllowed().high());
        }
        StringBuilder yaml = new StringBuilder();
        Suggestions.of(state, PeerUnit.CONTROLLER.of(state), options(state), Form.NETWORK_POLICY)
                .policies()
                .forEach(policy -> yaml.append(PolicyText.of(policy)));
        Response suggested = admin.request().get(BASE + "/suggestions.yaml");
        assertThat(suggested.statusCode()).isEqualTo(200);
        assertThat(suggested.asString()).isEqualTo(yaml.toString());
        assertThat(admin.get(BASE + "/suggestions").at("/proof/holds").asBoolean())
                .isTrue();
        assertThat(viewer.status(BASE)).isEqualTo(404);
        assertThat(viewer.status(BASE + "/suggestions")).isEqualTo(404);
    }

    @Test
    void aWhatIfIsTheDifferenceThatAnUploadWouldMake() {
        TreeMap<ResourceId, Resource> all = new TreeMap<>();
        state.resources().forEach(each -> all.put(each.id(), each));
        Estate.state(Uploaded.file(CLUSTER, OVERLAY)).resources().forEach(each -> all.put(each.id(), each));
        ClusterState over = new ClusterState(state.name(), state.mode(), List.copyOf(all.values()));
        Set<String> expected = new LinkedHashSet<>();
        for (Difference each : reachability.differencesTo(reachability(over))) {
            // Where addresses outside are a source, the command cuts them at boundaries that only destinations have.
            String source = each.source() instanceof Endpoint.External ? "0.0.0.0/0" : end(each.source());
            expected.add(each.type() + " " + source + " " + end(each.destination()) + " " + each.before() + " "
                    + each.after());
        }
        Set<String> told = new LinkedHashSet<>();
        Response answer = admin.request()
                .contentType("application/yaml")
                .body(Uploads.bytes(OVERLAY))
                .post(BASE + "/what-if?pageSize=500");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        JsonNode whatIf = Client.json(answer);
        assertThat(whatIf.get("nextPageToken").asText()).isEmpty();
        for (JsonNode each : whatIf.get("items")) {
            told.add(
                    each.get("kind").asText() + " " + end(each.get("source")) + " " + end(each.get("destination")) + " "
                            + each.at("/before/text").asText() + " "
                            + each.at("/after/text").asText());
        }
        assertThat(told).isNotEmpty().containsExactlyInAnyOrderElementsOf(expected);
        assertThat(admin.get(BASE).at("/metrics/pairsAllowed/high").asLong())
                .isEqualTo(whatIf.at("/before/pairsAllowed/high").asLong())
                .isGreaterThan(whatIf.at("/after/pairsAllowed/high").asLong());
    }

    @Test
    void theArrowsOfThePictureAreTheConnectionsAddedUp() {
        List<String> namespaces = new ArrayList<>();
        admin.all(BASE + "/graph/nodes")
                .forEach(node -> namespaces.add(node.get("namespace").asText()));
        assertThat(namespaces).containsExactly("shop", "vault");
        long low = 0;
        for (JsonNode edge : admin.all(BASE + "/graph/edges")) {
            boolean within = edge.get("source").has("namespace")
                    && edge.get("destination").has("namespace");
            low += within ? edge.at("/pairsAllowed/low").asLong() : 0;
        }
        assertThat(low).isEqualTo(reachability.metrics().pairsAllowed().low());
        assertThat(viewer.status(BASE + "/graph/nodes?namespace=vault")).isEqualTo(404);
        assertThat(admin.all(BASE + "/graph/nodes?namespace=vault")).hasSize(2);
        assertThat(admin.all(BASE + "/graph/edges?namespace=vault")).isNotEmpty();
    }

    private static String written(ResourceId id) {
        return id.namespace() + "/" + id.kind() + "/" + id.name();
    }

    private static String named(JsonNode workload) {
        return workload.get("namespace").asText() + "/" + workload.get("object").asText() + "/"
                + workload.get("name").asText();
    }

    private static List<String> names(JsonNode workloads) {
        List<String> names = new ArrayList<>();
        workloads.forEach(each -> names.add(named(each)));
        return names;
    }

    private static String band(JsonNode band) {
        return band.get("low").asLong() + ".." + band.get("high").asLong();
    }

    private static String band(Bounds bounds) {
        return bounds.low() + ".." + bounds.high();
    }

    @Test
    void theBlastRadiusIsThatOfTheCommandWithAndWithoutHubs() {
        BlastRadius blast = reachability.blastRadius();
        List<BlastRadius.Hub> hubs = blast.hubs();
        Set<ResourceId> closed = new LinkedHashSet<>();
        hubs.forEach(hub -> closed.addAll(hub.workloads()));
        for (boolean without : new boolean[] {false, true}) {
            Set<String> expected = new LinkedHashSet<>();
            blast.radii(without ? closed : Set.of())
                    .forEach(radius -> expected.add(written(radius.workload()) + " " + band(radius.oneHop()) + " "
                            + band(radius.transitive())));
            Set<String> told = new LinkedHashSet<>();
            for (JsonNode radius : admin.all(BASE + "/blast-radius?withoutHubs=" + without)) {
                told.add(named(radius.get("workload")) + " " + band(radius.get("oneHop")) + " "
                        + band(radius.get("transitive")));
            }
            assertThat(told).isNotEmpty().containsExactlyInAnyOrderElementsOf(expected);
        }
        List<JsonNode> toldHubs = admin.all(BASE + "/blast-radius/hubs");
        assertThat(toldHubs).hasSameSizeAs(hubs);
        for (int i = 0; i < hubs.size(); i++) {
            assertThat(names(toldHubs.get(i).get("workloads")))
                    .isEqualTo(hubs.get(i).workloads().stream()
                            .map(SegmentationTest::written)
                            .toList());
        }
        ResourceId frontend = new ResourceId(CLUSTER, "apps", "Deployment", "shop", "frontend");
        List<JsonNode> reached =
                admin.all(BASE + "/blast-radius/reached?from=" + Client.encoded("shop/Deployment/frontend"));
        List<BlastRadius.Reached> expected = blast.from(frontend, Set.of());
        assertThat(reached).isNotEmpty().hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(names(reached.get(i).get("way")))
                    .isEqualTo(expected.get(i).way().stream()
                            .map(SegmentationTest::written)
                            .toList());
        }
        assertThat(viewer.all(BASE + "/blast-radius").toString())
                .contains("frontend")
                .doesNotContain("vault");
        assertThat(viewer.status(BASE + "/blast-radius/hubs")).isEqualTo(404);
        try (Grpc grpc = new Grpc(Platform.running())) {
            assertThat(BlastServiceGrpc.newBlockingStub(grpc.as(admin))
                            .listRadii(ListRadiiRequest.newBuilder()
                                    .setCluster(CLUSTER)
                                    .build())
                            .getRadiiCount())
                    .isEqualTo(blast.radii(Set.of()).size());
        }
    }

    @Test
    void pathsAndTheirCutAreThoseOfTheCommand() {
        ResourceId redis = reachability.workloads().stream()
                .map(Workload::id)
                .filter(id -> id.name().equals("redis-cart"))
                .findFirst()
                .orElseThrow();
        List<SensitivePath> expected = reachability.pathsFromInternet(false).to(List.of(redis), Set.of());
        assertThat(expected).isNotEmpty();
        JsonNode told = admin.get(BASE + "/paths?sensitive=" + Client.encoded("app=redis-cart"));
        assertThat(told.get("sensitiveCount").asInt()).isEqualTo(1);
        assertThat(names(told.at("/items/0/way")))
                .isEqualTo(expected.getFirst().workloads().stream()
                        .map(SegmentationTest::written)
                        .toList());
        assertThat(told.at("/items/0/hops"))
                .hasSize(expected.getFirst().workloads().size() - 1);
        PathCut cut = new PathCuts(state, PeerUnit.OWNER.of(state), options(state), reachability, false)
                .of(expected.getFirst(), List.of(redis));
        JsonNode answer = admin.get(BASE + "/paths/cut?to=" + Client.encoded(written(redis)) + "&sensitive="
                        + Client.encoded("app=redis-cart"))
                .get("cut");
        assertThat(named(answer.get("at"))).isEqualTo(written(cut.at()));
        assertThat(answer.at("/policy/yaml").asText())
                .isEqualTo(PolicyText.of(cut.policy().orElseThrow()));
        assertThat(answer.get("lost")).hasSize(Math.min(200, cut.lost().size()));
        assertThat(viewer.status(BASE + "/paths/cut?to=" + Client.encoded(written(redis))))
                .isEqualTo(404);
    }

    @Test
    void rulesThatDecideNothingAreThoseOfTheCommand() {
        List<String> expected = reachability.ruleFindings().stream()
                .map(finding -> finding.policy().name() + " " + finding.path() + " " + finding.why())
                .toList();
        List<String> told = new ArrayList<>();
        admin.all(BASE + "/rules")
                .forEach(each -> told.add(each.at("/policy/name").asText() + " "
                        + each.get("path").asText() + " " + each.get("why").asText()));
        assertThat(told).isNotEmpty().isEqualTo(expected);
        assertThat(viewer.all(BASE + "/rules").toString()).doesNotContain("vault");
    }
}
