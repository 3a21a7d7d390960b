package io.plimsoll.stagescoring.estate;

import io.plimsoll.api.marks.v1.Mark;
import io.plimsoll.assessment.cluster.ClusterAnalysis;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.wire.ControlNumbers;
import io.plimsoll.wire.DeclarationsCodec;
import io.plimsoll.wire.EvidenceCodec;
import io.plimsoll.wire.FactsCodec;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.SubjectCodec;
import io.plimsoll.wire.TopicKey;
import io.plimsoll.wire.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What inventory and the analysers write to the topics. */
public final class Writers {

    public static final String AUDIT = "config-audit";
    public static final String SEGMENTATION = "network-segmentation";
    public static final String IMAGES = "image-scan";

    private final Consumer<LogRecord> log;
    private final int partitions;
    private final EvidenceCodec codec = new EvidenceCodec(ControlNumbers.builtin());
    private final Map<String, Integer> partitionOf = new HashMap<>();
    private final Map<String, Set<String>> written = new HashMap<>();
    private Declarations declarations = Declarations.NONE;
    private long declarationsNumber;

    public Writers(Consumer<LogRecord> log, int partitions) {
        this.log = log;
        this.partitions = partitions;
    }

    /** Declarations as readers of their topic know them. */
    public static Declarations travelled(Declarations said) {
        return DeclarationsCodec.fromRecords(DeclarationsCodec.toWire(said, 1).values().stream()
                .map(com.google.protobuf.AbstractMessageLite::toByteArray)
                .toList());
    }

    public int partition(String cluster) {
        return partitionOf.computeIfAbsent(cluster, name -> partitionOf.size() % partitions);
    }

    /** What people say from now on. */
    public void declare(Declarations said) {
        declarations = said;
        declarationsNumber++;
        Version version = new Version(0, declarationsNumber, 0);
        Place place = new Place(Topic.DECLARATIONS, 0);
        Map<String, byte[]> records = new TreeMap<>();
        DeclarationsCodec.toWire(said, declarationsNumber)
                .forEach((key, record) -> records.put(key, record.toByteArray()));
        write(place, "", "inventory", version, records);
    }

    /** Everything of a cluster, at a revision, by inventory and all analysers. */
    public void all(ClusterState state, long number) {
        inventory(state, number);
        analysers(state, number, 1);
    }

    public void inventory(ClusterState state, long number) {
        Version version = new Version(1, number, 0);
        Inventory inventory = Estate.ANALYSIS.inventory(state, declarations.of(state.name()));
        Map<String, byte[]> subjects = new TreeMap<>();
        SubjectCodec.toWire(inventory.subjects(), version)
                .forEach((id, record) -> subjects.put(TopicKey.resource(id), record.toByteArray()));
        Map<String, byte[]> facts = new TreeMap<>();
        FactsCodec.toWire(
                        Estate.ANALYSIS
                                .part(state, declarations.of(state.name()))
                                .facts(),
                        version)
                .forEach((id, record) -> facts.put(TopicKey.resource(id), record.toByteArray()));
        write(new Place(Topic.SUBJECTS, partition(state.name())), state.name(), "inventory", version, subjects);
        write(new Place(Topic.FACTS, partition(state.name())), state.name(), "inventory", version, facts);
    }

    /** Nothing of the cluster is left. */
    public void gone(String cluster, long number) {
        Version version = new Version(1, number, 0);
        write(new Place(Topic.SUBJECTS, partition(cluster)), cluster, "inventory", version, Map.of());
        write(new Place(Topic.FACTS, partition(cluster)), cluster, "inventory", version, Map.of());
    }

    /** @param generation of all three */
    public void analysers(ClusterState state, long number, long generation) {
        for (String analyser : List.of(AUDIT, SEGMENTATION, IMAGES)) {
            analyser(analyser, state, number, generation);
        }
    }

    public void analyser(String analyser, ClusterState state, long number, long generation) {
        ClusterAnalysis analysis = Estate.ANALYSIS;
        Inventory inventory = analysis.inventory(state, declarations.of(state.name()));
        evidence(
                analyser,
                state.name(),
                new Version(1, number, generation),
                switch (analyser) {
                    case AUDIT -> analysis.auditEvidence(inventory);
                    case SEGMENTATION -> analysis.segmentationEvidence(inventory);
                    default -> List.of();
                });
    }

    public void evidence(String analyser, String cluster, Version version, List<Evidence> evidence) {
        Map<String, byte[]> records = new TreeMap<>();
        for (Map.Entry<SubjectId, io.plimsoll.api.evidence.v1.EvidenceRecord> each :
                codec.toWire(evidence, analyser, version).entrySet()) {
            records.put(
                    TopicKey.evidence(cluster, analyser, each.getKey()),
                    each.getValue().toByteArray());
        }
        write(new Place(Topic.EVIDENCE, partition(cluster)), cluster, analyser, version, records);
    }

    private void write(Place place, String cluster, String writer, Version version, Map<String, byte[]> records) {
        Set<String> before = written.computeIfAbsent(place + cluster + writer, key -> new HashSet<>());
        List<LogRecord> out = new ArrayList<>();
        for (String key : before) {
            if (!records.containsKey(key)) {
                out.add(new LogRecord(place, key, null, version));
            }
        }
        records.forEach((key, bytes) -> out.add(new LogRecord(place, key, bytes, version)));
        before.clear();
        before.addAll(records.keySet());
        Mark mark = Mark.newBuilder()
                .setCluster(cluster)
                .setWriter(writer)
                .setRevision(KernelCodec.toWire(version))
                .setMode(KernelCodec.toWire(io.plimsoll.kernel.ClusterMode.MANIFESTS))
                .setRecordCount(records.size())
                .setDeclarationsNumber(writer.equals("inventory") ? 0 : declarationsNumber)
                .build();
        out.add(new LogRecord(place, TopicKey.mark(cluster, writer), mark.toByteArray(), version));
        out.forEach(log);
    }
}
