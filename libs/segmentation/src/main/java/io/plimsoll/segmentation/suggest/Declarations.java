package io.plimsoll.segmentation.suggest;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Container;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.entry.Backends;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Protocol;
import io.plimsoll.segmentation.topology.Pods;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What workloads say they need: Services named in environment, commands, arguments and the ConfigMaps they use. A Service
 * counts where its name stands with a port or a scheme, or is all of a value. One thread.
 */
final class Declarations {

    private final Backends backends;
    private final Map<String, Resource> configMaps = new HashMap<>();
    private final SortedMap<String, Need> needs = new TreeMap<>();
    private final SortedMap<ResourceId, PortSet> outside = new TreeMap<>();
    private final SortedMap<ResourceId, PortSet> fromOutside = new TreeMap<>();
    private final SortedMap<ResourceId, SortedMap<String, String>> unnamed = new TreeMap<>();

    private Declarations(ClusterState state, List<Workload> workloads) {
        this.backends = new Backends(state, workloads);
        state.all("ConfigMap", "").forEach(map -> configMaps.put(map.namespace() + "/" + map.name(), map));
    }

    /** Nobody declares anything. */
    static Declarations none() {
        return new Declarations(new ClusterState("", ClusterMode.MANIFESTS, List.of()), List.of());
    }

    /** What is declared, and what was seen besides. */
    static Declarations of(ClusterState state, List<Workload> workloads, Flows seen) {
        Declarations found = new Declarations(state, workloads);
        for (Workload workload : workloads) {
            for (PodTemplate pod : Pods.alive(workload)) {
                found.read(workload, pod);
            }
        }
        seen.between().forEach(found::add);
        seen.toOutside().forEach((workload, ports) -> found.outside.merge(workload, ports, PortSet::union));
        found.fromOutside.putAll(seen.fromOutside());
        return found;
    }

    /** In the order of source and destination. */
    List<Need> needs() {
        return needs.values().stream().sorted().toList();
    }

    /** Ports of addresses outside that workloads name; nobody says which addresses. */
    SortedMap<ResourceId, PortSet> outside() {
        return outside;
    }

    /** Ports on which workloads were seen to receive from outside. */
    SortedMap<ResourceId, PortSet> fromOutside() {
        return fromOutside;
    }

    /** Names that mean no Service of the input and no host outside, with the field, by workload. */
    SortedMap<ResourceId, SortedMap<String, String>> unnamed() {
        return unnamed;
    }

    private void read(Workload workload, PodTemplate pod) {
        for (Container container : pod.containers()) {
            Map<String, String> env = new LinkedHashMap<>();
            for (Value variable : container.body().items("env")) {
                String name = variable.text("name");
                env.put(name, expanded(variable.text("value"), env));
                read(workload, env.getOrDefault(name, ""), "env " + name);
                Value key = variable.at("valueFrom", "configMapKeyRef");
                configMap(workload, key.text("name"), each -> each.equals(key.text("key")));
            }
            for (Value from : container.body().items("envFrom")) {
                configMap(workload, from.at("configMapRef").text("name"), each -> true);
            }
            for (String field : List.of("command", "args")) {
                container.body().at(field).texts().forEach(text -> read(workload, expanded(text, env), field));
            }
        }
        for (Value volume : pod.spec().items("volumes")) {
            configMap(workload, volume.at("configMap").text("name"), each -> true);
            for (Value source : volume.items("projected", "sources")) {
                configMap(workload, source.at("configMap").text("name"), each -> true);
            }
        }
    }

    /** "Variable references $(VAR_NAME) are expanded using the previously defined environment variables" (Kubernetes, EnvVar). */
    private static String expanded(String text, Map<String, String> env) {
        String expanded = text;
        for (Map.Entry<String, String> each : env.entrySet()) {
            expanded = expanded.replace("$(" + each.getKey() + ")", each.getValue());
        }
        return expanded;
    }

    private void configMap(Workload workload, String name, Predicate<String> wanted) {
        Resource map = configMaps.get(workload.namespace() + "/" + name);
        if (map == null) {
            return;
        }
        map.body().at("data").fields().forEach((key, value) -> {
            if (wanted.test(key)) {
                read(workload, value.text().orElse(""), "ConfigMap " + name + " " + key);
            }
        });
    }

    private void read(Workload workload, String text, String where) {
        for (Address address : Address.in(text)) {
            Optional<Resource> service = service(workload.namespace(), address.host());
            if (service.isPresent()) {
                need(workload, service.get(), address, where);
            } else if (isOutside(address)) {
                outside.merge(workload.id(), PortSet.of(Protocol.TCP, address.portOrDefault()), PortSet::union);
            } else if (!address.scheme().isEmpty() && !isLocal(address.host())) {
                unnamed.computeIfAbsent(workload.id(), id -> new TreeMap<>()).putIfAbsent(address.host(), where);
            }
        }
    }

    /** {@code service}, {@code service.namespace}, with {@code svc} and a domain behind, or one pod of a headless Service. */
    private Optional<Resource> service(String namespace, String host) {
        String[] parts = host.split("\\.");
        Optional<Resource> found =
                switch (parts.length) {
                    case 1 -> backends.service(namespace, parts[0]);
                    case 2 -> backends.service(parts[1], parts[0]);
                    default -> parts[2].equals("svc") ? backends.service(parts[1], parts[0]) : Optional.empty();
                };
        if (found.isPresent() || parts.length < 3) {
            return found;
        }
        boolean ofPod = parts.length == 3 || parts[3].equals("svc");
        return ofPod ? backends.service(parts[2], parts[1]) : Optional.empty();
    }

    private void need(Workload workload, Resource service, Address address, String where) {
        int port = address.portOrDefault();
        Map<ResourceId, PortSet> behind = backends.behind(service, each -> leads(each, port));
        if (behind.isEmpty() && address.port() == 0) {
            behind = backends.behind(service, each -> true);
        }
        behind.forEach((destination, ports) -> {
            if (!destination.equals(workload.id())) {
                add(new Need(workload.id(), destination, ports, where));
            }
        });
    }

    private void add(Need need) {
        needs.merge(need.source() + " " + need.destination(), need, Need::with);
    }

    private static boolean leads(Value servicePort, int port) {
        String written = Integer.toString(port);
        return port == 0
                || servicePort.text("port").equals(written)
                || servicePort.text("targetPort").equals(written);
    }

    /** A host of the outside world, by scheme and domain; never a name within the cluster. */
    private static boolean isOutside(Address address) {
        String host = address.host();
        int port = address.portOrDefault();
        return !address.scheme().isEmpty()
                && port >= 1
                && port <= PortSet.PORT_MAX
                && host.indexOf('.') > 0
                && !isLocal(host)
                && !host.endsWith(".svc")
                && !host.contains(".svc.");
    }

    private static boolean isLocal(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("0.0.0.0");
    }
}
