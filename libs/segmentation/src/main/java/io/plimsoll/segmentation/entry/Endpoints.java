package io.plimsoll.segmentation.entry;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.policy.Address;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Protocol;
import io.plimsoll.segmentation.topology.Pods;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Where a Service without a selector leads: EndpointSlices (discovery.k8s.io) labelled with its name, and Endpoints of its name. An
 * endpoint is a pod by its {@code targetRef}, else by its address; a port belongs to the Service's port of the same name.
 */
final class Endpoints {

    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    private final Map<String, List<Resource>> slices = new HashMap<>();
    private final Map<String, Resource> endpoints = new HashMap<>();
    private final Map<String, ResourceId> byPod = new HashMap<>();
    private final Map<Address, ResourceId> byAddress = new HashMap<>();

    Endpoints(ClusterState state, List<Workload> workloads) {
        for (Resource slice : state.all("EndpointSlice", "discovery.k8s.io")) {
            String service = slice.labels().getOrDefault(SERVICE_NAME, "");
            slices.computeIfAbsent(key(slice.namespace(), service), unused -> new ArrayList<>())
                    .add(slice);
        }
        state.all("Endpoints", "").forEach(each -> endpoints.put(key(each.namespace(), each.name()), each));
        if (slices.isEmpty() && endpoints.isEmpty()) {
            return;
        }
        for (Workload workload : workloads) {
            for (PodTemplate pod : Pods.alive(workload)) {
                if (pod.resource().kind().equals("Pod")) {
                    byPod.put(key(workload.namespace(), pod.resource().name()), workload.id());
                    pod.addresses().stream()
                            .flatMap(written -> Address.parse(written).stream())
                            .forEach(address -> byAddress.put(address, workload.id()));
                }
            }
        }
    }

    /** The ports of pods, by workload; empty where nothing is declared, or what is declared is no pod of the input. */
    Map<ResourceId, PortSet> behind(Resource service, List<Value> wanted) {
        Map<ResourceId, PortSet> found = new TreeMap<>();
        String key = key(service.namespace(), service.name());
        for (Resource slice : slices.getOrDefault(key, List.of())) {
            PortSet ports = ports(slice.body().items("ports"), wanted);
            for (Value endpoint : slice.body().items("endpoints")) {
                for (String address : endpoint.at("addresses").texts()) {
                    workload(service.namespace(), endpoint, address)
                            .ifPresent(id -> found.merge(id, ports, PortSet::union));
                }
            }
        }
        Resource legacy = endpoints.get(key);
        if (legacy != null && !slices.containsKey(key)) {
            for (Value subset : legacy.body().items("subsets")) {
                PortSet ports = ports(subset.items("ports"), wanted);
                for (Value address : subset.items("addresses")) {
                    workload(service.namespace(), address, address.text("ip"))
                            .ifPresent(id -> found.merge(id, ports, PortSet::union));
                }
            }
        }
        found.values().removeIf(PortSet::isEmpty);
        return found;
    }

    private Optional<ResourceId> workload(String namespace, Value endpoint, String address) {
        Value target = endpoint.at("targetRef");
        if (target.text("kind").equals("Pod")) {
            return Optional.ofNullable(
                    byPod.get(key(target.at("namespace").text().orElse(namespace), target.text("name"))));
        }
        return Address.parse(address).map(byAddress::get);
    }

    private static PortSet ports(List<Value> ports, List<Value> wanted) {
        PortSet found = PortSet.NONE;
        for (Value port : ports) {
            boolean asked = wanted.stream().anyMatch(each -> each.text("name").equals(port.text("name")));
            OptionalLong number = port.at("port").integer();
            Optional<Protocol> protocol =
                    port.at("protocol").present() ? Protocol.of(port.text("protocol")) : Optional.of(Protocol.TCP);
            if (asked && protocol.isPresent() && number.orElse(0) >= 1 && number.orElse(0) <= PortSet.PORT_MAX) {
                found = found.union(PortSet.of(protocol.get(), (int) number.orElse(0)));
            }
        }
        return found;
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
