package io.plimsoll.segmentation.policy;

import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads one body of a cluster-wide policy. Rules fail closed as the API text has it: of one that cannot be read, or that names
 * a peer of a field from the future, Accept matches nothing, and Deny and Pass deny everything.
 */
final class TieredPolicyReader {

    private static final int PRIORITY_MAX = 1000;
    private static final String BASELINE_NAME = "default";

    /** Beside ClusterNetworkPolicies of the baseline tier the one BaselineAdminNetworkPolicy is asked last. */
    private static final int LAST = PRIORITY_MAX + 1;

    private TieredPolicyReader() {}

    /** The policy; nothing when it cannot be told whom it selects, or when it is asked. */
    static Optional<TieredPolicy> read(Resource resource, boolean inForce, TieredDialect dialect, ProblemLog log) {
        Value spec = resource.spec();
        if (!(spec instanceof Value.Obj)) {
            log.add(resource.body(), "spec", "without a specification it cannot be told whom the policy selects");
            return Optional.empty();
        }
        Optional<Tier> tier = tier(resource, dialect, log);
        Optional<Integer> priority = priority(spec, dialect, log);
        Optional<Peer.Pods> subject = TieredPeerReader.subject(spec.at("subject"), "spec.subject", log);
        if (tier.isEmpty() || priority.isEmpty() || subject.isEmpty()) {
            return Optional.empty();
        }
        Map<Direction, List<TieredRule>> rules = new EnumMap<>(Direction.class);
        for (Direction direction : Direction.values()) {
            rules.put(direction, rules(resource, dialect, direction, log));
        }
        return Optional.of(new TieredPolicy(
                resource.id(), tier.get(), priority.get(), subject.get(), inForce, rules, resource.source()));
    }

    private static Optional<Tier> tier(Resource resource, TieredDialect dialect, ProblemLog log) {
        return switch (dialect) {
            case ADMIN_NETWORK_POLICY -> Optional.of(Tier.ADMIN);
            case BASELINE_ADMIN_NETWORK_POLICY -> {
                if (!resource.name().equals(BASELINE_NAME)) {
                    log.add(resource.body(), "metadata.name", "the one policy of this kind is named default");
                    yield Optional.empty();
                }
                yield Optional.of(Tier.BASELINE);
            }
            case CLUSTER_NETWORK_POLICY -> {
                String written = resource.spec().text("tier");
                Optional<Tier> tier = Tier.of(written);
                if (tier.isEmpty()) {
                    log.add(
                            resource.spec().at("tier"),
                            "spec.tier",
                            "the tier is Admin or Baseline, not \"" + written + "\"");
                }
                yield tier;
            }
        };
    }

    private static Optional<Integer> priority(Value spec, TieredDialect dialect, ProblemLog log) {
        if (dialect == TieredDialect.BASELINE_ADMIN_NETWORK_POLICY) {
            return Optional.of(LAST);
        }
        OptionalLong priority = spec.at("priority").integer();
        if (priority.isEmpty() || priority.getAsLong() < 0 || priority.getAsLong() > PRIORITY_MAX) {
            log.add(spec.at("priority"), "spec.priority", "the priority is a number from 0 to " + PRIORITY_MAX);
            return Optional.empty();
        }
        return Optional.of((int) priority.getAsLong());
    }

    private static List<TieredRule> rules(
            Resource resource, TieredDialect dialect, Direction direction, ProblemLog log) {
        Value list = resource.spec().at(direction.field());
        String path = "spec." + direction.field();
        if (list.present() && !(list instanceof Value.Arr)) {
            log.add(list, path, direction.field() + " is a list of rules");
            return List.of(new TieredRule(
                    Action.UNREADABLE, path, new Rule(resource.id(), Grant.EVERYTHING, path, resource.at(list))));
        }
        List<TieredRule> rules = new ArrayList<>();
        List<Value> items = list.items();
        for (int i = 0; i < items.size(); i++) {
            rules.add(rule(resource, dialect, direction, items.get(i), path + "[" + i + "]", log));
        }
        return rules;
    }

    private static TieredRule rule(
            Resource resource, TieredDialect dialect, Direction direction, Value item, String path, ProblemLog log) {
        String written = item.text("action");
        Action action = dialect.action(written);
        if (action == Action.UNREADABLE) {
            log.add(item, path + ".action", "the action is " + dialect.actions() + ", not \"" + written + "\"");
        }
        int beforeMatch = log.count();
        String peersField = direction.peersField();
        List<Peer> peers =
                TieredPeerReader.peers(item.at(peersField), dialect, direction, path + "." + peersField, log);
        Ports ports = TieredPortReader.read(item, dialect, path, log);
        Grant grant = new Grant(Set.copyOf(peers), ports);
        if (log.count() > beforeMatch) {
            // Fails closed, as the API text asks.
            grant = action == Action.ACCEPT ? Grant.NOTHING : Grant.EVERYTHING;
            action = action == Action.PASS ? Action.DENY : action;
            peers = List.of();
        }
        String name = item.text("name");
        String shown = name.isEmpty() ? path : name;
        return new TieredRule(action, shown, new Rule(resource.id(), grant, peers, path, resource.at(item)));
    }
}
