package io.plimsoll.audit.access;

import io.plimsoll.kubernetes.Resource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The roles every API server creates and keeps by itself. */
public final class BuiltinRoles {

    private static final String BOOTSTRAPPING = "kubernetes.io/bootstrapping";

    /** What the roles for people give; {@code admin} and {@code edit} give it in the namespaces they are bound in. */
    private static final Map<String, Set<Power>> POWERS = Map.of(
            "cluster-admin", EnumSet.allOf(Power.class),
            "admin",
                    EnumSet.of(
                            Power.READ_SECRETS,
                            Power.CREATE_WORKLOADS,
                            Power.EXEC,
                            Power.PORT_FORWARD,
                            Power.CHANGE_BINDINGS,
                            Power.MINT_TOKENS,
                            Power.CHANGE_DNS,
                            Power.DELETE_MANY),
            "edit",
                    EnumSet.of(
                            Power.READ_SECRETS,
                            Power.CREATE_WORKLOADS,
                            Power.EXEC,
                            Power.PORT_FORWARD,
                            Power.MINT_TOKENS,
                            Power.CHANGE_DNS,
                            Power.DELETE_MANY),
            "view", EnumSet.noneOf(Power.class));

    private BuiltinRoles() {}

    /** True for a role or binding the API server owns; what people write under such a name is put back by it. */
    public static boolean owns(Resource object) {
        return "rbac-defaults".equals(object.labels().get(BOOTSTRAPPING))
                || object.name().startsWith("system:")
                || object.kind().equals("ClusterRole") && POWERS.containsKey(object.name());
    }

    /** True for a cluster role that exists without being in the input. */
    public static boolean exists(String clusterRole) {
        return POWERS.containsKey(clusterRole) || clusterRole.startsWith("system:");
    }

    /** Powers of a role that is not in the input; empty when the role is not one of the four for people. */
    public static Optional<Set<Power>> powers(String clusterRole) {
        return Optional.ofNullable(POWERS.get(clusterRole));
    }
}
