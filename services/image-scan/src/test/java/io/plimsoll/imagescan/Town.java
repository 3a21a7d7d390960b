package io.plimsoll.imagescan;

import io.plimsoll.api.marks.v1.Mark;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.messaging.log.KafkaSink;
import io.plimsoll.messaging.log.KafkaSource;
import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.wire.ControlNumbers;
import io.plimsoll.wire.EvidenceCodec;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.ResourceCodec;
import io.plimsoll.wire.TopicKey;
import io.plimsoll.wire.Version;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.config.ConfigProvider;

/** A cluster as inventory's relay would tell of it, and what stands on the topic of evidence about it. */
final class Town {

    private static final int PARTITION = 7;

    private Town() {}

    private static String kafka() {
        return ConfigProvider.getConfig().getValue("plimsoll.analyser.kafka", String.class);
    }

    static String deployment(String namespace, String name, String image) {
        return """
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %s, namespace: %s}
                spec: {template: {spec: {containers: [{name: main, image: "%s"}]}}}
                """.formatted(name, namespace, image);
    }

    static String namespace(String name, String team) {
        return """
                ---
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s, labels: {team: %s}}
                """.formatted(name, team);
    }

    static ClusterState state(String cluster, String yaml) throws IOException {
        ClusterStateBuilder builder = new ClusterStateBuilder(cluster, ClusterMode.MANIFESTS);
        new ManifestReader(ManifestLimits.DEFAULTS)
                .read("town.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), new DocumentSink() {
                    @Override
                    public void document(Document document) {
                        builder.add(document, "", this::problem);
                    }

                    @Override
                    public void problem(io.plimsoll.kubernetes.manifest.Problem problem) {
                        throw new AssertionError(problem);
                    }
                });
        return builder.build();
    }

    /** What inventory's relay writes for one batch. */
    static void relay(String cluster, long number, String yaml) throws IOException {
        ClusterState state = state(cluster, yaml);
        Version version = new Version(1, number, 0);
        Place place = new Place(Topic.RESOURCES, PARTITION);
        List<LogRecord> records = new ArrayList<>();
        for (Resource resource : state.resources()) {
            byte[] bytes = ResourceCodec.toWire(resource, version, state.mode(), "files")
                    .toByteArray();
            records.add(new LogRecord(place, TopicKey.resource(resource.id()), bytes, version));
        }
        Mark mark = Mark.newBuilder()
                .setCluster(cluster)
                .setWriter("inventory")
                .setRevision(KernelCodec.toWire(version))
                .setMode(KernelCodec.toWire(state.mode()))
                .setRecordCount(state.resources().size())
                .build();
        records.add(new LogRecord(place, TopicKey.mark(cluster, "inventory"), mark.toByteArray(), version));
        try (KafkaSink sink = new KafkaSink(kafka(), "inventory")) {
            sink.take(PARTITION);
            sink.write(PARTITION, records);
        }
    }

    /** By workload, then control: state, reason and message of what stands on the topic. */
    static Map<String, Map<String, String>> evidence(String cluster) {
        Map<String, byte[]> live = new HashMap<>();
        Place place = new Place(Topic.EVIDENCE, PARTITION);
        try (KafkaSource source = new KafkaSource(kafka())) {
            source.read(Set.of(place));
            while (!source.replayed(place)) {
                for (LogRecord record : source.poll(Duration.ofMillis(100))) {
                    byte[] value = record.value();
                    if (TopicKey.isMark(record.key())
                            || !TopicKey.cluster(record.key()).equals(cluster)) {
                        continue;
                    }
                    if (value == null) {
                        live.remove(record.key());
                    } else {
                        live.put(record.key(), value);
                    }
                }
            }
        }
        EvidenceCodec codec = new EvidenceCodec(ControlNumbers.builtin());
        Map<String, Map<String, String>> said = new TreeMap<>();
        live.values().forEach(value -> {
            try {
                for (Evidence each : codec.fromWire(value)) {
                    said.computeIfAbsent(each.subject().name(), name -> new TreeMap<>())
                            .put(
                                    each.control(),
                                    each.state() + " "
                                            + (each.reason() == null
                                                    ? ""
                                                    : each.reason().slug()));
                }
            } catch (com.google.protobuf.InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        });
        return said;
    }
}
