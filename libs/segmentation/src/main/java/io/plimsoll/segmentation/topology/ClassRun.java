package io.plimsoll.segmentation.topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Classes that follow each other, by their place among them. As long as they are the same they go from each state of a cluster to the next,
 * and what they are looked up by goes with them. Immutable, any thread; what is answered is not to be changed.
 */
public final class ClassRun {

    private final List<PodClass> classes;
    private final List<Integer> onHostsNetwork = new ArrayList<>(0);

    /** By key and value the places of the classes that are told by the label; null until somebody asks. */
    private volatile @Nullable Map<String, Map<String, List<Integer>>> byLabel;

    ClassRun(List<PodClass> classes) {
        this.classes = List.copyOf(classes);
        for (int place = 0; place < classes.size(); place++) {
            if (classes.get(place).hostNetwork()) {
                onHostsNetwork.add(place);
            }
        }
    }

    /** Classes of {@link PodClass#hostNetwork}, ascending. */
    List<Integer> onHostsNetwork() {
        return onHostsNetwork;
    }

    /** By its value the classes that have a label, ascending. */
    Map<String, List<Integer>> having(String key) {
        Map<String, Map<String, List<Integer>>> known = byLabel;
        if (known == null) {
            // Two threads may each make it: both make the same.
            known = byLabel();
            byLabel = known;
        }
        return known.getOrDefault(key, Map.of());
    }

    private Map<String, Map<String, List<Integer>>> byLabel() {
        Map<String, Map<String, List<Integer>>> made = new HashMap<>();
        for (int c = 0; c < classes.size(); c++) {
            int place = c;
            classes.get(c)
                    .labels()
                    .forEach((key, value) -> made.computeIfAbsent(key, unused -> new HashMap<>())
                            .computeIfAbsent(value, unused -> new ArrayList<>(1))
                            .add(place));
        }
        return made;
    }
}
