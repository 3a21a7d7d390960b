package io.plimsoll.messaging.analyser;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.kernel.v1.ControlNumber;
import io.plimsoll.api.marks.v1.Mark;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.messaging.Corridor;
import io.plimsoll.messaging.lease.ClusterPlaces;
import io.plimsoll.messaging.lease.Generations;
import io.plimsoll.messaging.lease.Leases;
import io.plimsoll.messaging.lease.StoreDown;
import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.RecordSink;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.messaging.log.Traces;
import io.plimsoll.messaging.view.MarkedView;
import io.plimsoll.messaging.view.Views;
import io.plimsoll.wire.ControlNumbers;
import io.plimsoll.wire.EvidenceCodec;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.TopicKey;
import io.plimsoll.wire.Version;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a cluster's resources into one analyser's evidence and publishes what changed: records whose content differs from the analyser's own
 * earlier ones, tombstones for what is gone, then its mark, all in one transaction. Called by the corridor's thread only.
 */
public final class EvidencePublisher implements Corridor.Handler {

    /** What an analyser reads. */
    public static Corridor.Reading reading(int partitions) {
        return new Corridor.Reading(partitions, java.util.Set.of(Topic.RESOURCES, Topic.EVIDENCE), java.util.Set.of());
    }

    /**
     * What is kept beside the evidence.
     *
     * @param snapshots filled for questions; empty where nobody asks
     */
    public record Kept(Optional<Snapshots> snapshots, ClusterPlaces places, AnalyserFigures figures) {

