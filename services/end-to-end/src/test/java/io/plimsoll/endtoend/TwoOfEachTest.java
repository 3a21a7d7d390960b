package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.embedded.service.HttpProbe;
import io.plimsoll.embedded.service.ServiceProcess;
import io.plimsoll.kernel.declaration.Declarations;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Two replicas of inventory, of config-audit and of scoring; of each the one that was there first is killed while uploads go on. The other goes on
 * with what was acknowledged, stages are those of one process, and nothing is told or counted twice.
 */
class TwoOfEachTest {

    private static final int CLUSTERS = 4;
    private static final int ROUNDS = 24;
    private static final List<String> IN_TURN = List.of("stage-scoring", "inventory", "config-audit");
    private static final Duration BACK_WITHIN = Duration.ofSeconds(90);

    private final Platform platform = Platform.running();
    private final Client admin = new Client(platform, "admin");

    @Test
    void oneOfTwoIsKilledAndNothingIsLostOrThereTwice() throws IOException {
        Map<String, String> newest = new TreeMap<>();
        for (int cluster = 0; cluster < CLUSTERS; cluster++) {
            newest.put(name(cluster), put(cluster, 0));
        }
        settled(newest);
        try (Events events = Events.open(platform, admin, null)) {
            List<ServiceProcess> second = List.of(
                    platform.services().replica(platform.machine(), "inventory", 2),
                    platform.services().replica(platform.machine(), "stage-scoring", 3),
                    platform.services().replica(platform.machine(), "config-audit", 4));
            platform.machine().add(second);
            second.forEach(each ->
                    Platform.await(each.name() + " is ready", BACK_WITHIN, () -> HttpProbe.answers(each.readiness())));
            for (int round = 1; round <= ROUNDS; round++) {
                int cluster = round % CLUSTERS;
                newest.put(name(cluster), put(cluster, round));
                if (round % (ROUNDS / 4) == 0 && round < ROUNDS) {
                    killed(IN_TURN.get(round * 4 / ROUNDS - 1));
                }
            }
            platform.awaitReady();
            JsonNode stage = settled(newest);
            LawTest.sameOrganisation(
                    "with two of each",
                    admin,
                    stage,
                    Uploaded.estate()
                            .assessed(
                                    Declarations.NONE,
                                    Instant.parse(stage.get("asOf").asText())));
            toldOnce(events);
        }
        pointsOnce();
        findingsOnce();
    }

    private static String name(int cluster) {
        return "two-" + cluster;
    }

    /** Until it is acknowledged: while the gateway's inventory is away it says so. */
    private String put(int cluster, int round) {
        Estate.Upload upload =
                Uploaded.file(name(cluster), Shop.of("shop-" + cluster, "shop", 2 + round % 4, round % 3));
        String[] revision = new String[1];
        Platform.await("an upload of " + upload.cluster(), BACK_WITHIN, () -> {
            Response answer = admin.upload(upload.cluster(), upload.source(), upload.namespace(), upload.files());
            if (answer.statusCode() == 503) {
                return false;
            }
            revision[0] = Client.revision(answer);
            return true;
        });
        Uploaded.estate().put(upload);
        return revision[0];
    }

    private JsonNode settled(Map<String, String> newest) {
        return admin.settled(
                "organisation",
                Duration.ofSeconds(120),
                stage -> newest.entrySet().stream()
                        .allMatch(each -> Client.standsOn(stage, each.getKey(), each.getValue())));
    }

    private void killed(String part) {
        ProcessHandle process = platform.process(part);
        platform.kill(part);
        Platform.await(part + " has ended", Duration.ofSeconds(10), () -> !process.isAlive());
    }

    /** What reached the listener while scoring was there, and what is told after it: no number twice, each goes on where the last ended. */
    private void toldOnce(Events live) {
        Set<String> ids = new HashSet<>();
        live.seen().stream()
                .filter(event -> event.name().equals("stage-changed"))
                .forEach(event -> assertThat(ids.add(event.id()))
                        .as("event %s", event.id())
                        .isTrue());
        // The listener may have been cut off before it heard of any; after 0 would mean new ones only.
        long first = Math.max(2, ids.stream().mapToLong(Long::parseLong).min().orElse(2));
        try (Events again = Events.open(platform, admin, Long.toString(first - 1))) {
            Platform.await("events since " + first, BACK_WITHIN, () -> {
                Set<String> told = new HashSet<>();
                again.seen().forEach(event -> told.add(event.id()));
                return told.containsAll(ids.stream()
                                .filter(id -> Long.parseLong(id) >= first)
                                .toList())
                        && again.seen().stream().anyMatch(TwoOfEachTest::isOurs);
            });
            Map<String, JsonNode> last = new HashMap<>();
            long before = 0;
            for (Events.Event event : again.seen()) {
                long id = Long.parseLong(event.id());
                assertThat(id).as("events in their order").isGreaterThan(before);
                before = id;
                if (!isOurs(event)) {
                    continue;
                }
                String scope = event.data().get("scope").asText();
                JsonNode known = last.put(scope, event.data().get("after"));
                if (known != null) {
                    assertThat(security(event.data().get("before")))
                            .as("%s at %s", scope, event.id())
                            .isEqualTo(security(known));
                }
            }
            assertThat(before).isPositive();
        }
    }

    /** Whether it is about one of this test's clusters: others have lives of their own. */
    private static boolean isOurs(Events.Event event) {
        return event.data().path("scope").toString().contains("two-");
    }

    private static String security(JsonNode standing) {
        return standing == null || standing.isNull()
                ? ""
                : standing.get("security").toString();
    }

    private void pointsOnce() {
        for (int cluster = 0; cluster < CLUSTERS; cluster++) {
            Set<Long> sequences = new HashSet<>();
            admin.all("/api/v1/scopes/" + Client.encoded("cluster/" + name(cluster)) + "/history")
                    .forEach(point -> assertThat(
                                    sequences.add(point.get("sequence").asLong()))
                            .isTrue());
            assertThat(sequences).isNotEmpty();
        }
    }

    /** Open ones are what is listed; none is there twice, none was opened again more often than there were uploads. */
    private void findingsOnce() {
        for (int cluster = 0; cluster < CLUSTERS; cluster++) {
            String scope = "scope=" + Client.encoded("cluster/" + name(cluster));
            Set<String> lives = new HashSet<>();
            Set<String> open = new HashSet<>();
            for (JsonNode life : admin.all("/api/v1/findings/history?" + scope)) {
                String identity = identity(life.get("finding"));
                assertThat(lives.add(identity)).as(identity).isTrue();
                assertThat(life.get("reopenings").asInt()).isLessThanOrEqualTo(ROUNDS / CLUSTERS);
                if (life.get("status").asText().equals("open")) {
                    open.add(identity);
                }
            }
            Set<String> listed = new HashSet<>();
            admin.all("/api/v1/findings?" + scope).forEach(finding -> listed.add(identity(finding)));
            assertThat(open).isEqualTo(listed).isNotEmpty();
        }
    }

    private static String identity(JsonNode finding) {
        return finding.get("control").asText() + " " + finding.get("subject");
    }
}
