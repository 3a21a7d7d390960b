package io.plimsoll.segmentation.topology;

import io.plimsoll.segmentation.mesh.MeshPlace;
import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.NamedPorts;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pods that no policy in force tells apart: same namespace, same labels as far as selectors look at them, same names for
 * ports as far as rules use them, same side of every boundary of addresses as far as rules look at addresses of pods. A pod
 * with an address of each family is in two classes, one for each. Immutable, any thread.
 */
public final class PodClass {

    private final String namespace;
    private final Map<String, String> namespaceLabels;
    private final Map<String, String> labels;
    private final NamedPorts ports;
    private final boolean hostNetwork;
    private final boolean host;
    private final MeshPlace place;
    private final Optional<AddressRange> location;

    /** Of what differs within a namespace alone: classes are looked up among those of one, at each change. */
    private final int hash;

    PodClass(
            String namespace,
            Map<String, String> namespaceLabels,
            Map<String, String> labels,
            NamedPorts ports,
            boolean hostNetwork,
            boolean host,
            MeshPlace place,
            Optional<AddressRange> location) {
        this.namespace = namespace;
        this.namespaceLabels = Map.copyOf(namespaceLabels);
        this.labels = Map.copyOf(labels);
        this.ports = ports;
        this.hostNetwork = hostNetwork;
        this.host = host;
        this.place = place;
        this.location = location;
        this.hash = 31 * (31 * this.labels.hashCode() + ports.hashCode()) + location.hashCode();
    }

    public String namespace() {
        return namespace;
    }

    /** All of them. */
    public Map<String, String> namespaceLabels() {
        return namespaceLabels;
    }

    /** Of the pods, as far as selectors tell them apart, see {@link io.plimsoll.segmentation.policy.Vocabulary#told}. */
    public Map<String, String> labels() {
        return labels;
    }

    /** Those that some rule asks for; none for host pods, whose names no rule can be sure of. */
    public NamedPorts ports() {
        return ports;
    }

    /** True for pods on the host's network, which no cluster-wide policy selects. */
    public boolean hostNetwork() {
        return hostNetwork;
    }

    /** True for those of them that are treated as their node. */
    public boolean host() {
        return host;
    }

    /** In the mesh, as far as its policies ask. */
    public MeshPlace place() {
        return place;
    }

    /** The elementary range that holds the address; empty when it is not known, or no rule looks. */
    public Optional<AddressRange> location() {
        return location;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof PodClass pod
                        && hash == pod.hash
                        && hostNetwork == pod.hostNetwork
                        && host == pod.host
                        && namespace.equals(pod.namespace)
                        && labels.equals(pod.labels)
                        && ports.equals(pod.ports)
                        && location.equals(pod.location)
                        && place.equals(pod.place)
                        && namespaceLabels.equals(pod.namespaceLabels);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return namespace
                + labels
                + ports.numbers()
                + location.map(at -> " in " + at).orElse("");
    }

    /** The same with no address known. */
    PodClass unlocated() {
        return new PodClass(namespace, namespaceLabels, labels, ports, hostNetwork, host, place, Optional.empty());
    }

    /** False when both have an address and none in common: such classes never meet. */
    public boolean sharesFamilyWith(PodClass other) {
        return location.isEmpty()
                || other.location.isEmpty()
                || location.get().family() == other.location.get().family();
    }
}
