package io.plimsoll.segmentation.policy;

import io.plimsoll.kubernetes.Resource;
import java.util.Optional;

/** The kinds of cluster-wide policies of {@code policy.networking.k8s.io}. */
enum TieredDialect {
    /** v1alpha2: both tiers. */
    CLUSTER_NETWORK_POLICY("ClusterNetworkPolicy", "Accept"),
    /** v1alpha1: the admin tier. */
    ADMIN_NETWORK_POLICY("AdminNetworkPolicy", "Allow"),
    /** v1alpha1: the baseline tier, one object. */
    BASELINE_ADMIN_NETWORK_POLICY("BaselineAdminNetworkPolicy", "Allow");

    static final String GROUP = "policy.networking.k8s.io";

    private final String kind;
    private final String accept;

    TieredDialect(String kind, String accept) {
        this.kind = kind;
        this.accept = accept;
    }

    static Optional<TieredDialect> of(Resource resource) {
        for (TieredDialect dialect : values()) {
            if (resource.is(dialect.kind, GROUP)) {
                return Optional.of(dialect);
            }
        }
        return Optional.empty();
    }

    String kind() {
        return kind;
    }

    /** The action as written; {@link Action#UNREADABLE} for one this kind does not have. */
    Action action(String written) {
        if (written.equals(accept)) {
            return Action.ACCEPT;
        }
        return switch (written) {
            case "Deny" -> Action.DENY;
            case "Pass" -> this == BASELINE_ADMIN_NETWORK_POLICY ? Action.UNREADABLE : Action.PASS;
            default -> Action.UNREADABLE;
        };
    }

    /** The actions it has, for people. */
    String actions() {
        return this == BASELINE_ADMIN_NETWORK_POLICY ? accept + " or Deny" : accept + ", Deny or Pass";
    }

    /**
     * Whether {@code networks} is checked against addresses of pods too. The text of both versions says so; of the older kinds
     * no implementation is known to do it, and users read them as external addresses.
     */
    boolean networksMeanPods() {
        return this == CLUSTER_NETWORK_POLICY;
    }
}
