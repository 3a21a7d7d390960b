package io.plimsoll.networksegmentation.flow;

import io.plimsoll.kubernetes.Resource;
import io.plimsoll.segmentation.reach.Reason;

/** When a rule is asked, first to last. */
public enum Tiers {
    WAY_IN,
    ADMIN,
    NAMESPACE,
    BASELINE,
    /** On top of all: it only takes away. */
    MESH,
    /** Of a kind that is not analysed. */
    UNKNOWN;

    public static Tiers of(SeenCluster cluster, Reason reason) {
        return switch (reason.effect()) {
            case LEADS_IN, LEADS_TO_OTHER_PORTS -> WAY_IN;
            case NOT_ANALYSED -> UNKNOWN;
            case ALLOWS,
                    DENIES,
                    PASSES,
                    MAY_DECIDE,
                    NO_RULES,
                    PEER_NOT_NAMED,
                    OTHER_PORTS,
                    NAMES_UNKNOWN,
                    ALLOWS_SOME_REQUESTS,
                    DENIES_SOME_REQUESTS,
                    WANTS_MUTUAL_TLS -> ofKind(cluster, reason);
        };
    }

    private static Tiers ofKind(SeenCluster cluster, Reason reason) {
        return switch (reason.object().kind()) {
            case "AdminNetworkPolicy" -> ADMIN;
            case "BaselineAdminNetworkPolicy" -> BASELINE;
            case "NetworkPolicy" -> NAMESPACE;
            case "ClusterNetworkPolicy" ->
                switch (cluster.object(reason.object())
                        .map(Resource::spec)
                        .map(spec -> spec.text("tier"))
                        .orElse("")) {
                    case "Admin" -> ADMIN;
                    case "Baseline" -> BASELINE;
                    default -> UNKNOWN;
                };
            case "AuthorizationPolicy", "PeerAuthentication", "Sidecar" -> MESH;
            default -> UNKNOWN;
        };
    }
}
