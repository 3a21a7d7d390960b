package io.plimsoll.sensing.kind;

import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/** Reads what a cluster serves: documents of {@code /apis} and of each group and version. */
public final class Discovery {

    private Discovery() {}

    /**
     * @param versions in the server's order, the preferred one first
     */
    public record Group(String name, List<String> versions) {}

    /** Groups of an {@code APIGroupList} that are looked at. */
    public static List<Group> groups(Value list) {
        List<Group> groups = new ArrayList<>();
        for (Value group : list.items("groups")) {
            if (WantedKinds.wantsGroup(group.text("name"))) {
                SequencedSet<String> versions = new LinkedHashSet<>();
                group.at("preferredVersion", "version").text().ifPresent(versions::add);
                group.items("versions").forEach(each -> versions.add(each.text("version")));
                versions.remove("");
                groups.add(new Group(group.text("name"), List.copyOf(versions)));
            }
        }
        return groups;
    }

    /** Kinds of an {@code APIResourceList} that are looked at and can be listed and watched; parts of objects are none. */
    public static List<ServedKind> kinds(String group, String version, Value list) {
        List<ServedKind> kinds = new ArrayList<>();
        for (Value each : list.items("resources")) {
            String plural = each.text("name");
            List<String> verbs = each.at("verbs").texts();
            if (!plural.contains("/")
                    && !plural.isEmpty()
                    && !each.text("kind").isEmpty()
                    && verbs.contains("list")
                    && verbs.contains("watch")
                    && WantedKinds.wants(group, plural)) {
                kinds.add(new ServedKind(group, version, each.text("kind"), plural));
            }
        }
        return kinds;
    }

    /** Each kind once, in the first version that has it: a group may serve some of its kinds in none but a later one. */
    public static List<ServedKind> once(Collection<ServedKind> inTheServersOrder) {
        Map<String, ServedKind> once = new LinkedHashMap<>();
        inTheServersOrder.forEach(each -> once.putIfAbsent(each.resource(), each));
        return List.copyOf(once.values());
    }
}
