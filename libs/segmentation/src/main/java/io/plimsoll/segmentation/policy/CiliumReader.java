package io.plimsoll.segmentation.policy;

import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one body of a Cilium policy, {@code spec} and each of {@code specs}. Used once. */
final class CiliumReader {

    /** Before everybody, in this order. */
    private static final int DENIES = -2;

    private static final int ALLOWS = -1;

    private static final Set<String> FIELDS = Set.of(
            "endpointSelector",
            "ingress",
            "ingressDeny",
            "egress",
            "egressDeny",
            "enableDefaultDeny",
            "labels",
            "description",
            "log");

    private final Resource resource;
    private final boolean inForce;
    private final ProblemLog log;
    private final List<TieredPolicy> policies = new ArrayList<>();
    private boolean understood = true;

    CiliumReader(Resource resource, boolean inForce, ProblemLog log) {
        this.resource = resource;
        this.inForce = inForce;
        this.log = log;
    }

    /** Nothing when a part of it is not understood, or would be refused. */
    Optional<List<TieredPolicy>> read() {
        Value list = resource.body().at("specs");
        if (list.present() && !(list instanceof Value.Arr)) {
            log.add(list, "specs", "specs is a list");
        }
        List<Value> specs = list.items();
        if (specs.isEmpty() && !resource.spec().present()) {
            log.add(resource.body(), "spec", "without a specification it cannot be told whom the policy selects");
        }
        if (resource.spec().present()) {
            spec(resource.spec(), "spec");
        }
        for (int i = 0; i < specs.size(); i++) {
            spec(specs.get(i), "specs[" + i + "]");
        }
        return understood && log.count() == 0 ? Optional.of(policies) : Optional.empty();
    }

    private void spec(Value spec, String path) {
        if (!(spec instanceof Value.Obj written)) {
            log.add(spec, path, "a specification is a mapping");
            return;
        }
        boolean ofNodes = spec.hasKey("nodeSelector");
        if (ofNodes == spec.hasKey("endpointSelector")) {
            log.add(spec, path, "a specification has one of endpointSelector and nodeSelector");
            return;
        }
        Optional<Peer.Pods> subject = CiliumSelectors.subject(spec.at("endpointSelector"), resource);
        // Host policies decide for nodes, and for the pods on their network.
        if (ofNodes || subject.isEmpty() || !FIELDS.containsAll(written.fields().keySet())) {
            understood = false;
            return;
        }
        Map<Direction, List<TieredRule>> denied = new EnumMap<>(Direction.class);
        Map<Direction, List<TieredRule>> allowed = new EnumMap<>(Direction.class);
        Map<Direction, List<TieredRule>> otherwise = new EnumMap<>(Direction.class);
        for (Direction direction : Direction.values()) {
            String field = direction.field();
            denied.put(direction, rules(spec, field + "Deny", direction, path));
            allowed.put(direction, rules(spec, field, direction, path));
            if (!isDefaultDeny(spec, direction)) {
                // "EnableDefaultDeny does not apply to layer-7 policy": of some requests it is not known that they
                // pass.
                understood &= allowed.get(direction).stream()
                        .flatMap(rule -> rule.grant().peers().stream())
                        .noneMatch(Peer.Perhaps.class::isInstance);
            } else {
                otherwise.put(direction, List.of(rule(Action.DENY, Grant.EVERYTHING, path, "default deny", spec)));
                if (direction == Direction.INGRESS) {
                    allowed.put(direction, withLocalHost(allowed.get(direction), path, spec));
                }
            }
        }
        add(Tier.ADMIN, DENIES, subject.get(), denied);
        add(Tier.ADMIN, ALLOWS, subject.get(), allowed);
        add(Tier.BASELINE, ALLOWS, subject.get(), otherwise);
    }

    private void add(Tier tier, int priority, Peer.Pods subject, Map<Direction, List<TieredRule>> rules) {
        if (rules.values().stream().anyMatch(list -> !list.isEmpty())) {
            policies.add(new TieredPolicy(resource.id(), tier, priority, subject, inForce, rules, resource.source()));
        }
    }

    /**
     * "If any rule selects an endpoint and the rule has an ingress section, the endpoint goes into default deny-mode for ingress";
     * "if omitted or empty, this rule does not apply at ingress" (Cilium, Policy Enforcement Modes).
     */
    private static boolean isDefaultDeny(Value spec, Direction direction) {
        String field = direction.field();
        return spec.at("enableDefaultDeny", field)
                .bool()
                .orElse(!spec.items(field).isEmpty()
                        || !spec.items(field + "Deny").isEmpty());
    }

    /** "Kubernetes will automatically allow all communication from the local host": which pods of hosts that is, nobody says. */
    private List<TieredRule> withLocalHost(List<TieredRule> allowed, String path, Value spec) {
        List<TieredRule> rules = new ArrayList<>(allowed);
        Grant hosts = new Grant(Set.of(CiliumPeers.SOME_HOST), Ports.ALL);
        rules.add(rule(Action.ACCEPT, hosts, path, "the local host", spec));
        return rules;
    }

    private List<TieredRule> rules(Value spec, String field, Direction direction, String path) {
        Value list = spec.at(field);
        String where = path + "." + field;
        if (list.present() && !(list instanceof Value.Arr)) {
            log.add(list, where, field + " is a list of rules");
            return List.of();
        }
        Action action = field.endsWith("Deny") ? Action.DENY : Action.ACCEPT;
        List<TieredRule> rules = new ArrayList<>();
        List<Value> items = list.items();
        for (int i = 0; i < items.size(); i++) {
            String here = where + "[" + i + "]";
            Value item = items.get(i);
            CiliumPeers peers = new CiliumPeers(item, direction, action, resource, here, log);
            Optional<List<Grant>> grants =
                    peers.read().flatMap(found -> CiliumPorts.read(item, found, action, here, log));
            if (grants.isEmpty()) {
                understood = false;
            } else {
                grants.get().forEach(grant -> rules.add(rule(action, grant, here, here, item)));
            }
        }
        return rules;
    }

    private TieredRule rule(Action action, Grant grant, String path, String name, Value field) {
        return new TieredRule(action, name, new Rule(resource.id(), grant, path, resource.at(field)));
    }
}
