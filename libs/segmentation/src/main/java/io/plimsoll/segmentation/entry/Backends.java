package io.plimsoll.segmentation.entry;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Texts;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.policy.Labels;
import io.plimsoll.segmentation.policy.NamedPort;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Which ports of which workloads stand behind a Service. One without a selector leads where its EndpointSlices or Endpoints say, as far as
 * those are pods of the input.
 */
public final class Backends {

    private final Map<String, Resource> services = new HashMap<>();
    private final Map<String, List<Workload>> byNamespace = new HashMap<>();
    private final Endpoints endpoints;
    /** By namespace, from when it was first asked about: many objects lead into one. */
    private final Map<String, List<Running>> running = new ConcurrentHashMap<>();

    /** A pod, or what declares some, with its labels. */
    private record Running(ResourceId workload, PodTemplate pod, Map<String, String> labels) {}

    public Backends(ClusterState state, List<Workload> workloads) {
        state.all("Service", "").forEach(service -> services.put(key(service.namespace(), service.name()), service));
        workloads.forEach(workload -> byNamespace
                .computeIfAbsent(workload.namespace(), unused -> new ArrayList<>())
                .add(workload));
        endpoints = new Endpoints(state, workloads);
    }

    /** A Service by its name; nothing when it is not in the input. */
    public Optional<Resource> service(String namespace, String name) {
        return Optional.ofNullable(services.get(key(namespace, name)));
    }

    /** The ports of pods behind the ports of a Service that are wanted, by workload; every body declared for it counts. */
    public Map<ResourceId, PortSet> behind(Resource service, Predicate<Value> wanted) {
        Map<ResourceId, PortSet> found = new TreeMap<>();
        for (Resource declared : service.declared()) {
            if (declared.spec().text("type").equals("ExternalName")) {
                continue; // the selector is "Ignored if type is ExternalName"
            }
            Map<String, String> selector = Labels.of(declared.spec().at("selector"));
            List<Value> ports =
                    declared.spec().items("ports").stream().filter(wanted).toList();
            if (selector.isEmpty()) {
                endpoints
                        .behind(declared, ports)
                        .forEach((workload, here) -> found.merge(workload, here, PortSet::union));
                continue;
            }
            for (Running each : running.computeIfAbsent(service.namespace(), this::in)) {
                if (Texts.includes(each.labels(), selector)) {
                    PortSet here = targets(ports, each.pod());
                    found.merge(each.workload(), here, PortSet::union);
                }
            }
        }
        found.values().removeIf(PortSet::isEmpty);
        return found;
    }

    private List<Running> in(String namespace) {
        List<Running> inside = new ArrayList<>();
        for (Workload workload : byNamespace.getOrDefault(namespace, List.of())) {
            for (PodTemplate pod : Pods.alive(workload)) {
                inside.add(new Running(workload.id(), pod, Pods.labels(pod)));
            }
        }
        return inside;
    }

    private static PortSet targets(List<Value> ports, PodTemplate pod) {
        PortSet targets = PortSet.NONE;
        for (Value port : ports) {
            targets = targets.union(target(port, pod));
        }
        return targets;
    }

    /** Where one port of a Service leads on a pod: a number, or a name the pod has under the same protocol. */
    private static PortSet target(Value port, PodTemplate pod) {
        String written = port.at("protocol").present() ? port.text("protocol") : Protocol.TCP.name();
        Optional<Protocol> protocol = Protocol.of(written);
        if (protocol.isEmpty()) {
            return PortSet.NONE;
        }
        Value target = port.at("targetPort").present() ? port.at("targetPort") : port.at("port");
        OptionalLong number = target.integer();
        if (number.isPresent()) {
            return number.getAsLong() >= 1 && number.getAsLong() <= PortSet.PORT_MAX
                    ? PortSet.of(protocol.get(), (int) number.getAsLong())
                    : PortSet.NONE;
        }
        return Pods.ports(pod)
                .resolve(new NamedPort(protocol.get(), target.text().orElse("")));
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
