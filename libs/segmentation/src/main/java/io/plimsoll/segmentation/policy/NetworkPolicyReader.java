package io.plimsoll.segmentation.policy;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one body of a NetworkPolicy the way an API server does, defaults included, and goes on where an API server would
 * refuse: a rule that cannot be read allows nothing, and the policy still isolates.
 */
final class NetworkPolicyReader {

    private NetworkPolicyReader() {}

    /** The policy; nothing when it cannot be told whom it selects. */
    static Optional<NetworkPolicy> read(Resource resource, ProblemLog log) {
        Value spec = resource.spec();
        if (!(spec instanceof Value.Obj)) {
            log.add(resource.body(), "spec", "without a specification it cannot be told whom the policy selects");
            return Optional.empty();
        }
        int before = log.count();
        LabelSelector subject = SelectorReader.read(spec.at("podSelector"), "spec.podSelector", log);
        if (log.count() > before) {
            return Optional.empty();
        }
        Map<Direction, List<Rule>> rules = new EnumMap<>(Direction.class);
        for (Direction direction : directions(spec, log)) {
            rules.put(direction, rules(resource, direction, log));
        }
        return Optional.of(
                new NetworkPolicy(resource.id(), subject, rules, ignored(resource, rules.keySet()), resource.source()));
    }

    /** As written in policyTypes; without them ingress, and egress when it has a rule. */
    private static Set<Direction> directions(Value spec, ProblemLog log) {
        Set<Direction> directions = EnumSet.noneOf(Direction.class);
        Value types = spec.at("policyTypes");
        if (types.present() && !(types instanceof Value.Arr)) {
            log.add(types, "spec.policyTypes", "policyTypes is a list");
        }
        List<Value> items = types.items();
        for (int i = 0; i < items.size(); i++) {
            String written = items.get(i).text().orElse("");
            Optional<Direction> known = direction(written);
            if (known.isEmpty()) {
                log.add(
                        items.get(i),
                        "spec.policyTypes[" + i + "]",
                        "a policy type is Ingress or Egress, not \"" + written + "\"");
            }
            known.ifPresent(directions::add);
        }
        if (directions.isEmpty()) {
            directions.add(Direction.INGRESS);
            if (!spec.items("egress").isEmpty()) {
                directions.add(Direction.EGRESS);
            }
        }
        return directions;
    }

    /** Where rules stand that policyTypes leave out of effect. */
    private static Map<Direction, Source> ignored(Resource resource, Set<Direction> inEffect) {
        Map<Direction, Source> ignored = new EnumMap<>(Direction.class);
        for (Direction direction : Direction.values()) {
            List<Value> rules = resource.spec().items(direction.field());
            if (!inEffect.contains(direction) && !rules.isEmpty()) {
                ignored.put(direction, resource.at(rules.getFirst()));
            }
        }
        return ignored;
    }

    private static Optional<Direction> direction(String type) {
        for (Direction direction : Direction.values()) {
            if (direction.type().equals(type)) {
                return Optional.of(direction);
            }
        }
        return Optional.empty();
    }

    private static List<Rule> rules(Resource resource, Direction direction, ProblemLog log) {
        Value list = resource.spec().at(direction.field());
        String path = "spec." + direction.field();
        if (list.present() && !(list instanceof Value.Arr)) {
            log.add(list, path, direction.field() + " is a list of rules");
            return List.of(new Rule(resource.id(), Grant.NOTHING, path, resource.at(list)));
        }
        List<Rule> rules = new ArrayList<>();
        List<Value> items = list.items();
        for (int i = 0; i < items.size(); i++) {
            Value item = items.get(i);
            String where = path + "[" + i + "]";
            rules.add(rule(resource, item, direction, where, log));
        }
        return rules;
    }

    /** An item with nothing in it, or null, grants everything to everyone, as an API server reads it. */
    private static Rule rule(Resource resource, Value rule, Direction direction, String path, ProblemLog log) {
        int before = log.count();
        if (rule.present() && !(rule instanceof Value.Obj)) {
            log.add(rule, path, "a rule is a mapping");
        }
        String peersField = direction.peersField();
        List<Peer> peers = PeerReader.read(rule.at(peersField), resource.namespace(), path + "." + peersField, log);
        Ports ports = PortReader.read(rule.at("ports"), path + ".ports", log);
        return log.count() > before
                ? new Rule(resource.id(), Grant.NOTHING, path, resource.at(rule))
                : new Rule(resource.id(), new Grant(Set.copyOf(peers), ports), peers, path, resource.at(rule));
    }
}
