package io.plimsoll.sensing.kind;

import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is looked at. Secrets, data of ConfigMaps, logs, commands and node proxies are asked by nothing and looked at by nobody. Left out of whole
 * groups is what tells of no intent and moves all the time.
 */
public final class WantedKinds {

    /** Stands for every kind of a group, here and in what a sensor says. */
    public static final String EVERY = "*";

    private static final Map<String, String> ALL = Map.of();

    /** Group to resources and their kinds; none stands for all of the group. */
    private static final Map<String, Map<String, String>> BY_GROUP = Map.ofEntries(
            Map.entry(
                    "",
                    Map.of(
                            "pods", "Pod",
                            "nodes", "Node",
                            "namespaces", "Namespace",
                            "services", "Service",
                            "serviceaccounts", "ServiceAccount",
                            "limitranges", "LimitRange",
                            "resourcequotas", "ResourceQuota",
                            "persistentvolumeclaims", "PersistentVolumeClaim",
                            "replicationcontrollers", "ReplicationController")),
            Map.entry("discovery.k8s.io", Map.of("endpointslices", "EndpointSlice")),
            Map.entry(
                    "apps",
                    Map.of(
                            "deployments", "Deployment",
                            "replicasets", "ReplicaSet",
                            "statefulsets", "StatefulSet",
                            "daemonsets", "DaemonSet")),
            Map.entry("batch", ALL),
            Map.entry("networking.k8s.io", ALL),
            Map.entry("policy", Map.of("poddisruptionbudgets", "PodDisruptionBudget")),
            Map.entry("autoscaling", ALL),
            Map.entry("rbac.authorization.k8s.io", ALL),
            Map.entry("admissionregistration.k8s.io", ALL),
            Map.entry("apiextensions.k8s.io", Map.of("customresourcedefinitions", "CustomResourceDefinition")),
            Map.entry("gateway.networking.k8s.io", ALL),
            Map.entry("policy.networking.k8s.io", ALL),
            Map.entry("cilium.io", ALL),
            Map.entry("crd.projectcalico.org", ALL),
            Map.entry("security.istio.io", ALL),
            Map.entry("networking.istio.io", ALL),
            Map.entry("policy.linkerd.io", ALL),
            Map.entry("kyverno.io", ALL),
            Map.entry("policies.kyverno.io", ALL),
            Map.entry("templates.gatekeeper.sh", ALL),
            Map.entry("constraints.gatekeeper.sh", ALL),
            Map.entry("policy.sigstore.dev", ALL),
            Map.entry("argoproj.io", ALL),
            Map.entry("aquasecurity.github.io", ALL),
            Map.entry("wgpolicyk8s.io", ALL),
            Map.entry("kubevirt.io", ALL),
            Map.entry("velero.io", ALL),
            Map.entry("monitoring.coreos.com", ALL),
            Map.entry("cert-manager.io", ALL));

    private static final String FLUX = ".toolkit.fluxcd.io";

    private static final Set<String> LEFT_OUT = Set.of(
            "ipaddresses.networking.k8s.io",
            "ciliumendpoints.cilium.io",
            "ciliumendpointslices.cilium.io",
            "ciliumidentities.cilium.io",
            "ciliumnodes.cilium.io",
            "blockaffinities.crd.projectcalico.org",
            "ipamblocks.crd.projectcalico.org",
            "ipamhandles.crd.projectcalico.org");

    private WantedKinds() {}

    public static boolean wantsGroup(String group) {
        return BY_GROUP.containsKey(group) || group.endsWith(FLUX);
    }

    public static boolean wants(String group, String plural) {
        Map<String, String> resources = BY_GROUP.get(group);
        if (LEFT_OUT.contains(plural + "." + group)) {
            return false;
        }
        return resources == null ? group.endsWith(FLUX) : resources.isEmpty() || resources.containsKey(plural);
    }

    /**
     * All of it in words, so that a newer reader can tell what an older sensor does not look at: {@code apps/Deployment}, {@code batch/*},
     * {@code /Pod}.
     */
    public static SortedSet<String> words() {
        SortedSet<String> words = new TreeSet<>();
        BY_GROUP.forEach((group, resources) -> {
            for (String kind : resources.isEmpty() ? Set.of(EVERY) : resources.values()) {
                words.add(group + "/" + kind);
            }
        });
        return words;
    }

    /**
     * What is wanted here and is not among the words of another version.
     *
     * @param words as {@link #words} gave them there
     */
    public static SortedSet<String> beyond(Set<String> words) {
        SortedSet<String> beyond = words();
        beyond.removeIf(
                word -> words.contains(word) || words.contains(word.substring(0, word.indexOf('/')) + "/" + EVERY));
        return beyond;
    }
}
