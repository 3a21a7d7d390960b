package io.plimsoll.segmentation.topology;

import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.NamedPort;
import io.plimsoll.segmentation.policy.Vocabulary;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one vocabulary tells apart and a later one does not, or the other way round: workloads that have nothing of it stay in the classes
 * they are in.
 */
final class Telling {

    private final Vocabulary before;
    private final Vocabulary later;

    /** By key the values of labels that one of them names; all values of a key that only one of them knows. */
    private final Map<String, Set<String>> values = new HashMap<>();

    private final Set<String> keys;
    private final Set<NamedPort> ports;

    /** Elementary ranges that are no longer. */
    private final Set<AddressRange> gone;

    private final boolean everything;

    Telling(Vocabulary before, ExternalRanges rangesBefore, Vocabulary later, ExternalRanges rangesLater) {
        this.before = before;
        this.later = later;
        // Whether hosts are looked at by their address depends on whether any address is named.
        this.everything = before.podAddresses() != later.podAddresses()
                || before.ranges().isEmpty() != later.ranges().isEmpty()
                || !before.wholeLabels().equals(later.wholeLabels());
        this.keys = differing(before.labels().keySet(), later.labels().keySet());
        later.labels().forEach((key, named) -> {
            Set<String> had = before.labels().get(key);
            if (had != null && had != named) {
                Set<String> differing = differing(had, named);
                if (!differing.isEmpty()) {
                    values.put(key, differing);
                }
            }
        });
        this.ports = differing(before.ports(), later.ports());
        this.gone = Set.copyOf(ExternalRanges.missing(rangesBefore.elementary(), rangesLater.elementary()));
    }

    private static <T> Set<T> differing(Set<T> one, Set<T> other) {
        if (one.equals(other)) {
            return Set.of();
        }
        Set<T> differing = new HashSet<>(one);
        for (T each : other) {
            if (!differing.remove(each)) {
                differing.add(each);
            }
        }
        return differing;
    }

    /** Whether it can concern any workload of the namespace. */
    boolean concerns(NamespacePopulation namespace) {
        if (everything || concernsAllOf(namespace.namespace())) {
            return true;
        }
        Words words = namespace.words();
        for (String key : keys) {
            if (!words.values(key).isEmpty()) {
                return true;
            }
        }
        for (Map.Entry<String, Set<String>> each : values.entrySet()) {
            if (!Collections.disjoint(words.values(each.getKey()), each.getValue())) {
                return true;
            }
        }
        return words.haveAnyOf(ports) || words.areInAnyOf(gone);
    }

    private boolean concernsAllOf(String namespace) {
        @Nullable Map<String, Set<String>> had = before.labelsIn().get(namespace);
        @Nullable Map<String, Set<String>> has = later.labelsIn().get(namespace);
        return had != has && !(had == null ? Map.of() : had).equals(has == null ? Map.of() : has);
    }

    boolean concerns(WorkloadClasses workload) {
        if (everything || concernsAllOf(workload.workload().namespace())) {
            return true;
        }
        for (Map<String, String> labels : workload.labels()) {
            for (String key : keys) {
                if (labels.containsKey(key)) {
                    return true;
                }
            }
            for (Map.Entry<String, Set<String>> each : values.entrySet()) {
                String value = labels.get(each.getKey());
                if (value != null && each.getValue().contains(value)) {
                    return true;
                }
            }
        }
        for (NamedPort port : ports) {
            if (workload.ports().contains(port)) {
                return true;
            }
        }
        if (!gone.isEmpty()) {
            for (PodClass each : workload.classes()) {
                if (each.location().isPresent() && gone.contains(each.location().get())) {
                    return true;
                }
            }
        }
        return false;
    }
}
