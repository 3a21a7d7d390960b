package io.plimsoll.segmentation.topology;

import io.plimsoll.segmentation.mesh.MeshPlace;
import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.NamedPorts;
import java.util.Map;
import java.util.Optional;

/**
 * Pods that no policy in force tells apart: same namespace, same labels as far as selectors look at them, same names for
 * ports as far as rules use them, same side of every boundary of addresses as far as rules look at addresses of pods. A pod
 * with an address of each family is in two classes, one for each.
 *
 * @param namespaceLabels all of them
 * @param labels of the pods as far as selectors tell them apart, see {@link io.plimsoll.segmentation.policy.Vocabulary#told}
 * @param ports those that some rule asks for; none for host pods, whose names no rule can be sure of
 * @param hostNetwork true for pods on the host's network, which no cluster-wide policy selects
 * @param host true for those of them that are treated as their node
 * @param place in the mesh, as far as its policies ask
 * @param location the elementary range that holds the address; empty when it is not known, or no rule looks
 */
public record PodClass(
        String namespace,
        Map<String, String> namespaceLabels,
        Map<String, String> labels,
        NamedPorts ports,
        boolean hostNetwork,
        boolean host,
        MeshPlace place,
        Optional<AddressRange> location) {

    public PodClass {
        namespaceLabels = Map.copyOf(namespaceLabels);
        labels = Map.copyOf(labels);
    }

    /** Of what differs within a namespace alone: classes are looked up among those of one, at each change. */
    @Override
    public int hashCode() {
        return 31 * (31 * labels.hashCode() + ports.hashCode()) + location.hashCode();
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
