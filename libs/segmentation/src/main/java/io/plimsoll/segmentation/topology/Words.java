package io.plimsoll.segmentation.topology;

import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.NamedPort;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What pods of a namespace could be told apart by, so that a change of what policies say is asked of whole namespaces. Looked up as far as
 * somebody asks, and counted from then on, from each state of the namespace to the next. One thread.
 */
final class Words {

    private List<WorkloadClasses> members;

    /** By key of labels of pods the values, with how often they are there. */
    private final Map<String, Map<String, Integer>> values = new HashMap<>();

    private @Nullable Map<NamedPort, Integer> ports;
    private @Nullable Map<AddressRange, Integer> locations;

    Words(List<WorkloadClasses> members) {
        this.members = members;
    }

    /**
     * Those of the namespace with other members; these are of no more use.
     *
     * @param all members there are now
     */
    Words later(List<WorkloadClasses> all, Collection<WorkloadClasses> gone, Collection<WorkloadClasses> come) {
        members = all;
        come.forEach(member -> count(member, 1));
        gone.forEach(member -> count(member, -1));
        return this;
    }

    private void count(WorkloadClasses member, int times) {
        values.forEach((key, found) -> countValues(member, key, found, times));
        if (ports != null) {
            countPorts(member, ports, times);
        }
        if (locations != null) {
            countLocations(member, locations, times);
        }
    }

    private static void countValues(WorkloadClasses member, String key, Map<String, Integer> found, int times) {
        for (Map<String, String> labels : member.labels()) {
            String value = labels.get(key);
            if (value != null) {
                count(value, found, times);
            }
        }
    }

    private static void countPorts(WorkloadClasses member, Map<NamedPort, Integer> found, int times) {
        member.ports().forEach(port -> count(port, found, times));
    }

    private static void countLocations(WorkloadClasses member, Map<AddressRange, Integer> found, int times) {
        member.classes().forEach(each -> each.location().ifPresent(location -> count(location, found, times)));
    }

    private static <T> void count(T word, Map<T, Integer> found, int times) {
        found.compute(word, (unused, had) -> {
            int has = (had == null ? 0 : had) + times;
            return has == 0 ? null : has;
        });
    }

    /** The values that a label has. */
    Set<String> values(String key) {
        return values.computeIfAbsent(key, asked -> {
                    Map<String, Integer> found = new HashMap<>();
                    members.forEach(member -> countValues(member, asked, found, 1));
                    return found;
                })
                .keySet();
    }

    /** Whether some pod has a name for one of these ports. */
    boolean haveAnyOf(Set<NamedPort> named) {
        if (named.isEmpty()) {
            return false;
        }
        Map<NamedPort, Integer> known = ports;
        if (known == null) {
            Map<NamedPort, Integer> found = new HashMap<>();
            members.forEach(member -> countPorts(member, found, 1));
            known = found;
            ports = found;
        }
        return !Collections.disjoint(known.keySet(), named);
    }

    /** Whether one of these elementary ranges holds the address of some pod, where rules look at it. */
    boolean areInAnyOf(Set<AddressRange> ranges) {
        if (ranges.isEmpty()) {
            return false;
        }
        Map<AddressRange, Integer> known = locations;
        if (known == null) {
            Map<AddressRange, Integer> found = new HashMap<>();
            members.forEach(member -> countLocations(member, found, 1));
            known = found;
            locations = found;
        }
        return !Collections.disjoint(known.keySet(), ranges);
    }
}
