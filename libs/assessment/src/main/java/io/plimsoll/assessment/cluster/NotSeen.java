package io.plimsoll.assessment.cluster;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Kinds that a live cluster did not show. They travel as objects among the others, so that every engine judges the same input: a kind
 * {@value #KIND} of the group {@value #GROUP}, which no cluster has, named {@code KIND.GROUP}. What fails because nothing of such a kind was found
 * is unknown: it may be there.
 */
public record NotSeen(Set<String> kinds) {

    public static final String GROUP = "plimsoll.io";
    public static final String KIND = "NotSeen";

    private static final Set<String> SEGMENTATION = Set.of(
            "default-deny-egress", "default-deny-ingress", "egress-isolated", "ingress-isolated", "ingress-selected");
    private static final Set<String> GUARDRAILS = Set.of(
            "guardrails-deep",
            "guardrails-numerous",
            "rules-codified",
            "image-declared-registry-rule",
            "image-own-registry-rule",
            "image-policies-bind",
            "image-signature-verified",
            "policy-parity");
    private static final Set<String> DELIVERY = Set.of("namespace-automated", "manual-writes-rare");
    private static final Set<String> NAMESPACES = Set.of("namespace-owned", "baseline-enforced", "findings-owned");
    private static final Set<String> MESH = Set.of("mesh-strict", "mesh-covers");
    private static final Set<String> RUNNING =
            Set.of("runtime-sensor", "image-policies-bind", "image-signature-verified", "mesh-covers");
    private static final Set<String> ENTRIES = Set.of("entry-encrypted", "entry-owned");

    private static final Map<String, Set<String>> BY_GROUP = Map.ofEntries(
            Map.entry("networking.k8s.io", SEGMENTATION),
            Map.entry("policy.networking.k8s.io", SEGMENTATION),
            Map.entry("cilium.io", SEGMENTATION),
            Map.entry("crd.projectcalico.org", SEGMENTATION),
            Map.entry("admissionregistration.k8s.io", GUARDRAILS),
            Map.entry("kyverno.io", GUARDRAILS),
            Map.entry("policies.kyverno.io", GUARDRAILS),
            Map.entry("templates.gatekeeper.sh", GUARDRAILS),
            Map.entry("constraints.gatekeeper.sh", GUARDRAILS),
            Map.entry("policy.sigstore.dev", GUARDRAILS),
            Map.entry("argoproj.io", DELIVERY),
            Map.entry("kustomize.toolkit.fluxcd.io", DELIVERY),
            Map.entry("helm.toolkit.fluxcd.io", DELIVERY),
            Map.entry("security.istio.io", MESH),
            Map.entry("policy.linkerd.io", MESH),
            Map.entry("gateway.networking.k8s.io", ENTRIES),
            Map.entry("cert-manager.io", ENTRIES),
            Map.entry("apps", RUNNING));

    /** By kind, where the others of its group settle something else. */
    private static final Map<String, Set<String>> BY_KIND = Map.of(
            "Namespace",
            NAMESPACES,
            "Pod",
            RUNNING,
            "Node",
            Set.of("kubernetes-supported"),
            "Ingress.networking.k8s.io",
            ENTRIES,
            "IngressClass.networking.k8s.io",
            Set.of(),
            "ServiceCIDR.networking.k8s.io",
            Set.of());

    public NotSeen {
        kinds = Set.copyOf(kinds);
    }

    /** What a state says was not shown. */
    public static NotSeen of(ClusterState state) {
        Set<String> kinds = new TreeSet<>();
        for (Resource each : state.all(KIND, GROUP)) {
            kinds.add(each.name());
        }
        return new NotSeen(kinds);
    }

    /** The object that says that a kind was not shown. */
    public static Value.Obj object(String group, String kind) {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("apiVersion", new Value.Text(GROUP + "/v1", 0));
        fields.put("kind", new Value.Text(KIND, 0));
        fields.put(
                "metadata",
                new Value.Obj(Map.of("name", new Value.Text(group.isEmpty() ? kind : kind + "." + group, 0)), 0));
        return new Value.Obj(fields, 0);
    }

    /** The evidence with what such a kind could change made unknown. */
    List<Evidence> judged(List<Evidence> evidence) {
        if (kinds.isEmpty()) {
            return evidence;
        }
        List<Evidence> judged = new ArrayList<>(evidence.size());
        for (Evidence each : evidence) {
            judged.add(each.state() == EvidenceState.FAIL ? judged(each) : each);
        }
        return judged;
    }

    private Evidence judged(Evidence failed) {
        for (String kind : kinds) {
            if (settledBy(kind).contains(failed.control())) {
                return Evidence.unknown(
                        failed.control(),
                        failed.subject(),
                        Reason.PERMISSION_DENIED,
                        "the cluster does not show " + kind + ", which could settle it",
                        failed.source());
            }
        }
        return failed;
    }

    private static Set<String> settledBy(String kind) {
        Set<String> controls = BY_KIND.get(kind);
        int dot = kind.indexOf('.');
        return controls != null ? controls : BY_GROUP.getOrDefault(kind.substring(dot + 1), Set.of());
    }
}
