package io.plimsoll.segmentation.policy;

import io.plimsoll.kubernetes.ResourceId;
import java.util.List;
import java.util.Map;

/**
 * A NetworkPolicy by its identity, with every body declared for it. Which of them is in force is not known, so the weaker
 * decides: it isolates only where each of them does, and allows what any of them allows.
 *
 * @param readings at least one
 */
public record DeclaredPolicy(List<NetworkPolicy> readings) {

    public DeclaredPolicy {
        if (readings.isEmpty()) {
            throw new IllegalArgumentException("a policy without a reading");
        }
        readings = List.copyOf(readings);
    }

    public ResourceId id() {
        return readings.getFirst().id();
    }

    /** True when each reading isolates a pod with these labels. */
    public boolean isolates(Map<String, String> labels, Direction direction) {
        return readings.stream().allMatch(reading -> reading.isolates(labels, direction));
    }

    /** The rules that count for a pod with these labels. */
    public List<Rule> rulesFor(Map<String, String> labels, Direction direction) {
        return readings.stream()
                .filter(reading -> reading.isolates(labels, direction))
                .flatMap(reading -> reading.rules(direction).stream())
                .toList();
    }

    /** True when each reading denies every pod of the namespace everything in the direction. */
    public boolean isDefaultDeny(Direction direction) {
        return readings.stream().allMatch(reading -> reading.isDefaultDeny(direction));
    }

    /** The rules that count for every pod of the namespace, whatever its labels. */
    public List<Rule> rulesForEveryPod(Direction direction) {
        return readings.stream()
                .filter(reading -> reading.subject().isEverything())
                .flatMap(reading -> reading.rules(direction).stream())
                .toList();
    }
}
