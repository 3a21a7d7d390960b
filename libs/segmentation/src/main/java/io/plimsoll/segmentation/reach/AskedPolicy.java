package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.NamedPorts;
import io.plimsoll.segmentation.policy.TieredPolicy;
import io.plimsoll.segmentation.topology.PodClass;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One cluster-wide policy of a tier with its rows in one direction so far. One thread. */
final class AskedPolicy {

    final TieredPolicy policy;

    /** Which it is in {@link Selections}. */
    final int number;

    /** Whether its rules ask for ports by the names that subjects have for them. */
    final boolean asksNames;

    /** The classes it selects; null where only a few are to be asked for. */
    final @Nullable BitSet subjects;

    /** By the names that subjects have for ports, where its rules ask. */
    final Map<NamedPorts, LastingRow> rows;

    AskedPolicy(TieredPolicy policy, int number, @Nullable BitSet subjects, boolean asksNames) {
        this(policy, number, subjects, asksNames, new HashMap<>());
    }

    private AskedPolicy(
            TieredPolicy policy,
            int number,
            @Nullable BitSet subjects,
            boolean asksNames,
            Map<NamedPorts, LastingRow> rows) {
        this.policy = policy;
        this.number = number;
        this.subjects = subjects;
        this.asksNames = asksNames;
        this.rows = rows;
    }

    /** Whether rules of a policy ask for ports by the names that subjects have for them. */
    static boolean asksNames(TieredPolicy policy, Direction direction) {
        return direction == Direction.INGRESS
                && policy.rules(direction).stream()
                        .anyMatch(rule -> !rule.grant().ports().named().isEmpty());
    }

    /** Whether it is one of a state that followed from another. */
    boolean isLater() {
        return subjects == null;
    }

    /** The same of later classes, of which only a few are to be asked for. */
    AskedPolicy later() {
        return isLater() ? this : new AskedPolicy(policy, number, null, asksNames, rows);
    }

    /** Whether a policy says the same in the direction, to the same pods. */
    boolean saysAs(TieredPolicy other, Direction direction) {
        return policy.id().equals(other.id())
                && policy.priority() == other.priority()
                && policy.inForce() == other.inForce()
                && policy.subject().equals(other.subject())
                && policy.rules(direction).equals(other.rules(direction));
    }

    boolean selects(int subject, PodClass pod) {
        if (subjects != null) {
            return subjects.get(subject);
        }
        return !pod.hostNetwork() && policy.subject().matches(pod.namespace(), pod.namespaceLabels(), pod.labels());
    }
}
