package io.plimsoll.assessment.cluster;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import java.util.List;
import java.util.Map;

/**
 * Clusters that somebody runs on a machine of their own (stage-model 1.1), told by what the programs that make them leave on the nodes. What
 * also serves at the edge (k3s, MicroK8s) is not told apart and is no local cluster.
 */
final class LocalCluster {

    /** More nodes than that are not one machine's, whatever made them. */
    private static final int NODES_MAX = 3;

    private static final Map<String, String> BY_NAME = Map.of(
            "docker-desktop", "docker-desktop",
            "lima-rancher-desktop", "rancher-desktop",
            "rancher-desktop", "rancher-desktop",
            "orbstack", "orbstack",
            "colima", "colima",
            "crc", "crc");

    private LocalCluster() {}

    /** What made the cluster, for instance {@code kind}; empty unless each of its one to three nodes says the same. */
    static String of(ClusterState state) {
        List<Resource> nodes = state.all("Node", "");
        if (nodes.isEmpty() || nodes.size() > NODES_MAX) {
            return "";
        }
        String first = maker(nodes.getFirst());
        return nodes.stream().allMatch(node -> maker(node).equals(first)) ? first : "";
    }

    private static String maker(Resource node) {
        String provider = node.spec().text("providerID");
        if (provider.startsWith("kind://")) {
            return "kind";
        }
        if (node.labels().containsKey("minikube.k8s.io/name")) {
            return "minikube";
        }
        if (provider.startsWith("k3s://k3d-") || node.name().startsWith("k3d-")) {
            return "k3d";
        }
        if (node.name().startsWith("colima-")) {
            return "colima";
        }
        return node.name().startsWith("crc-") ? "crc" : BY_NAME.getOrDefault(node.name(), "");
    }
}
