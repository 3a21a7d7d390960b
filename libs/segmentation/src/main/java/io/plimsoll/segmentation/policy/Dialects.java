package io.plimsoll.segmentation.policy;

import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.segmentation.policy.Unanalysed.Extent;
import io.plimsoll.segmentation.policy.Unanalysed.Subject;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The policy kinds of which this engine knows whom they select, and nothing more. */
final class Dialects {

    /** Where Istio and its policies for the whole mesh live unless told otherwise. */
    private static final String MESH_ROOT = "istio-system";

    private static final Set<Direction> INGRESS = EnumSet.of(Direction.INGRESS);

    /** Groups of which every kind that can be a policy at all is one. */
    private static final Set<String> GROUPS = Set.of(
            "crd.projectcalico.org", "projectcalico.org", "crd.antrea.io", "security.istio.io", "policy.linkerd.io");

    private Dialects() {}

    /** Whether an object can be a policy of any dialect, be it analysed or not. */
    static boolean isPolicy(ResourceId id) {
        return isNetworkPolicy(id) || isClusterWide(id) || GROUPS.contains(id.group());
    }

    static boolean isNetworkPolicy(ResourceId id) {
        return id.kind().equals("NetworkPolicy")
                && (id.group().equals("networking.k8s.io") || id.group().equals("extensions"));
    }

    /** Whether a policy is read together with all that select in any namespace; Cilium's of one namespace are among them. */
    static boolean isClusterWide(ResourceId id) {
        return id.group().equals(TieredDialect.GROUP) || id.group().equals(CiliumPolicies.GROUP);
    }

    /** The resource as a policy of a dialect that is not analysed yet; nothing for every other kind. */
    static Optional<Unanalysed> recognise(Resource resource) {
        return switch (resource.group() + "/" + resource.kind()) {
            case "crd.projectcalico.org/NetworkPolicy", "projectcalico.org/NetworkPolicy" ->
                Optional.of(policy(resource, Extent.OWN_NAMESPACE, false, CalicoSubjects.of(resource)));
            case "crd.projectcalico.org/GlobalNetworkPolicy", "projectcalico.org/GlobalNetworkPolicy" ->
                Optional.of(policy(resource, Extent.EVERY_NAMESPACE, true, CalicoSubjects.of(resource)));
            case "crd.antrea.io/NetworkPolicy" -> Optional.of(policy(resource, Extent.OWN_NAMESPACE, false, List.of()));
            case "crd.antrea.io/ClusterNetworkPolicy" ->
                Optional.of(policy(resource, Extent.EVERY_NAMESPACE, true, List.of()));
            // Those that select pods by labels are analysed: see the mesh.
            case "security.istio.io/AuthorizationPolicy" ->
                selectsByLabels(resource.spec()) ? Optional.empty() : Optional.of(ofMesh(resource));
            case "security.istio.io/PeerAuthentication" ->
                isStrict(resource.spec()) && !selectsByLabels(resource.spec())
                        ? Optional.of(ofMesh(resource))
                        : Optional.empty();
            case "policy.linkerd.io/Server" ->
                Optional.of(policy(
                        resource,
                        Extent.OTHER_LAYER,
                        false,
                        pods(resource.spec().at("podSelector"))));
            default -> Optional.empty();
        };
    }

    private static Unanalysed policy(Resource resource, Extent extent, boolean hosts, List<Subject> subjects) {
        return new Unanalysed(resource.id(), extent, hosts, subjects, resource.source());
    }

    /**
     * Bound to a waypoint, a Gateway or a Service: whom it decides for is not told. "If the policy is in the root namespace, it
     * applies to all namespaces of the mesh" (Istio, AuthorizationPolicy).
     */
    private static Unanalysed ofMesh(Resource resource) {
        Extent extent = resource.namespace().equals(MESH_ROOT) ? Extent.OTHER_LAYER_EVERYWHERE : Extent.OTHER_LAYER;
        return policy(resource, extent, false, List.of());
    }

    private static boolean selectsByLabels(Value spec) {
        return !spec.at("targetRef").present()
                && spec.items("targetRefs").isEmpty()
                && SelectorReader.read(labels(spec.at("selector", "matchLabels")))
                        .isPresent();
    }

    /** Only STRICT keeps anybody out: sources without a sidecar or ambient capture. */
    private static boolean isStrict(Value spec) {
        return spec.at("mtls", "mode").text().equals(Optional.of("STRICT"))
                || spec.at("portLevelMtls") instanceof Value.Obj ports
                        && ports.fields().values().stream()
                                .anyMatch(port -> port.text("mode").equals("STRICT"));
    }

    private static Value labels(Value matchLabels) {
        return new Value.Obj(Map.of("matchLabels", matchLabels), matchLabels.line());
    }

    private static List<Subject> pods(Value selector) {
        return SelectorReader.read(selector)
                .map(pods -> List.of(new Subject(LabelSelector.EVERYTHING, pods, INGRESS)))
                .orElse(List.of());
    }
}
