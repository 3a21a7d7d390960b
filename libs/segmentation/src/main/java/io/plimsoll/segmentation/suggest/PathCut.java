package io.plimsoll.segmentation.suggest;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.segmentation.reach.Difference;
import java.util.List;
import java.util.Optional;

/**
 * One policy that keeps the Internet from a workload, tried by the engine.
 *
 * @param target the workload that was reached
 * @param at the workload that the policy selects: on every way from the Internet to the target, the one where least else is lost
 * @param policy the manifest; nothing where no single new policy does it
 * @param lost the connections that end with it
 * @param alsoKept further sensitive workloads that the Internet does not reach any more
 * @param stillReached sensitive workloads that it reaches all the same
 * @param note what a reader should know, one sentence; empty when there is nothing
 */
public record PathCut(
        ResourceId target,
        ResourceId at,
        Optional<Value> policy,
        List<Difference> lost,
        List<ResourceId> alsoKept,
        List<ResourceId> stillReached,
        String note) {

    public PathCut {
        lost = List.copyOf(lost);
        alsoKept = List.copyOf(alsoKept);
        stillReached = List.copyOf(stillReached);
    }
}
