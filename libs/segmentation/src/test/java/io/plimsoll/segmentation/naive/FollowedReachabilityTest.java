package io.plimsoll.segmentation.naive;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.ResourceChange;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.FollowedReachability;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.ReachabilityOptions;
import io.plimsoll.segmentation.topology.PeerUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** What follows from change to change against what is made of the same objects at once. A seed is a cluster and all its changes. */
class FollowedReachabilityTest {

    private static final int CHANGES = 1_000;
    private static final int KEPT_FOR = 8;

    @Property(tries = 4, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void answersAfterEachOfAThousandChangesAsIfMadeAtOnce(@ForAll long seed) {
        // Given
        RandomChanges changes = new RandomChanges(seed);
        FollowedReachability followed = followed(changes);
        Random random = new Random(~seed);
        for (int step = 0; step < CHANGES; step++) {
            List<ResourceChange> change = changes.next();
            // When
            Reachability now = followed.after(change);
            // Then
            ClusterState state = changes.state();
            List<Workload> workloads = PeerUnit.OWNER.of(state);
            Reachability atOnce = Reachability.of(state, workloads, ReachabilityOptions.DEFAULTS);
            assertThat(said(now)).as("seed %d, step %d, %s", seed, step, change).isEqualTo(said(atOnce));
            Workload source = workloads.isEmpty() ? null : RandomCluster.any(workloads, random);
            if (source != null) {
                Workload destination = RandomCluster.any(workloads, random);
                assertThat(now.explain(source.id(), destination.id()))
                        .as("seed %d, step %d, %s", seed, step, change)
                        .isEqualTo(atOnce.explain(source.id(), destination.id()));
            }
        }
        assertThat(followed.begunAnew()).as("seed %d", seed).isLessThan(CHANGES / 5);
    }

    /** Whoever keeps an answer of an earlier state and asks it first when others followed is told of that state. */
    @Property(tries = 4, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void whatWasHandedOutBeforeOtherChangesStaysAsItWas(@ForAll long seed) {
        // Given
        RandomChanges changes = new RandomChanges(seed);
        FollowedReachability followed = followed(changes);
        Random random = new Random(~seed);
        for (int kept = 0; kept < CHANGES / KEPT_FOR; kept++) {
            Reachability before = followed.now();
            ClusterState state = changes.state();
            // When
            for (int step = random.nextInt(KEPT_FOR); step >= 0; step--) {
                followed.after(changes.next());
            }
            // Then
            Reachability atOnce = Reachability.of(state, PeerUnit.OWNER.of(state), ReachabilityOptions.DEFAULTS);
            assertThat(said(before)).as("seed %d, kept %d", seed, kept).isEqualTo(said(atOnce));
        }
    }

    private static FollowedReachability followed(RandomChanges changes) {
        return new FollowedReachability(changes.state(), PeerUnit.OWNER, ReachabilityOptions.DEFAULTS);
    }

    /** All that it answers. */
    private static List<Object> said(Reachability reachability) {
        List<Object> said = new ArrayList<>();
        said.add(reachability.workloads().stream().map(Workload::id).toList());
        said.add(reachability.connections().toList());
        said.add(reachability.brought().toList());
        said.add(reachability.waysIn());
        said.add(reachability.problems());
        said.add(reachability.ruleFindings());
        said.add(reachability.metrics());
        said.add(reachability.coverage());
        return said;
    }
}
