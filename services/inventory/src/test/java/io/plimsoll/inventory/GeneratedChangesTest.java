package io.plimsoll.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.inventory.flow.Step;
import io.plimsoll.inventory.flow.StoredObject;
import io.plimsoll.inventory.sensor.Credentials;
import io.plimsoll.inventory.sensor.SensorChange;
import io.plimsoll.inventory.sensor.SensorFlow;
import io.plimsoll.inventory.store.PostgresSensors;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.sensing.object.SetDigest;
import io.plimsoll.sensing.object.Sighting;
import io.plimsoll.sensing.object.Stripping;
import io.plimsoll.store.Database;
import io.plimsoll.store.Sql;
import io.plimsoll.testing.GeneratedEstate;
import io.plimsoll.wire.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A generated stream of changes, one in twenty twice and all out of order within fifty, ends in the state that its generator says. */
class GeneratedChangesTest {

    private static final String CLUSTER = "c0000";
    private static final int BATCH = 37;

    private final Database database = new Database(Rig.database());
    private final PostgresSensors sensors = new PostgresSensors(database);
    private final Rig rig = Rig.begun();

    @Test
    void endsInTheGeneratorsHash(@TempDir Path folder) throws Exception {
        assumeTrue(
                GeneratedEstate.make(
                        folder, "--clusters", "1", "--namespaces", "10", "--pods", "300", "--changes", "5000"),
                "the generator of estates is absent");

        SensorFlow flow = new SensorFlow(sensors, "127.0.0.1:1", Clock.systemUTC(), Step.Watcher.NOBODY);
        String shown = new Credentials(sensors, rig.store, Rig.PARTITIONS, Clock.systemUTC())
                .issue(CLUSTER, "test", null)
                .shown();
        SensorFlow.Session session = flow.open(shown, CLUSTER, "1", new byte[0]).session();
        flow.apply(session, List.of(), new SensorFlow.End(true, true, SetDigest.EMPTY), 0);

        Map<String, Sighting> byUid = new HashMap<>();
        List<SensorChange> batch = new ArrayList<>();
        int stale = 0;
        int batches = 0;
        for (String line : Files.readAllLines(folder.resolve(CLUSTER + ".changes.jsonl"))) {
            Value.Obj event = Sensed.json(line);
            Value object = event.at("object");
            Sighting sighting = sighting((Value.Obj) object);
            byUid.put(object.at("metadata").text("uid"), sighting);
            batch.add(
                    event.text("type").equals("DELETED")
                            ? new SensorChange.Gone(sighting.key(), sighting.resourceVersion())
                            : Sensed.present(CLUSTER, sighting));
            if (batch.size() == BATCH) {
                stale += flow.apply(session, batch, new SensorFlow.End(false, false, null), 0)
                        .stale();
                batch.clear();
                if (++batches % 10 == 0) {
                    rig.recompute.run(() -> {});
                }
            }
        }
        stale += flow.apply(session, batch, new SensorFlow.End(false, false, null), 0)
                .stale();

        Value truth = Sensed.json(Files.readString(folder.resolve(CLUSTER + ".truth.json")))
                .at("changes");
        assertThat(byUid).hasSize((int) truth.at("touched").integer().orElse(0));
        assertThat(stale).isPositive();
        assertThat(hash(byUid)).isEqualTo(truth.text("final_sha256"));

        rig.recompute.run(() -> {});
        long held = database.inTransaction(
                connection -> Sql.number(connection, "select count(*) from live_object where cluster = ?", CLUSTER));
        assertThat(rig.store.cluster(CLUSTER).orElseThrow().mode()).isEqualTo(ClusterMode.LIVE);
        assertThat(rig.store.cluster(CLUSTER).orElseThrow().objects()).isEqualTo(held);

        Version revision = rig.store.cluster(CLUSTER).orElseThrow().revision();
        assertThat(revision.number()).isGreaterThan(5);
        Rig whole = new Rig(Step.Watcher.NOBODY, "reads all of it each time", 0);
        whole.recompute.begin();
        whole.recompute.run(() -> {});
        assertThat(rig.store.cluster(CLUSTER).orElseThrow().revision())
                .as("what was published step by step is what is published of the whole")
                .isEqualTo(revision);
        assertThat(rig.store.cluster(CLUSTER).orElseThrow().engine()).isEqualTo("reads all of it each time");
    }

    private static Sighting sighting(Value.Obj object) {
        String apiVersion = object.text("apiVersion");
        int slash = apiVersion.indexOf('/');
        return Stripping.of(
                        object,
                        slash < 0 ? "" : apiVersion.substring(0, slash),
                        apiVersion.substring(slash + 1),
                        object.text("kind"),
                        true)
                .orElseThrow();
    }

    /** As the generator's rule says: the sorted list of uid and newest version, null where it is gone. */
    private String hash(Map<String, Sighting> byUid) {
        Map<String, String> versions = new TreeMap<>();
        byUid.keySet().forEach(uid -> versions.put(uid, "null"));
        database.inTransaction(connection -> {
            Sql.each(
                    connection,
                    0,
                    row -> versions.put(
                            StoredObject.of(row.getBytes(1))
                                    .body()
                                    .at("metadata")
                                    .text("uid"),
                            row.getString(2)),
                    "select object, resource_version from live_object where cluster = ?",
                    CLUSTER);
            return true;
        });
        StringBuilder json = new StringBuilder("[");
        versions.forEach((uid, version) -> json.append(json.length() == 1 ? "" : ",")
                .append("[\"")
                .append(uid)
                .append("\",")
                .append(version)
                .append(']'));
        return HexFormat.of()
                .formatHex(Canonical.sha256(json.append(']').toString().getBytes(StandardCharsets.UTF_8)));
    }
}
