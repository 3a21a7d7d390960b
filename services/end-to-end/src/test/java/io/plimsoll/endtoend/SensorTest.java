package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.testing.KubernetesApi;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A live cluster, from its API to the stage: what the platform says is what assessing the same objects says, whatever is killed on the way. */
class SensorTest {

    private static final String CLUSTER = "watched";
    private static final Duration WITHIN = Duration.ofSeconds(90);

    private static String deployment(int number, boolean privileged) {
        return "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"web-" + number
                + "\",\"namespace\":\"shop\",\"labels\":{\"team\":\"shop\"}},\"spec\":{\"selector\":{\"matchLabels\":{\"app\":\"web-"
                + number + "\"}},\"template\":{\"metadata\":{\"labels\":{\"app\":\"web-" + number
                + "\",\"team\":\"shop\"}},\"spec\":{\"containers\":[{\"name\":\"main\",\"image\":\"registry.example/web:"
                + number + "\",\"securityContext\":{\"privileged\":" + privileged + "}}]}}}}";
    }

    private static KubernetesApi cluster() {
        KubernetesApi cluster = new KubernetesApi()
                .serve("", "v1", "Namespace", "namespaces")
                .serve("", "v1", "Service", "services")
                .serve("apps", "v1", "Deployment", "deployments")
                .serve("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies");
        cluster.put(
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"shop\",\"labels\":{\"team\":\"shop\"}}}");
        for (int i = 0; i < 8; i++) {
            cluster.put(deployment(i, i < 2));
        }
        return cluster;
    }

    /** Until inventory holds and has published what the sensor sees, and scoring stands on it. */
    private static JsonNode settled(Client admin, KubernetesApi cluster) {
        int objects = cluster.objects().size();
        JsonNode[] seen = new JsonNode[1];
        Instant since = Instant.now();
        try {
            Platform.await("the cluster is known", WITHIN, () -> {
                Response answer = admin.request().get("/api/v1/clusters/" + CLUSTER);
                seen[0] = answer.statusCode() == 200 ? Client.json(answer) : seen[0];
                JsonNode sensor = seen[0] == null ? null : seen[0].get("sensor");
                return sensor != null
                        && sensor.get("synced").asBoolean()
                        && sensor.get("objects").asInt() == objects
                        && sensor.get("unpublished").asInt() == 0
                        && sensor.get("agreed").isTextual()
                        && Instant.parse(sensor.get("agreed").asText()).isAfter(since);
            });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; last seen: " + seen[0], e);
        }
        return admin.settled(CLUSTER, seen[0].get("revision").asText());
    }

    private static void sameAsAssessed(String when, Client admin, KubernetesApi cluster) throws IOException {
        JsonNode stage = settled(admin, cluster);
        Uploaded.estate().live(CLUSTER, cluster.objects());
        LawTest.same(
                when,
                admin,
                Uploaded.estate()
                        .assessed(
                                Declarations.NONE,
                                Instant.parse(stage.get("asOf").asText())),
                scope -> scope.contains("/" + CLUSTER));
    }

    @Test
    void isWhatAssessingItsObjectsSaysWhateverIsKilled() throws Exception {
        Platform platform = Platform.running();
        Client admin = new Client(platform, "admin");
        String secret = WatchingSensor.secret(admin, CLUSTER);
        try (KubernetesApi cluster = cluster()) {
            WatchingSensor sensor = new WatchingSensor(
                    platform,
                    CLUSTER,
                    cluster,
                    secret,
                    "80m",
                    Map.of("PLIMSOLL_SENSOR_HEARTBEAT", "PT1S", "PLIMSOLL_SENSOR_DISCOVERY_EVERY", "PT1S"));
            try {
                sameAsAssessed("at first", admin, cluster);

                cluster.put(deployment(3, true));
                cluster.delete("deployments", "shop", "web-0");
                sensor.killAndStart();
                cluster.put(deployment(20, false));
                sameAsAssessed("after the sensor was killed", admin, cluster);

                platform.kill("inventory");
                for (int i = 30; i < 40; i++) {
                    cluster.put(deployment(i, i % 2 == 0));
                    cluster.delete("deployments", "shop", "web-" + (i - 29));
                }
                sameAsAssessed("after inventory was killed", admin, cluster);

                JsonNode workloads = admin.get("/api/v1/workloads?scope=cluster/" + CLUSTER + "&image=web:20");
                assertThat(workloads.get("items")).hasSize(1);
                assertThat(workloads.get("items").get(0).get("team").asText()).isEqualTo("shop");
                assertThat(admin.all("/api/v1/clusters/" + CLUSTER + "/changes?name=web-20"))
                        .extracting(each -> each.get("what").asText())
                        .contains("added");
                assertThat(cluster.methods()).containsOnly("GET");
            } finally {
                sensor.end();
            }
        }
    }
}
