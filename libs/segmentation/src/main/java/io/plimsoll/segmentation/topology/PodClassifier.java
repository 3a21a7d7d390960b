package io.plimsoll.segmentation.topology;

import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.segmentation.mesh.MeshPlace;
import io.plimsoll.segmentation.mesh.MeshPolicies;
import io.plimsoll.segmentation.policy.Address;
import io.plimsoll.segmentation.policy.AddressFamily;
import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.NamedPort;
import io.plimsoll.segmentation.policy.NamedPorts;
import io.plimsoll.segmentation.policy.Vocabulary;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells for one pod specification which classes its pods are in: as coarse as the vocabulary allows. Any thread. */
final class PodClassifier {

    private final Vocabulary vocabulary;
    private final HostNetwork hostNetwork;
    private final ExternalRanges ranges;
    private final MeshPolicies mesh;

    PodClassifier(Vocabulary vocabulary, HostNetwork hostNetwork, ExternalRanges ranges, MeshPolicies mesh) {
        this.vocabulary = vocabulary;
        this.hostNetwork = hostNetwork;
        this.ranges = ranges;
        this.mesh = mesh;
    }

    /** One class, or one for each family of addresses of a pod that runs. */
    List<PodClass> classesOf(SeenPod pod, String namespace, Map<String, String> namespaceLabels) {
        Map<String, String> labels = vocabulary.told(namespace, pod.labels());
        boolean host = hostNetwork == HostNetwork.AS_NODE && pod.hostNetwork();
        Map<NamedPort, Integer> ports = new HashMap<>();
        if (!host) {
            ports.putAll(pod.ports().numbers());
            ports.keySet().retainAll(vocabulary.ports());
        }
        NamedPorts names = new NamedPorts(ports);
        MeshPlace place = mesh.place(pod.template(), namespaceLabels);
        return locations(pod.template(), host).stream()
                .map(location -> new PodClass(
                        namespace, namespaceLabels, labels, names, pod.hostNetwork(), host, place, location))
                .toList();
    }

    private List<Optional<AddressRange>> locations(PodTemplate template, boolean host) {
        Map<AddressFamily, AddressRange> known = new EnumMap<>(AddressFamily.class);
        if (vocabulary.podAddresses() || host && !vocabulary.ranges().isEmpty()) {
            for (String written : template.addresses()) {
                Address.parse(written)
                        .ifPresent(address -> known.putIfAbsent(address.family(), ranges.holding(address)));
            }
        }
        return known.isEmpty()
                ? List.of(Optional.empty())
                : known.values().stream().map(Optional::of).toList();
    }
}
