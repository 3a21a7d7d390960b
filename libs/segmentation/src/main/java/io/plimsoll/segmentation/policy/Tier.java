package io.plimsoll.segmentation.policy;

import java.util.Optional;

/** The cluster-wide tiers around NetworkPolicy: one is asked before it, the other only where no NetworkPolicy isolates. */
public enum Tier {
    ADMIN("Admin"),
    BASELINE("Baseline");

    private final String written;

    Tier(String written) {
        this.written = written;
    }

    /** The tier as {@code spec.tier} of a ClusterNetworkPolicy spells it. */
    static Optional<Tier> of(String written) {
        for (Tier tier : values()) {
            if (tier.written.equals(written)) {
                return Optional.of(tier);
            }
        }
        return Optional.empty();
    }
}
