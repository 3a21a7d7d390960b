package io.plimsoll.segmentation.naive;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.kubernetes.workload.Workloads;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.blast.BlastRadius;
import io.plimsoll.segmentation.metrics.Bounds;
import io.plimsoll.segmentation.reach.Connection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** The blast radius against a closure worked out pair by pair. */
class HopsTest {

    @Property(tries = 200, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void countsAsAPlainClosureDoes(@ForAll long seed) {
        // Given
        ClusterState state = RandomCluster.ofAllTiers(seed).state();
        List<Workload> workloads = Workloads.of(state);
        Reachability reachability = Reachability.of(state, workloads);
        Random random = new Random(seed);
        Set<ResourceId> closed = workloads.stream()
                .map(Workload::id)
                .filter(unused -> random.nextInt(4) == 0)
                .collect(java.util.stream.Collectors.toSet());
        // When
        List<BlastRadius.Radius> radii = reachability.blastRadius().radii(closed);
        // Then
        boolean[][] sure = edges(reachability, workloads, true);
        boolean[][] perhaps = edges(reachability, workloads, false);
        for (int w = 0; w < workloads.size(); w++) {
            assertThat(radii.get(w))
                    .isEqualTo(new BlastRadius.Radius(
                            workloads.get(w).id(),
                            new Bounds(count(sure[w]), count(perhaps[w])),
                            new Bounds(
                                    count(closure(sure, w, workloads, closed)),
                                    count(closure(perhaps, w, workloads, closed)))));
        }
    }

    private static boolean[][] edges(Reachability reachability, List<Workload> workloads, boolean sure) {
        boolean[][] edges = new boolean[workloads.size()][workloads.size()];
        for (int s = 0; s < edges.length; s++) {
            for (int d = 0; d < edges.length; d++) {
                Connection between = reachability.between(
                        workloads.get(s).id(), workloads.get(d).id());
                edges[s][d] = s != d
                        && (!between.ports().isEmpty()
                                || !sure && !between.uncertain().isEmpty());
            }
        }
        return edges;
    }

    private static boolean[] closure(boolean[][] edges, int start, List<Workload> workloads, Set<ResourceId> closed) {
        boolean[] reached = edges[start].clone();
        for (int round = 0; round < edges.length; round++) {
            for (int via = 0; via < edges.length; via++) {
                if (reached[via] && !closed.contains(workloads.get(via).id())) {
                    for (int d = 0; d < edges.length; d++) {
                        reached[d] |= edges[via][d];
                    }
                }
            }
        }
        reached[start] = false;
        return reached;
    }

    private static long count(boolean[] reached) {
        long count = 0;
        for (boolean each : reached) {
            count += each ? 1 : 0;
        }
        return count;
    }
}
