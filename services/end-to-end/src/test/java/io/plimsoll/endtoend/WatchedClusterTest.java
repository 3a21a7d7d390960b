package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.testing.KubernetesApi;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is known of a live cluster, asked through the gateway: credentials, search, history. */
class WatchedClusterTest {

    private static final String CLUSTER = "rested";
    private static final String WORKLOADS = "/api/v1/workloads?scope=cluster/" + CLUSTER;
    private static final Duration WITHIN = Duration.ofSeconds(90);

    private static String deployment(String namespace, String name, String tier) {
        return "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"" + name
                + "\",\"namespace\":\"" + namespace + "\",\"labels\":{\"tier\":\"" + tier
                + "\"},\"managedFields\":[{\"manager\":\"kubectl-edit\",\"operation\":\"Update\","
                + "\"time\":\"2026-01-01T00:00:00Z\"}]},\"spec\":{\"replicas\":2,\"selector\":{\"matchLabels\":{\"app\":\""
                + name + "\"}},\"template\":{\"metadata\":{\"labels\":{\"app\":\"" + name
                + "\"}},\"spec\":{\"containers\":[{\"name\":\"main\",\"image\":\"registry.example/" + name
                + ":1\"}]}}}}";
    }

    private static KubernetesApi cluster() {
        KubernetesApi cluster = new KubernetesApi()
                .serve("", "v1", "Namespace", "namespaces")
                .serve("", "v1", "Service", "services")
                .serve("apps", "v1", "Deployment", "deployments")
                .serve("argoproj.io", "v1alpha1", "AppProject", "appprojects")
                .serve("argoproj.io", "v1alpha1", "Application", "applications");
        cluster.put("{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"shelf\"}}");
        cluster.put("{\"apiVersion\":\"argoproj.io/v1alpha1\",\"kind\":\"AppProject\",\"metadata\":{\"name\":\"sales\","
                + "\"namespace\":\"argocd\"},\"spec\":{}}");
        cluster.put(
                "{\"apiVersion\":\"argoproj.io/v1alpha1\",\"kind\":\"Application\",\"metadata\":{\"name\":\"shelf\","
                        + "\"namespace\":\"argocd\"},\"spec\":{\"project\":\"sales\",\"destination\":{\"namespace\":\"shelf\","
                        + "\"server\":\"https://kubernetes.default.svc\"}}}");
        cluster.put(
                "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"open\",\"namespace\":\"shelf\"},"
                        + "\"spec\":{\"type\":\"LoadBalancer\",\"selector\":{\"app\":\"front\"},\"ports\":[{\"port\":80}]},"
                        + "\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"203.0.114.9\"}]}}}");
        cluster.put(deployment("shelf", "front", "front"));
        for (int i = 0; i < 6; i++) {
            cluster.put(deployment("shelf", "back-" + i, "back"));
        }
        cluster.put(deployment("drift", "wood", "none"));
        return cluster;
    }

    private static List<String> names(Client client, String path) {
        return client.all(path).stream().map(each -> each.get("name").asText()).toList();
    }

    private static void known(Client admin, String what, int workloads) {
        Platform.await(
                what,
                WITHIN,
                () -> admin.status(WORKLOADS) == 200 && admin.all(WORKLOADS).size() == workloads);
    }

    @Test
    void whatIsKnownOfALiveClusterIsAskedThroughTheGateway() throws Exception {
        Platform platform = Platform.running();
        Client admin = new Client(platform, "admin");
        Instant before = Instant.now().minusSeconds(5);
        String first = WatchingSensor.secret(admin, CLUSTER);
        try (KubernetesApi cluster = cluster()) {
            WatchingSensor sensor = new WatchingSensor(
                    platform, CLUSTER, cluster, first, "80m", Map.of("PLIMSOLL_SENSOR_HEARTBEAT", "PT1S"));
            WatchingSensor rotated = null;
            try {
                known(admin, "the cluster is known", 8);
                search(admin, before);
                conditional(admin);
                cluster.put(deployment("shelf", "back-0", "changed"));
                Platform.await(
                        "the change is history",
                        WITHIN,
                        () -> admin.all("/api/v1/clusters/" + CLUSTER + "/changes?name=back-0").stream()
                                .anyMatch(each -> each.get("manager").asText().equals("kubectl-edit")));
                rotated = rotate(platform, admin, cluster, sensor);
                assertThat(cluster.methods()).containsOnly("GET");
                Uploaded.estate().live(CLUSTER, cluster.objects());
            } finally {
                sensor.end();
                if (rotated != null) {
                    rotated.end();
                }
            }
        }
    }

