package io.plimsoll.scanning.match;

import io.plimsoll.scanning.advisory.Cve;
import io.plimsoll.scanning.advisory.Standing;
import io.plimsoll.scanning.version.Version;
import io.plimsoll.scanning.version.VersionScheme;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Hits that share a name are one weakness: the advisories of all databases about it, merged. */
final class Hits {

    /** @param names all names of the weakness */
    record Group(TreeSet<String> names, List<Hit> hits) {

        /** Its CVE name, the lowest of several; else the lowest of its names. */
        String primary() {
            for (String name : names) {
                if (Cve.isName(name)) {
                    return name;
                }
            }
            return names.first();
        }

        List<String> aliases() {
            String primary = primary();
            return names.stream().filter(name -> !name.equals(primary)).toList();
        }

        List<String> advisories() {
            return hits.stream()
                    .map(hit -> hit.advisory().id())
                    .distinct()
                    .sorted()
                    .toList();
        }

        /**
         * The highest of the published fixes, so that none of the advisories holds against it; empty when none is
         * published.
         */
        Optional<String> fixedIn(VersionScheme scheme) {
            @Nullable Version highest = null;
            for (Hit hit : hits) {
                if (hit.fixedIn().isPresent()
                        && scheme.read(hit.fixedIn().get()) instanceof Version version
                        && (highest == null || version.compareTo(highest) > 0)) {
                    highest = version;
                }
            }
            return highest == null ? Optional.empty() : Optional.of(highest.text());
        }

        /** What stands when advisories differ: affected outweighs every milder word. */
        Standing standing() {
            Set<Standing> all = new LinkedHashSet<>();
            hits.forEach(hit -> all.add(hit.standing()));
            for (Standing standing : List.of(
                    Standing.AFFECTED,
                    Standing.UNDER_INVESTIGATION,
                    Standing.WILL_NOT_FIX,
                    Standing.END_OF_LIFE,
                    Standing.UNIMPORTANT,
                    Standing.INFORMATIONAL)) {
                if (all.contains(standing)) {
                    return standing;
                }
            }
            return Standing.NOT_AFFECTED;
        }
    }

    private Hits() {}

    static List<Group> grouped(List<Hit> hits) {
        int[] parents = new int[hits.size()];
        Map<String, Integer> byName = new HashMap<>();
        for (int i = 0; i < parents.length; i++) {
            parents[i] = i;
            for (String name : hits.get(i).names()) {
                Integer other = byName.putIfAbsent(name, i);
                if (other != null) {
                    parents[root(parents, i)] = root(parents, other);
                }
            }
        }
        Map<Integer, Group> groups = new LinkedHashMap<>();
        for (int i = 0; i < parents.length; i++) {
            Group group =
                    groups.computeIfAbsent(root(parents, i), root -> new Group(new TreeSet<>(), new ArrayList<>()));
            group.names().addAll(hits.get(i).names());
            group.hits().add(hits.get(i));
        }
        return List.copyOf(groups.values());
    }

    private static int root(int[] parents, int of) {
        int at = of;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }
}
