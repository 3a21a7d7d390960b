package io.plimsoll.networksegmentation.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assessment.cluster.ClusterAnalysis;
import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.messaging.analyser.Snapshot;
import io.plimsoll.networksegmentation.Town;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.ReachabilityOptions;
import io.plimsoll.segmentation.topology.HostNetwork;
import io.plimsoll.segmentation.topology.PeerUnit;
import io.plimsoll.wire.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class SeenClustersTest {

    private final SeenClusters clusters =
            new SeenClusters(new ClusterAnalysis(StageModel.builtin(), AddOnCatalogue.builtin()));

    private static Snapshot snapshot(String cluster, long number) {
        return snapshot(cluster, number, Town.state());
    }

    private static Snapshot snapshot(String cluster, long number, ClusterState state) {
        return new Snapshot(cluster, 0, new Version(1, number, 1), state, ClusterContext.silent(cluster));
    }

    @Test
    void aRevisionAnswersAsIfItWereTheOnlyOne() {
        ClusterState whole = Town.state();
        List<ClusterState> states = new ArrayList<>(List.of(whole));
        for (Resource left : whole.resources()) {
            states.add(new ClusterState(
                    whole.name(),
                    whole.mode(),
                    whole.resources().stream()
                            .filter(each -> !each.id().equals(left.id()))
                            .toList()));
        }
        states.add(new ClusterState(whole.name(), whole.mode(), List.of()));
        states.add(whole);
        long number = 1;
        for (ClusterState state : states) {
            SeenCluster seen = clusters.of(snapshot("town", number++, state));
            Reachability only = Reachability.of(state, PeerUnit.OWNER.of(state), seen.options());
            assertThat(seen.options()).isEqualTo(ReachabilityOptions.showingFamiliesOf(state, HostNetwork.AS_NODE));
            assertThat(seen.reachability().csv())
                    .containsExactlyElementsOf(only.csv().toList());
            assertThat(seen.reachability().problems()).isEqualTo(only.problems());
            assertThat(seen.reachability().metrics()).isEqualTo(only.metrics());
        }
    }

    @Test
    void aRevisionIsAnalysedOnceHoweverManyAsk() throws InterruptedException {
        Snapshot snapshot = snapshot("town", 1);
        Set<SeenCluster> seen = ConcurrentHashMap.newKeySet();
        List<Thread> askers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            askers.add(Thread.ofPlatform().start(() -> seen.add(clusters.of(snapshot))));
        }
        for (Thread asker : askers) {
            asker.join();
        }
        assertThat(seen).hasSize(1);
        assertThat(clusters.of(snapshot("town", 2))).isNotIn(seen);
    }

    @Test
    void beyondTheBoundTheOneAskedAboutLongestAgoIsForgotten() {
        SeenCluster first = clusters.of(snapshot("c0", 1));
        SeenCluster second = clusters.of(snapshot("c1", 1));
        for (int i = 2; i < SeenClusters.CLUSTERS_MAX; i++) {
            clusters.of(snapshot("c" + i, 1));
        }
        assertThat(clusters.of(snapshot("c0", 1))).isSameAs(first);
        clusters.of(snapshot("one more", 1));
        assertThat(clusters.of(snapshot("c0", 1))).isSameAs(first);
        assertThat(clusters.of(snapshot("c1", 1))).isNotSameAs(second);
    }
}
