package io.plimsoll.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.inventory.flow.Step;
import io.plimsoll.inventory.flow.UploadOrder;
import io.plimsoll.inventory.flow.UploadOutcome;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.messaging.view.MarkedView;
import io.plimsoll.wire.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The process may end between any two steps: what was acknowledged is there, nothing is there twice, and trying again leads to the same. */
class KillPointsTest {

    static final String SHOP = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: cart, namespace: shop}
            spec: {template: {spec: {containers: [{name: main, image: "example/cart:1"}]}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec: {template: {spec: {containers: [{name: main, image: "example/web:1"}]}}}
            """;
    private static final String LATER =
            SHOP.substring(0, SHOP.lastIndexOf("---")).replace("example/cart:1", "example/cart:2");

    /** Keys and contents, versions aside. */
    private static Map<String, String> known(Rig.Known known, String cluster) {
        Map<String, String> all = new TreeMap<>();
        for (Topic topic : List.of(Topic.RESOURCES, Topic.SUBJECTS, Topic.FACTS)) {
            MarkedView view = known.of(topic, cluster);
            assertThat(view.settled()).as("%s", topic).isTrue();
            view.live()
                    .forEach((key, entry) -> all.put(
                            topic + key.replace(cluster, "C"),
                            new String(entry.value(), StandardCharsets.ISO_8859_1).replace(cluster, "C")));
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"LOCKED", "REPLACED", "RESOURCES", "FACTS", "MARKED", "ACCEPTED", "COMMITTED"})
    void ofAnUpload(Step step) throws IOException {
        String cluster = "k-" + step.name().toLowerCase(Locale.ROOT);
        Rig calm = Rig.begun();
        calm.ingest.upload(Rig.order(cluster), Rig.content(SHOP));
        Rig.Kill kill = new Rig.Kill(step);
        Rig killed = new Rig(kill);
        UploadOrder order = new UploadOrder(cluster, "files", "", "key-" + step, null, false);
        assertThatThrownBy(() -> killed.ingest.upload(order, Rig.content(LATER)))
                .isInstanceOf(Rig.Killed.class);
        assertThat(kill.done()).isTrue();
        long kept = step == Step.COMMITTED ? 2 : 1;
        assertThat(calm.store.cluster(cluster).orElseThrow().revision()).isEqualTo(new Version(1, kept, 0));

        UploadOutcome again = calm.ingest.upload(order, Rig.content(LATER));

        assertThat(again.revision()).isEqualTo(new Version(1, 2, 0));
        assertThat(List.of(again.added(), again.changed(), again.removed(), again.unchanged()))
                .containsExactly(0L, 1L, 1L, 1L);
        calm.relay();
        // As long as the first name: so are all records.
        String other = "o" + cluster.substring(1);
        calm.ingest.upload(Rig.order(other), Rig.content(SHOP));
        calm.ingest.upload(Rig.order(other), Rig.content(LATER));
        calm.relay();
        assertThat(withoutDigests(known(calm.read(cluster), cluster)))
                .isEqualTo(withoutDigests(known(calm.read(other), other)));
    }

    /** The digest of a cluster is told from its name too; all else is equal. */
    private static List<String> withoutDigests(Map<String, String> known) {
        List<String> all = new ArrayList<>();
        known.forEach((key, value) -> all.add(key.contains("plimsoll.io") ? key : key + value));
        return all;
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"READ", "RELAYED", "REMOVED"})
    void ofTheRelay(Step step) throws IOException {
        String cluster = "r-" + step.name().toLowerCase(Locale.ROOT);
        Rig calm = Rig.begun();
        calm.relay();
        calm.ingest.upload(Rig.order(cluster), Rig.content(SHOP));
        Rig.Kill kill = new Rig.Kill(step);
        Rig killed = new Rig(kill);
        assertThatThrownBy(killed::relay).isInstanceOf(Rig.Killed.class);
        assertThat(kill.done()).isTrue();
        boolean waits = calm.outbox.backlog().records() > 0;
        assertThat(waits).isEqualTo(step != Step.REMOVED);

        calm.relay();

        assertThat(calm.outbox.backlog().records()).isZero();
        Rig.Known known = calm.read(cluster);
        assertThat(known.of(Topic.RESOURCES, cluster).mark()).isEqualTo(new Version(1, 1, 0));
        assertThat(known(known, cluster).keySet().stream()
                        .filter(key -> key.startsWith("RESOURCES"))
                        .toList())
                .hasSize(3);
    }
}
