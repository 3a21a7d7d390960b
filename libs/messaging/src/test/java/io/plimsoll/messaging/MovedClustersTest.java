package io.plimsoll.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.marks.v1.Mark;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.messaging.analyser.Analyser;
import io.plimsoll.messaging.analyser.EvidencePublisher;
import io.plimsoll.messaging.lease.Leases;
import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.RecordSink;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.messaging.view.Views;
import io.plimsoll.wire.ControlNumbers;
import io.plimsoll.wire.EvidenceCodec;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.TopicKey;
import io.plimsoll.wire.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What an engine knows beside a cluster's state may move: then the clusters it names are answered for again, and no others. */
class MovedClustersTest {

    private static final Place RESOURCES = new Place(Topic.RESOURCES, 0);
    private static final Place EVIDENCE = new Place(Topic.EVIDENCE, 0);

    private final MemoryLog log = new MemoryLog();
    private final Knowing engine = new Knowing();

    /** Says of each cluster the number it knows. */
    private static final class Knowing implements Analyser {
        private int known = 1;
        private Set<String> moved = Set.of();
        private final List<String> analysed = new ArrayList<>();

        @Override
        public String name() {
            return "image-scan";
        }

        @Override
        public String fingerprint() {
            return "knows " + known;
        }

        @Override
        public Collection<String> moved() {
            Set<String> now = moved;
            moved = Set.of();
            return now;
        }

        @Override
        public List<Evidence> analyse(ClusterState state, ClusterContext declared) {
            analysed.add(state.name());
            return List.of(Evidence.fail(
                    "image-scanned",
                    SubjectId.ofCluster(state.name()),
                    io.plimsoll.kernel.Reason.SEEN_AND_WRONG,
                    "",
                    "",
                    "knows " + known,
                    Source.NONE));
        }
    }

    private record Sole() implements Leases {
        @Override
        public Map<Integer, Lease> renew() {
            return Map.of(0, new Lease(0, "here", 1));
        }

        @Override
        public Optional<Lease> owner(int partition) {
            return Optional.empty();
        }

        @Override
        public void release() {}
    }

    private Corridor corridor() {
        Views views = new Views();
        RecordSink sink = log.sink();
        List<String> fingerprints = new ArrayList<>();
        EvidencePublisher publisher = new EvidencePublisher(
                engine,
                views,
                sink,
                fingerprint -> {
                    if (!fingerprints.contains(fingerprint)) {
                        fingerprints.add(fingerprint);
                    }
                    return 1 + fingerprints.indexOf(fingerprint);
                },
                values -> Declarations.NONE);
        Corridor corridor =
                new Corridor(EvidencePublisher.reading(1), new Sole(), log.source(), sink, views, publisher);
        corridor.renewLeases();
        return corridor;
    }

    private void mark(String cluster) {
        Version version = new Version(1, 1, 0);
        Mark mark = Mark.newBuilder()
                .setCluster(cluster)
                .setWriter("inventory")
                .setRevision(KernelCodec.toWire(version))
                .setMode(KernelCodec.toWire(ClusterMode.MANIFESTS))
                .build();
        log.append(new LogRecord(RESOURCES, TopicKey.mark(cluster, "inventory"), mark.toByteArray(), version));
    }

    private Set<String> said() throws InvalidProtocolBufferException {
        EvidenceCodec codec = new EvidenceCodec(ControlNumbers.builtin());
        Set<String> said = new TreeSet<>();
        for (LogRecord record : log.live(EVIDENCE).values()) {
            if (!TopicKey.isMark(record.key()) && record.value() != null) {
                codec.fromWire(record.value())
                        .forEach(each -> said.add(each.subject().cluster() + " " + each.message()));
            }
        }
        return said;
    }

    private static void walk(Corridor corridor) {
        for (int i = 0; i < 4; i++) {
            corridor.step(Duration.ZERO);
        }
    }

    @Test
    void theClustersNamedAreAnsweredForAgainAndNoOthers() throws InvalidProtocolBufferException {
        // Given
        mark("north");
        mark("south");
        Corridor corridor = corridor();
        walk(corridor);
        assertThat(said()).containsExactly("north knows 1", "south knows 1");
        // When
        engine.analysed.clear();
        engine.known = 2;
        engine.moved = Set.of("north", "elsewhere");
        walk(corridor);
        // Then
        assertThat(said()).containsExactly("north knows 2", "south knows 1");
        assertThat(engine.analysed).containsExactly("north");
    }

    @Test
    void whatMovedWhileNobodyLookedIsFoundAtTheNextStart() throws InvalidProtocolBufferException {
        // Given
        mark("north");
        Corridor first = corridor();
        walk(first);
        first.stop();
        // When
        engine.known = 2;
        Corridor second = new Restarted().corridor();
        walk(second);
        // Then
        assertThat(said()).containsExactly("north knows 2");
    }

    /** A process that begins anew with the generations of the one before. */
    private final class Restarted {
        Corridor corridor() {
            Views views = new Views();
            RecordSink sink = log.sink();
            EvidencePublisher publisher =
                    new EvidencePublisher(engine, views, sink, fingerprint -> 2, values -> Declarations.NONE);
            Corridor corridor =
                    new Corridor(EvidencePublisher.reading(1), new Sole(), log.source(), sink, views, publisher);
            corridor.renewLeases();
            return corridor;
        }
    }
}
