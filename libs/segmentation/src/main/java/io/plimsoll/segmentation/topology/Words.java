package io.plimsoll.segmentation.topology;

import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.NamedPort;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What pods of a namespace could be told apart by, so that a change of what policies say is asked of whole namespaces. Looked up as far as
 * somebody asks, and known from then on. One thread.
 */
final class Words {

    private final List<WorkloadClasses> members;

    /** By key of labels of pods the values. */
    private final Map<String, Set<String>> values = new HashMap<>();

    private @Nullable Set<NamedPort> ports;
    private @Nullable Set<AddressRange> locations;

    Words(List<WorkloadClasses> members) {
        this.members = members;
    }

    /** The values that a label has. */
    Set<String> values(String key) {
        return values.computeIfAbsent(key, asked -> {
            Set<String> found = new HashSet<>();
            for (WorkloadClasses member : members) {
                for (Map<String, String> labels : member.labels()) {
                    String value = labels.get(asked);
                    if (value != null) {
                        found.add(value);
                    }
                }
            }
            return found;
        });
    }

    /** Whether some pod has a name for one of these ports. */
    boolean haveAnyOf(Set<NamedPort> named) {
        if (named.isEmpty()) {
            return false;
        }
        Set<NamedPort> known = ports;
        if (known == null) {
            known = new HashSet<>();
            for (WorkloadClasses member : members) {
                known.addAll(member.ports());
            }
            ports = known;
        }
        return !Collections.disjoint(known, named);
    }

    /** Whether one of these elementary ranges holds the address of some pod, where rules look at it. */
    boolean areInAnyOf(Set<AddressRange> ranges) {
        if (ranges.isEmpty()) {
            return false;
        }
        Set<AddressRange> known = locations;
        if (known == null) {
            known = new HashSet<>();
            for (WorkloadClasses member : members) {
                for (PodClass each : member.classes()) {
                    each.location().ifPresent(known::add);
                }
            }
            locations = known;
        }
        return !Collections.disjoint(known, ranges);
    }
}
