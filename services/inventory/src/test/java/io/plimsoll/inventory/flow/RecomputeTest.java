package io.plimsoll.inventory.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.assessment.cluster.ClusterAnalysis;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.maturity.model.StageModel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Clusters that wait, some of which cannot be done. */
class RecomputeTest {

    /** Clusters wait until they are done; those that are broken never are. */
    private static final class Waiting implements InventoryStore {

        private final Set<String> waiting = new TreeSet<>();
        private final Set<String> broken = new HashSet<>();
        private final List<String> tried = new ArrayList<>();

        @Override
        public Registered register(String name, ClusterMode mode, int partitions) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T extends Object> Optional<T> inCluster(String cluster, Function<ClusterTransaction, T> work) {
            tried.add(cluster);
            if (broken.contains(cluster)) {
                throw new IllegalStateException(cluster + " is broken");
            }
            waiting.remove(cluster);
            return Optional.empty();
        }

        @Override
        public <T extends Object> T inDeclarations(Function<DeclarationsTransaction, T> work) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<ClusterRow> cluster(String name) {
            return Optional.empty();
        }

        @Override
        public List<Pending> pending() {
            return waiting.stream().map(each -> new Pending(each, false)).toList();
        }

        @Override
        public void engineIs(String engine) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void rebuild() {
            throw new UnsupportedOperationException();
        }
    }

    private static final OnTopics NOTHING = new OnTopics() {
        @Override
        public Held cluster(String cluster, int partition) {
            return new Held(0, 0, Map.of());
        }

        @Override
        public Held declarations() {
            return new Held(0, 0, Map.of());
        }
    };

    private final Waiting store = new Waiting();
    private long now;
    private final Recompute recompute = new Recompute(
            store,
            new ClusterPublication(
                    new ClusterAnalysis(StageModel.builtin(), AddOnCatalogue.builtin()),
                    "test",
                    Step.Watcher.NOBODY,
                    new KnownClusters(0)),
            NOTHING,
            Clock.systemUTC(),
            new Pace(Duration.ofSeconds(1), () -> now));

    private void later(long millis) {
        now += Duration.ofMillis(millis).toNanos();
    }

    private void look(String... come) {
        store.tried.clear();
        store.waiting.addAll(List.of(come));
        recompute.run(() -> {});
    }

    @Test
    void oneThatFailsIsToldUntilItIsDoneAndKeepsNobodyWaiting() {
        store.broken.add("b");
        assertThatThrownBy(() -> look("a", "b", "c")).hasMessage("b is broken");
        assertThat(store.tried).containsExactly("a", "b", "c");
        later(600);
        // Put off now, and broken still.
        assertThatThrownBy(() -> look("a", "d")).hasMessage("b is broken");
        assertThat(store.tried).containsExactly("d");
        assertThat(recompute.next()).contains(Duration.ofMillis(400));
        later(400);
        assertThatThrownBy(this::look).hasMessage("b is broken");
        assertThat(store.tried).containsExactly("a", "b");
        store.broken.clear();
        later(1_000);
        look();
        assertThat(store.tried).containsExactly("b");
        assertThat(recompute.next()).isEmpty();
    }

    @Test
    void oneThatAnotherReplicaHasDoneIsNoFaultAnyMore() {
        store.broken.add("b");
        assertThatThrownBy(() -> look("b")).hasMessage("b is broken");
        store.waiting.clear();
        look();
        assertThat(store.tried).isEmpty();
    }
}
