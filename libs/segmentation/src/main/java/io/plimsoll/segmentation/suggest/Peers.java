package io.plimsoll.segmentation.suggest;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.entry.WayIn;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.topology.Pods;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is to be written down: for each workload how it is selected, whom it receives from and sends to. Workloads whose pods
 * are on the host's network are left out: no policy is sure to hold for them.
 */
final class Peers {

    private final SortedMap<ResourceId, Workload> workloads = new TreeMap<>();
    private final SortedMap<ResourceId, StableLabels.Chosen> chosen = new TreeMap<>();
    private final Declarations declared;
    private final List<WayIn> ways;
    private final List<ResourceId> onHost = new ArrayList<>();

    Peers(List<Workload> all, Declarations declared, List<WayIn> ways) {
        this.declared = declared;
        this.ways = ways;
        Map<String, List<Workload>> byNamespace = new TreeMap<>();
        for (Workload each : all) {
            byNamespace
                    .computeIfAbsent(each.namespace(), key -> new ArrayList<>())
                    .add(each);
        }
        for (Workload each : all) {
            List<PodTemplate> alive = Pods.alive(each);
            if (alive.stream().anyMatch(PodTemplate::hostNetwork)) {
                onHost.add(each.id());
            } else if (!alive.isEmpty()) {
                workloads.put(each.id(), each);
                chosen.put(each.id(), StableLabels.of(each, byNamespace.getOrDefault(each.namespace(), List.of())));
            }
        }
    }

    /** Those that policies are written for. */
    SortedMap<ResourceId, Workload> workloads() {
        return workloads;
    }

    List<ResourceId> onHost() {
        return onHost;
    }

    StableLabels.Chosen selector(ResourceId workload) {
        return chosen.getOrDefault(workload, new StableLabels.Chosen(Map.of(), java.util.Set.of(), List.of()));
    }

    List<Need> received(ResourceId workload) {
        return declared.needs().stream()
                .filter(need -> need.destination().equals(workload) && workloads.containsKey(need.source()))
                .toList();
    }

    List<Need> sent(ResourceId workload) {
        return declared.needs().stream()
                .filter(need -> need.source().equals(workload) && workloads.containsKey(need.destination()))
                .toList();
    }

    /** Ports that a controller of Ingresses, Routes and Gateways leads to. */
    PortSet fromController(ResourceId workload) {
        return ports(workload, true);
    }

    /** Ports that stand open to the outside. */
    PortSet fromOutside(ResourceId workload) {
        return ports(workload, false).union(declared.fromOutside().getOrDefault(workload, PortSet.NONE));
    }

    private PortSet ports(ResourceId workload, boolean controller) {
        PortSet ports = PortSet.NONE;
        for (WayIn way : ways) {
            if (way.workload().equals(workload) && controller == (way.door() == WayIn.Door.CONTROLLER)) {
                ports = ports.union(way.ports());
            }
        }
        return ports;
    }

    PortSet toOutside(ResourceId workload) {
        return declared.outside().getOrDefault(workload, PortSet.NONE);
    }

    /** Whether it looks up any name. */
    boolean asksNames(ResourceId workload) {
        return !sent(workload).isEmpty() || !toOutside(workload).isEmpty();
    }
}