        /** Nothing. */
        public static Kept nothing() {
            return new Kept(Optional.empty(), ClusterPlaces.NONE, new AnalyserFigures());
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(EvidencePublisher.class);

    private final Analyser analyser;
    private final Views views;
    private final RecordSink sink;
    private final Generations generations;
    private final Function<Collection<byte[]>, Declarations> declarationsOf;
    private final Kept kept;
    private final ControlNumbers numbers = ControlNumbers.builtin();
    private final EvidenceCodec codec = new EvidenceCodec(numbers);
    /** Resources as decoded, by cluster. */
    private final Map<String, DecodedCluster> decoded = new HashMap<>();

    /** Evidence as last written, by cluster. */
    private final Map<String, EvidenceRecords> records = new HashMap<>();

    private final Map<String, Integer> partitionOf = new HashMap<>();
    private Declarations declarations = Declarations.NONE;
    private long declarationsNumber;
    private long generation;

    public EvidencePublisher(
            Analyser analyser,
            Views views,
            RecordSink sink,
            Generations generations,
            Function<Collection<byte[]>, Declarations> declarationsOf) {
        this(analyser, views, sink, generations, declarationsOf, Kept.nothing());
    }

    public EvidencePublisher(
            Analyser analyser,
            Views views,
            RecordSink sink,
            Generations generations,
            Function<Collection<byte[]>, Declarations> declarationsOf,
            Kept kept) {
        this.kept = kept;
        this.analyser = analyser;
        this.views = views;
        this.sink = sink;
        this.generations = generations;
        this.declarationsOf = declarationsOf;
    }

    @Override
    public void taken(Leases.Lease lease) {
        // Nothing is kept before it was read.
    }

    @Override
    public void lost(int partition) {
        partitionOf.entrySet().removeIf(entry -> {
            if (entry.getValue() == partition) {
                forget(entry.getKey());
                return true;
            }
            return false;
        });
    }

    private void forget(String cluster) {
        decoded.remove(cluster);
        records.remove(cluster);
        kept.snapshots().ifPresent(snapshots -> snapshots.forget(cluster));
        kept.figures().forget(cluster);
        analyser.forget(cluster);
    }

    @Override
    public void wholeChanged() {
        MarkedView said = views.of(new Place(Topic.DECLARATIONS, 0), "", Views.INVENTORY);
        declarations = declarationsOf.apply(
                said.live().values().stream().map(MarkedView.Entry::value).toList());
        declarationsNumber = said.mark().number();
        generation = generation();
    }

    private long generation() {
        return generations.of(analyser.fingerprint() + "|declarations " + declarationsNumber);
    }

    @Override
    public Collection<String> moved() {
        Collection<String> moved = analyser.moved();
        if (!moved.isEmpty()) {
            generation = generation();
        }
        return moved;
    }

    @Override
    public void settled() {
        // Every cluster was published by itself.
    }

    @Override
    public void changed(int partition, String cluster) {
        if (partitionOf.put(cluster, partition) == null) {
            kept.places().put(cluster, partition);
        }
        MarkedView resources = views.of(new Place(Topic.RESOURCES, partition), cluster, Views.INVENTORY);
        MarkedView own = views.of(new Place(Topic.EVIDENCE, partition), cluster, analyser.name());
        if (!resources.settled()) {
            return;
        }
        Version target = resources.mark().at(generation);
        boolean published = own.settled() && own.mark().compareTo(target) >= 0;
        if (published && isKept(cluster, target)) {
            return;
        }
        ClusterState state = state(cluster, resources);
        ClusterContext declared = declarations.of(cluster);
        if (!published) {
            Traces.step(
                    analyser.name() + " analyse",
                    resources.markTrace(),
                    cluster,
                    () -> analyse(state, declared)
                            .ifPresent(evidence -> publish(partition, cluster, target, evidence, own)));
        }
        kept.snapshots()
                .ifPresent(snapshots -> snapshots.put(new Snapshot(cluster, partition, target, state, declared)));
    }

    /** Whether nothing further has to be kept of the cluster at this version. */
    private boolean isKept(String cluster, Version target) {
        return kept.snapshots()
                .map(snapshots -> snapshots
                        .of(cluster)
                        .filter(snapshot -> snapshot.revision().equals(target))
                        .isPresent())
                .orElse(true);
    }

    /** Empty when the engine fails: the batch stays unmarked, so that the cluster's stage stands, and the partition goes on. */
    private Optional<List<Evidence>> analyse(ClusterState state, ClusterContext declared) {
        try {
            List<Evidence> evidence = analyser.analyse(state, declared);
            kept.figures().analysed(state.name());
            return Optional.of(evidence);
        } catch (StoreDown e) {
            // Not the engine's fault, and it passes: everything begins anew.
            throw e;
        } catch (RuntimeException e) {
            kept.figures().parked(state.name(), e.getClass().getSimpleName() + ": " + e.getMessage());
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("cluster", state.name())
                    .log("the engine failed on this cluster; its batch is parked until the next");
            return Optional.empty();
        }
    }

    private ClusterState state(String cluster, MarkedView resources) {
        DecodedCluster.Read read =
                decoded.computeIfAbsent(cluster, key -> new DecodedCluster()).read(resources.live());
        kept.figures().parkedResources(cluster, read.parked());
        return ClusterState.ofSorted(cluster, mode(resources), read.resources());
    }

    private static ClusterMode mode(MarkedView resources) {
        try {
            return KernelCodec.fromWire(Mark.parseFrom(resources.markValue()).getMode());
        } catch (InvalidProtocolBufferException e) {
            return ClusterMode.MANIFESTS;
        }
    }

    private void publish(int partition, String cluster, Version target, List<Evidence> evidence, MarkedView own) {
        Place place = new Place(Topic.EVIDENCE, partition);
        EvidenceRecords said =
                records.computeIfAbsent(cluster, name -> new EvidenceRecords(name, analyser.name(), codec));
        said.say(evidence);
        List<LogRecord> out = said.difference(own.live(), place, target);
        out.add(new LogRecord(
                place,
                TopicKey.mark(cluster, analyser.name()),
                mark(cluster, target, said).toByteArray(),
                target));
        sink.write(partition, out);
        // What was written comes back through the log as well; taking it now saves analysing the same batch twice.
        out.forEach(views::take);
        kept.figures().published(out.size());
        LOG.atDebug()
                .addKeyValue("cluster", cluster)
                .addKeyValue("version", target.toString())
                .addKeyValue("records", out.size())
                .log("evidence published");
    }

    private Mark mark(String cluster, Version target, EvidenceRecords said) {
        Mark.Builder mark = Mark.newBuilder()
                .setCluster(cluster)
                .setWriter(analyser.name())
                .setRevision(KernelCodec.toWire(target))
                .setDigest(ByteString.copyFrom(said.digest()))
                .setRecordCount(said.size())
                .setDeclarationsNumber(declarationsNumber);
        new TreeMap<>(numbers.all())
                .forEach((control, number) -> mark.addControls(
                        ControlNumber.newBuilder().setControl(control).setNumber(number)));
        return mark.build();
    }
}
