package io.plimsoll.segmentation.suggest;

import io.plimsoll.segmentation.metrics.SegmentationMetrics;
import java.util.List;

/**
 * What the engine says of the cluster with the suggestions in it.
 *
 * @param cut declared needs that do not certainly pass any more, though they did before; none when it holds
 * @param pairsGained pairs of workloads that connect with the suggestions and did not before; 0 when it holds
 */
public record Proof(SegmentationMetrics before, SegmentationMetrics after, List<Need> cut, long pairsGained) {

    public Proof {
        cut = List.copyOf(cut);
    }

    /** Nothing declared is cut, and fewer pairs of workloads connect than before. */
    public boolean holds() {
        return cut.isEmpty() && pairsGained == 0 && falls();
    }

    /** Whether fewer pairs connect: not where policies of the input already allow what they allow, for policies only add up. */
    public boolean falls() {
        return after.pairsAllowed().high() < before.pairsAllowed().high()
                || after.byPort().high() > before.byPort().high();
    }
}
