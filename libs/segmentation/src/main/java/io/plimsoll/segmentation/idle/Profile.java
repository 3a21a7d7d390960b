package io.plimsoll.segmentation.idle;

import io.plimsoll.segmentation.idle.Catalogue.Reading;
import io.plimsoll.segmentation.idle.Catalogue.Tiered;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.NamedPorts;
import io.plimsoll.segmentation.topology.PodClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The policies that speak of some classes of pods in one direction: to their rules these classes are the same subject.
 *
 * @param tiered in the order in which they are asked, by place in the catalogue
 * @param readings those with the direction in effect, by place in the catalogue
 * @param ports names of the subject, as rules for ingress ask for them
 */
record Profile(Direction direction, List<Integer> tiered, List<Integer> readings, NamedPorts ports) {

    /** All there are, each once. */
    static List<Profile> of(Catalogue catalogue, List<PodClass> classes) {
        Map<String, List<Integer>> byNamespace = new HashMap<>();
        for (int r = 0; r < catalogue.readings().size(); r++) {
            byNamespace
                    .computeIfAbsent(catalogue.readings().get(r).policy().id().namespace(), unused -> new ArrayList<>())
                    .add(r);
        }
        Map<Profile, Profile> profiles = new LinkedHashMap<>();
        for (int c = 0; c < classes.size(); c++) {
            PodClass pod = classes.get(c);
            for (Direction direction : Direction.values()) {
                List<Integer> tiered = new ArrayList<>();
                for (int t = 0; t < catalogue.tiered().size(); t++) {
                    Tiered each = catalogue.tiered().get(t);
                    if (each.subjects().get(c)
                            && !each.policy().rules(direction).isEmpty()) {
                        tiered.add(t);
                    }
                }
                List<Integer> readings = new ArrayList<>();
                for (int r : byNamespace.getOrDefault(pod.namespace(), List.of())) {
                    Reading each = catalogue.readings().get(r);
                    if (each.subjects().get(c) && each.policy().rules().containsKey(direction)) {
                        readings.add(r);
                    }
                }
                if (!tiered.isEmpty() || !readings.isEmpty()) {
                    NamedPorts ports = direction == Direction.INGRESS ? pod.ports() : NamedPorts.NONE;
                    Profile profile = new Profile(direction, tiered, readings, ports);
                    profiles.putIfAbsent(profile, profile);
                }
            }
        }
        return List.copyOf(profiles.values());
    }

    Profile {
        tiered = List.copyOf(tiered);
        readings = List.copyOf(readings);
    }
}
