package io.plimsoll.segmentation.naive;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.segmentation.ReachabilityOptions;
import io.plimsoll.segmentation.mesh.MeshPolicies;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.Vocabulary;
import io.plimsoll.segmentation.reach.ClassGraph;
import io.plimsoll.segmentation.reach.PairVerdicts;
import io.plimsoll.segmentation.topology.PeerUnit;
import io.plimsoll.segmentation.topology.Topology;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Verdicts by the row against those of single pairs. A seed is a cluster, hosts, meshes and all dialects among it. */
class PairVerdictsTest {

    @Property(tries = 300, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void saysInRowsWhatIsSaidOfPairs(@ForAll long seed) {
        // Given
        Random random = new Random(seed);
        RandomChanges changes = new RandomChanges(seed);
        IntStream.range(0, random.nextInt(60)).forEach(step -> changes.next());
        ClassGraph graph = graph(changes.state());
        int[] classes = IntStream.range(0, graph.topology().classes().size()).toArray();
        PairVerdicts verdicts = new PairVerdicts(graph, classes);
        int[] row = new int[classes.length];
        for (int source : classes) {
            // When
            if (random.nextBoolean()) {
                verdicts.expect(Arrays.copyOfRange(classes, source, Math.min(classes.length, source + 5)));
            }
            verdicts.row(source, row);
            // Then
            for (int destination : classes) {
                assertThat(verdicts.verdict(row[destination]))
                        .as("seed %d, from %d to %d", seed, source, destination)
                        .isEqualTo(graph.between(source, destination));
            }
        }
    }

    private static ClassGraph graph(ClusterState state) {
        ReachabilityOptions options = ReachabilityOptions.DEFAULTS;
        PolicySet policies = PolicySet.of(state);
        MeshPolicies mesh = MeshPolicies.of(state, options.mesh());
        Vocabulary vocabulary = mesh.vocabulary(Vocabulary.of(policies));
        return ClassGraph.of(
                Topology.of(state, PeerUnit.OWNER.of(state), vocabulary, options.hostNetwork(), mesh), policies, mesh);
    }
}
