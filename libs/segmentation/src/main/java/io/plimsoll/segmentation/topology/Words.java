package io.plimsoll.segmentation.topology;

import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.NamedPort;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What pods of a namespace could be told apart by, so that a change of what policies say is asked of whole namespaces. Immutable.
 *
 * @param labels of pods, by key the values
 * @param ports that some pod has a name for
 * @param locations elementary ranges that hold the address of some pod, where rules look at it
 */
record Words(Map<String, Set<String>> labels, Set<NamedPort> ports, Set<AddressRange> locations) {

    static Words of(List<WorkloadClasses> members) {
        Map<String, Set<String>> values = new HashMap<>();
        Set<NamedPort> ports = new HashSet<>();
        Set<AddressRange> locations = new HashSet<>();
        for (WorkloadClasses member : members) {
            ports.addAll(member.ports());
            member.classes().forEach(each -> each.location().ifPresent(locations::add));
            for (Map<String, String> labels : member.labels()) {
                labels.forEach((key, value) ->
                        values.computeIfAbsent(key, unused -> new HashSet<>()).add(value));
            }
        }
        return new Words(values, ports, locations);
    }

    /**
     * Whether any pod has one of these.
     *
     * @param keys of labels, with whatever value
     * @param values of labels, by key
     */
    boolean haveAny(
            Set<String> keys, Map<String, Set<String>> values, Set<NamedPort> named, Set<AddressRange> ranges) {
        if (!Collections.disjoint(labels.keySet(), keys)
                || !Collections.disjoint(ports, named)
                || !Collections.disjoint(locations, ranges)) {
            return true;
        }
        for (Map.Entry<String, Set<String>> each : values.entrySet()) {
            if (!Collections.disjoint(labels.getOrDefault(each.getKey(), Set.of()), each.getValue())) {
                return true;
            }
        }
        return false;
    }
}
