package io.plimsoll.segmentation.mesh;

import io.plimsoll.segmentation.policy.LabelSelector;
import java.util.List;
import java.util.Map;

/**
 * One Sidecar of Istio: which services a proxy knows of.
 *
 * @param everywhere true in the root namespace
 * @param hosts as written, {@code namespace/name}, of all egress listeners; all of them when empty
 * @param registryOnly true when what the proxy does not know is refused
 */
record Sidecar(String namespace, boolean everywhere, LabelSelector subject, List<String> hosts, boolean registryOnly) {

    Sidecar {
        hosts = List.copyOf(hosts);
    }

    /** A workload's own before its namespace's before the mesh's. */
    int level() {
        return !subject.isEverything() ? 2 : everywhere ? 0 : 1;
    }

    boolean selects(String podNamespace, Map<String, String> labels) {
        return (everywhere && subject.isEverything() || namespace.equals(podNamespace)) && subject.matches(labels);
    }

    /** Whether a pod's proxy imports a name of a namespace; a dot stands for the pod's namespace, a tilde for none. */
    boolean imports(String podNamespace, String exportingNamespace, String name) {
        return hosts.isEmpty()
                || hosts.stream().anyMatch(host -> imports(host, podNamespace, exportingNamespace, name));
    }

    private static boolean imports(String host, String podNamespace, String exportingNamespace, String name) {
        int slash = host.indexOf('/');
        if (slash < 0) {
            return false;
        }
        String from = host.substring(0, slash);
        boolean visible = from.equals("*") || (from.equals(".") ? podNamespace : from).equals(exportingNamespace);
        return visible && Senders.matches(host.substring(slash + 1), name);
    }
}
