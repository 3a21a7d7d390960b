package io.plimsoll.audit.guardrail;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Canonical;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One object that states policy for a whole cluster, to be compared between clusters.
 *
 * @param name with its namespace before it where it has one
 * @param specHash SHA-256 of the canonical specification: neither metadata nor status, keys in order. Of an object declared
 *     several times, of all its specifications together.
 */
public record PolicyObject(String kind, String name, String specHash, Source source) {

    /** Where a mesh keeps the policies that hold everywhere. */
    private static final String MESH_ROOT = "istio-system";

    private static final Map<String, Set<String>> KINDS = Map.of(
            "admissionregistration.k8s.io",
            Set.of("ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"),
            "templates.gatekeeper.sh",
            Set.of("ConstraintTemplate"),
            "kyverno.io",
            Set.of("ClusterPolicy", "Policy"),
            "policies.kyverno.io",
            Set.of(
                    "ValidatingPolicy",
                    "NamespacedValidatingPolicy",
                    "ImageValidatingPolicy",
                    "NamespacedImageValidatingPolicy"),
            "policy.sigstore.dev",
            Set.of("ClusterImagePolicy"));

    private static final Set<String> MESH_KINDS = Set.of("PeerAuthentication", "AuthorizationPolicy");

    /** The policy objects of a cluster, in the order of identity. */
    public static List<PolicyObject> all(ClusterState state) {
        return state.resources().stream()
                .filter(PolicyObject::statesPolicy)
                .map(PolicyObject::of)
                .toList();
    }

    private static boolean statesPolicy(Resource resource) {
        boolean ofMesh = resource.group().equals("security.istio.io")
                && resource.namespace().equals(MESH_ROOT)
                && MESH_KINDS.contains(resource.kind());
        return ofMesh
                || resource.group().equals("constraints.gatekeeper.sh")
                || KINDS.getOrDefault(resource.group(), Set.of()).contains(resource.kind());
    }

    private static PolicyObject of(Resource resource) {
        String name = resource.namespace().isEmpty() ? resource.name() : resource.namespace() + "/" + resource.name();
        String specs = resource.declared().stream()
                .map(each -> Canonical.text(each.spec()))
                .sorted()
                .distinct()
                .collect(Collectors.joining("\n"));
        return new PolicyObject(resource.kind(), name, Canonical.sha256(specs), resource.source());
    }
}
