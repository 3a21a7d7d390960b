package io.plimsoll.sensing.kind;

import java.util.Map;
import java.util.Set;

/**
 * What is looked at. Secrets, data of ConfigMaps, logs, commands and node proxies are asked by nothing and looked at by nobody. Left out of whole
 * groups is what tells of no intent and moves all the time.
 */
public final class WantedKinds {

    private static final Set<String> ALL = Set.of();

    /** Group to resources; none stands for all of the group. */
    private static final Map<String, Set<String>> BY_GROUP = Map.ofEntries(
            Map.entry(
                    "",
                    Set.of(
                            "pods",
                            "nodes",
                            "namespaces",
                            "services",
                            "serviceaccounts",
                            "limitranges",
                            "resourcequotas",
                            "persistentvolumeclaims",
                            "replicationcontrollers")),
            Map.entry("discovery.k8s.io", Set.of("endpointslices")),
            Map.entry("apps", Set.of("deployments", "replicasets", "statefulsets", "daemonsets")),
            Map.entry("batch", ALL),
            Map.entry("networking.k8s.io", ALL),
            Map.entry("policy", Set.of("poddisruptionbudgets")),
            Map.entry("autoscaling", ALL),
            Map.entry("rbac.authorization.k8s.io", ALL),
            Map.entry("admissionregistration.k8s.io", ALL),
            Map.entry("apiextensions.k8s.io", Set.of("customresourcedefinitions")),
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
        Set<String> resources = BY_GROUP.get(group);
        if (LEFT_OUT.contains(plural + "." + group)) {
            return false;
        }
        return resources == null ? group.endsWith(FLUX) : resources.isEmpty() || resources.contains(plural);
    }
}
