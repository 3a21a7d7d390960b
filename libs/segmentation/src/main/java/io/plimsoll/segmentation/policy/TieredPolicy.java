package io.plimsoll.segmentation.policy;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ResourceId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One ClusterNetworkPolicy, AdminNetworkPolicy or BaselineAdminNetworkPolicy as written in one place.
 *
 * @param priority the lower, the earlier it is asked within its tier
 * @param subject the pods it speaks of; never those on the host's network
 * @param inForce false when another reading of the same identity may be the one in force
 * @param rules per direction, in the order of the manifest; a direction without rules is not touched
 */
public record TieredPolicy(
        ResourceId id,
        Tier tier,
        int priority,
        Peer.Pods subject,
        boolean inForce,
        Map<Direction, List<TieredRule>> rules,
        Source source) {

    public TieredPolicy {
        Map<Direction, List<TieredRule>> copy = new EnumMap<>(Direction.class);
        rules.forEach((direction, list) -> copy.put(direction, List.copyOf(list)));
        rules = copy;
    }

    public List<TieredRule> rules(Direction direction) {
        return rules.getOrDefault(direction, List.of());
    }
}