    private static void search(Client admin, Instant before) {
        assertThat(names(admin, WORKLOADS + "&label=tier=front")).containsExactly("front");
        assertThat(names(admin, WORKLOADS + "&label=tier")).hasSize(8);
        assertThat(names(admin, WORKLOADS + "&image=back-3:1")).containsExactly("back-3");
        assertThat(names(admin, WORKLOADS + "&exposure=shown")).containsExactly("front");
        assertThat(names(admin, WORKLOADS + "&orphans=true")).containsExactly("wood");
        assertThat(names(admin, "/api/v1/workloads?scope=namespace/" + CLUSTER + "/drift"))
                .containsExactly("wood");
        assertThat(names(admin, WORKLOADS + "&firstSeenSince=" + before)).hasSize(8);
        assertThat(names(admin, WORKLOADS + "&firstSeenSince=" + Instant.now().plusSeconds(60)))
                .isEmpty();
        // Nobody labelled the namespace: it is the project's that delivers into it.
        assertThat(admin.all(WORKLOADS + "&label=tier=front")
                        .getFirst()
                        .get("team")
                        .asText())
                .isEqualTo("sales");
        List<String> pages = new ArrayList<>();
        String next = "";
        do {
            JsonNode page =
                    admin.get(WORKLOADS + "&pageSize=3" + (next.isEmpty() ? "" : "&pageToken=" + Client.encoded(next)));
            assertThat(page.get("items").size()).isLessThanOrEqualTo(3);
            page.get("items").forEach(each -> pages.add(each.get("name").asText()));
            next = page.path("nextPageToken").asText("");
        } while (!next.isEmpty() && !next.equals("null"));
        assertThat(pages).hasSize(8).doesNotHaveDuplicates();
        assertThat(admin.status(WORKLOADS + "&exposure=nonsense")).isEqualTo(400);
        assertThat(admin.status(WORKLOADS + "&pageToken=nonsense")).isEqualTo(400);
    }

    /** While nothing moves between two questions the second need not be answered again. */
    private static void conditional(Client admin) {
        String path = "/api/v1/workloads?scope=cluster/" + CLUSTER + "&label=nobody-has-it";
        Response answer = admin.request().get(path);
        String tag = answer.header("ETag");
        assertThat(tag).isNotEmpty();
        Response again = admin.request().header("If-None-Match", tag).get(path);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.asString()).isEmpty();
        assertThat(admin.request()
                        .header("If-None-Match", "\"another\"")
                        .get(path)
                        .statusCode())
                .isEqualTo(200);
    }

    private static WatchingSensor rotate(Platform platform, Client admin, KubernetesApi cluster, WatchingSensor former)
            throws Exception {
        String path = "/api/v1/clusters/" + CLUSTER + "/credentials";
        List<JsonNode> one = admin.all(path);
        assertThat(one).hasSize(1);
        assertThat(one.getFirst().has("secret")).as("told once").isFalse();
        assertThat(one.getFirst().get("used").isTextual()).isTrue();
        String second = WatchingSensor.secret(admin, CLUSTER);
        Response revoked =
                admin.request().delete(path + "/" + one.getFirst().get("id").asText());
        assertThat(revoked.statusCode()).as(revoked.asString()).isEqualTo(200);
        assertThat(Client.json(revoked).get("revoked").isTextual()).isTrue();
        assertThat(admin.request().delete(path + "/nobody").statusCode()).isEqualTo(404);
        assertThat(new Client(platform, "shop-viewer").request().get(path).statusCode())
                .isIn(403, 404);
        // Who shows the revoked one tells nothing any more; who shows the other one goes on where it was.
        cluster.put(deployment("drift", "late", "none"));
        former.killAndStart();
        WatchingSensor rotated = new WatchingSensor(
                platform, CLUSTER, cluster, second, "80m", Map.of("PLIMSOLL_SENSOR_HEARTBEAT", "PT1S"));
        known(admin, "the change is told by who was rotated in", 9);
        assertThat(admin.all(path))
                .extracting(each -> each.has("revoked") && each.get("revoked").isTextual())
                .containsExactly(true, false);
        return rotated;
    }
}
