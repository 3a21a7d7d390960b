package io.plimsoll.segmentation.naive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The engine against the specification over as many random clusters of all tiers as are asked for, seeds from 0: what
 * {@link SpecificationTest} does for some hundreds. Its result is in docs/benchmarks/segmentation.md.
 */
class ManyClustersTest {

    @Test
    void saysWhatTheSpecificationsOfAllTiersSay() {
        int clusters = Integer.getInteger("plimsoll.clusters", 0);
        Assumptions.assumeTrue(clusters > 0, "no number of clusters is asked for: -Dplimsoll.clusters=10000");
        long points = 0;
        for (long seed = 0; seed < clusters; seed++) {
            RandomCluster cluster = RandomCluster.ofAllTiers(seed).withKnownAddresses();
            Points listed = Points.listed(cluster);
            assertThat(listed.differencesFrom(Points.specified(cluster)))
                    .as("seed %d: %s", seed, cluster)
                    .isEmpty();
            points += listed.certain().size();
        }
        System.out.println(clusters + " clusters equal, " + points + " connections allowed");
    }
}
