package io.plimsoll.audit.access;

import io.plimsoll.audit.guardrail.review.LabelSelector;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The way from service accounts through bindings to roles, over one cluster's objects. Immutable, any thread. */
public final class Access {

    private final Map<String, List<Resource>> roles = new HashMap<>();
    private final Map<String, List<Grant>> grants = new HashMap<>();

    /** @param rolesAndBindings objects of RBAC; every declared variant counts */
    public Access(List<Resource> rolesAndBindings) {
        for (Resource each : rolesAndBindings) {
            if (each.kind().equals("Role") || each.kind().equals("ClusterRole")) {
                roles.put(key(each.kind(), each.namespace(), each.name()), each.declared());
            }
        }
        for (Resource each : rolesAndBindings) {
            if (each.kind().equals("RoleBinding") || each.kind().equals("ClusterRoleBinding")) {
                each.declared().forEach(this::index);
            }
        }
    }

    private void index(Resource binding) {
        Grant grant = grant(binding);
        for (Value subject : binding.body().items("subjects")) {
            String name = subject.text("name");
            String key =
                    switch (subject.text("kind")) {
                        case "ServiceAccount" ->
                            "account " + subject.at("namespace").text().orElse(binding.namespace()) + "/" + name;
                        case "Group" -> "group " + name;
                        // People are not workloads.
                        default -> "user " + name;
                    };
            grants.computeIfAbsent(key, each -> new ArrayList<>()).add(grant);
        }
    }

    /** What one binding gives. */
    public Grant grant(Resource binding) {
        Value reference = binding.body().at("roleRef");
        String kind = reference.text("kind");
        String name = reference.text("name");
        String namespace = kind.equals("ClusterRole") ? "" : binding.namespace();
        boolean wide = binding.kind().equals("ClusterRoleBinding");
        List<Resource> found = roles.getOrDefault(key(kind, namespace, name), List.of());
        String shown = kind + "/" + name;
        if (found.isEmpty()) {
            boolean clusterRole = kind.equals("ClusterRole");
            return BuiltinRoles.powers(name)
                    .filter(powers -> clusterRole)
                    .map(powers -> new Grant(binding, shown, true, wide, powers))
                    .orElseGet(
                            () -> new Grant(binding, shown, clusterRole && BuiltinRoles.exists(name), wide, Set.of()));
        }
        Set<Power> powers = EnumSet.noneOf(Power.class);
        found.forEach(role -> powers.addAll(powers(role)));
        return new Grant(binding, shown, true, wide, powers);
    }

    /** Of a role, with what it gathers from others by label. */
    public Set<Power> powers(Resource role) {
        Set<Power> powers = EnumSet.noneOf(Power.class);
        powers.addAll(Power.of(rules(role)));
        for (Value selector : role.body().at("aggregationRule").items("clusterRoleSelectors")) {
            for (List<Resource> others : roles.values()) {
                for (Resource other : others) {
                    if (other.kind().equals("ClusterRole") && LabelSelector.matches(selector, other.labels())) {
                        powers.addAll(Power.of(rules(other)));
                    }
                }
            }
        }
        return powers;
    }

    public static List<Rule> rules(Resource role) {
        return Rule.of(Field.of(role));
    }

    /** True when the role a binding names is in the input. */
    public boolean holdsRole(String kind, String namespace, String name) {
        return roles.containsKey(key(kind, kind.equals("ClusterRole") ? "" : namespace, name));
    }

    /** Everything bound to a service account, by name or by the groups it is in. */
    public List<Grant> of(String namespace, String account) {
        List<Grant> all = new ArrayList<>(grants.getOrDefault("account " + namespace + "/" + account, List.of()));
        for (String group :
                new String[] {"system:serviceaccounts", "system:serviceaccounts:" + namespace, "system:authenticated"
                }) {
            all.addAll(grants.getOrDefault("group " + group, List.of()));
        }
        all.addAll(grants.getOrDefault("user system:serviceaccount:" + namespace + ":" + account, List.of()));
        return all;
    }

    private static String key(String kind, String namespace, String name) {
        return kind + " " + namespace + "/" + name;
    }
}
