package io.plimsoll.messaging;

import static io.plimsoll.messaging.RealRig.await;
import static io.plimsoll.messaging.RealRig.content;
import static io.plimsoll.messaging.RealRig.relay;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.messaging.analyser.AnalyserProcess;
import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.wire.TopicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** Objects deleted while the analyser is down, and the broker has cleaned their tombstones away: no ghost of them stays in the evidence. */
class GhostTest {

    private static final String NAME = "image-scan";
    private static final String CLUSTER = "haunted";
    private static final int PARTITION = 3;
    private static final int GONE = 100;
    private static final RealRig RIG = new RealRig(NAME);
    private static final Map<String, String> FORGETFUL =
            Map.of("delete.retention.ms", "1000", "segment.ms", "1000", "min.cleanable.dirty.ratio", "0.01");

    private static ClusterState state(int workloads) {
        StringBuilder manifests = new StringBuilder("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n");
        for (int i = 0; i < workloads; i++) {
            manifests.append("""
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: w%d, namespace: shop}
                    spec: {template: {spec: {containers: [{name: main, image: "example/w:latest"}]}}}
                    """.formatted(i));
        }
        return RealRig.state(CLUSTER, manifests.toString());
    }

    private static AnalyserProcess started() {
        AnalyserProcess process = new AnalyserProcess(
                new RealRig.Audit(NAME),
                RIG.database(),
                new AnalyserProcess.Settings(RealRig.bootstrap(), 4, "127.0.0.1:21", Duration.ofSeconds(3), false),
                values -> Declarations.NONE);
        process.start();
        return process;
    }

    /** Sets these of the topic of resources, or back to their defaults. */
    private static void configure(AlterConfigOp.OpType type) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, RealRig.bootstrap()))) {
            Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
            List<AlterConfigOp> topic = new ArrayList<>();
            FORGETFUL.forEach((key, value) -> topic.add(new AlterConfigOp(new ConfigEntry(key, value), type)));
            changes.put(new ConfigResource(ConfigResource.Type.TOPIC, Topic.RESOURCES.text()), topic);
            changes.put(
                    new ConfigResource(ConfigResource.Type.BROKER, ""),
                    List.of(new AlterConfigOp(new ConfigEntry("log.cleaner.backoff.ms", "300"), type)));
            admin.incrementalAlterConfigs(changes).all().get();
        }
    }

    @Test
    void whatWasDeletedWhileAwayAndItsTombstonesCleanedLeavesNoGhost() throws Exception {
        ClusterState full = state(GONE + 1);
        ClusterState left = state(1);
        Set<Object> stays = left.resources().stream().map(Resource::id).collect(Collectors.toSet());
        List<Resource> gone = full.resources().stream()
                .filter(resource -> !stays.contains(resource.id()))
                .toList();
        assertThat(gone).hasSize(GONE);
        Set<String> goneKeys =
                gone.stream().map(resource -> TopicKey.resource(resource.id())).collect(Collectors.toSet());
        relay(PARTITION, full, 1, List.of());
        try (AnalyserProcess running = started()) {
            await("evidence of all", () -> RIG.read(PARTITION, CLUSTER).mark().number() == 1);
        }
        assertThat(content(RIG.read(PARTITION, CLUSTER).live())).isEqualTo(RIG.expected(full));
        configure(AlterConfigOp.OpType.SET);
        try {
            relay(PARTITION, left, 2, gone);
            long number = awaitForgotten(left, goneKeys);
            try (AnalyserProcess back = started()) {
                await(
                        "evidence of what is left",
                        () -> RIG.read(PARTITION, CLUSTER).mark().number() == number);
                await("ready", back::ready);
            }
            assertThat(content(RIG.read(PARTITION, CLUSTER).live())).isEqualTo(RIG.expected(left));
        } finally {
            configure(AlterConfigOp.OpType.DELETE);
        }
    }

    /** Uploads the same again and again, which closes segments, until the broker has cleaned objects and tombstones away. */
    private static long awaitForgotten(ClusterState left, Set<String> goneKeys) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(90);
        for (long number = 3; Instant.now().isBefore(end); number++) {
            Thread.sleep(1_100);
            relay(PARTITION, left, number, List.of());
            boolean forgotten = RealRig.log(new Place(Topic.RESOURCES, PARTITION)).stream()
                    .map(LogRecord::key)
                    .noneMatch(goneKeys::contains);
            if (forgotten) {
                return number;
            }
        }
        throw new AssertionError("the broker keeps tombstones of a second's retention");
    }
}
