package io.plimsoll.segmentation.mesh;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.policy.LabelSelector;
import java.util.Map;

/**
 * One PeerAuthentication of Istio: which ports take mutual TLS alone.
 *
 * @param everywhere true in the root namespace
 * @param strict what it says for ports in general; UNSET asks the wider one
 * @param ports what it says for single ports, of TCP
 */
record PeerAuthentication(
        ResourceId id, boolean everywhere, LabelSelector subject, Mode strict, Map<Integer, Mode> ports) {

    /** Whether plain text is refused. */
    enum Mode {
        STRICT,
        OPEN,
        UNSET;

        static Mode of(String written) {
            return switch (written) {
                case "STRICT" -> STRICT;
                case "PERMISSIVE", "DISABLE" -> OPEN;
                default -> UNSET;
            };
        }
    }

    PeerAuthentication {
        ports = Map.copyOf(ports);
    }

    /** 0 for the mesh, 1 for a namespace, 2 for some workloads: the narrowest decides. */
    int level() {
        return !subject.isEverything() ? 2 : everywhere ? 0 : 1;
    }

    boolean selects(String podNamespace, Map<String, String> labels) {
        return (everywhere && subject.isEverything() || id.namespace().equals(podNamespace)) && subject.matches(labels);
    }
}
