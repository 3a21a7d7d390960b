package io.plimsoll.segmentation.policy;

import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Selectors of endpoints. Keys may name the source of a label ({@code k8s:app}, {@code any:app}); {@code
 * io.kubernetes.pod.namespace} and {@code io.cilium.k8s.namespace.labels.*} speak of the namespace.
 */
final class CiliumSelectors {

    private static final String NAMESPACE = "io.kubernetes.pod.namespace";
    private static final String NAMESPACE_LABEL = "io.cilium.k8s.namespace.labels.";

    /**
     * What a selector asks of namespaces, and of pods.
     *
     * @param byLabelsOfNamespaces whether it asks for more of namespaces than their name
     * @param whole false where something it asks cannot be told from manifests: the name of the cluster, service accounts, reserved
     *     identities; those conditions are left out
     */
    record Parts(LabelSelector namespaces, LabelSelector pods, boolean byLabelsOfNamespaces, boolean whole) {}

    private CiliumSelectors() {}

    /**
     * Whom a specification selects; nothing when manifests do not tell. "The endpointSelector always applies to pods in the
     * namespace associated with the CiliumNetworkPolicy resource itself" (Cilium, Using Kubernetes Constructs in Policy).
     */
    static Optional<Peer.Pods> subject(Value selector, Resource policy) {
        return parts(selector).filter(Parts::whole).flatMap(parts -> {
            if (CiliumPolicies.isClusterwide(policy)) {
                return Optional.of(labelled(parts));
            }
            return parts.byLabelsOfNamespaces() ? Optional.empty() : Optional.of(own(policy, parts));
        });
    }

    /**
     * Whom an item of {@code fromEndpoints} or {@code toEndpoints} means; nothing when manifests do not tell. Of a namespaced
     * policy it means pods of the same namespace unless it names one; labels of namespaces, which versions read differently
     * there, are not understood.
     */
    static Optional<Peer.Pods> peer(Value selector, Resource policy) {
        return parts(selector).filter(Parts::whole).flatMap(parts -> {
            if (CiliumPolicies.isClusterwide(policy)) {
                return Optional.of(labelled(parts));
            }
            if (parts.byLabelsOfNamespaces()) {
                return Optional.empty();
            }
            return Optional.of(parts.namespaces().isEverything() ? own(policy, parts) : labelled(parts));
        });
    }

    private static Peer.Pods own(Resource policy, Parts parts) {
        return new Peer.Pods(new Peer.Namespaces.Own(policy.namespace()), parts.pods());
    }

    private static Peer.Pods labelled(Parts parts) {
        return new Peer.Pods(new Peer.Namespaces.Labelled(parts.namespaces()), parts.pods());
    }

    /** Nothing where it is no selector. */
    static Optional<Parts> parts(Value selector) {
        if (selector.present() && !(selector instanceof Value.Obj)) {
            return Optional.empty();
        }
        Optional<LabelSelector> written = SelectorReader.readAnyKey(selector);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        List<Requirement> namespaces = new ArrayList<>();
        List<Requirement> pods = new ArrayList<>();
        boolean byLabels = false;
        boolean whole = true;
        for (Requirement requirement : written.get().requirements()) {
            String key = requirement.key().replaceFirst("^(k8s|any):", "");
            if (key.equals(NAMESPACE)) {
                namespaces.add(requirement.of(Labels.NAMESPACE_NAME));
            } else if (key.startsWith(NAMESPACE_LABEL)) {
                namespaces.add(requirement.of(key.substring(NAMESPACE_LABEL.length())));
                byLabels = true;
            } else if (key.startsWith("io.cilium.") || key.contains(":") || key.startsWith("reserved.")) {
                whole = false;
            } else {
                pods.add(requirement.of(key));
            }
        }
        return Optional.of(new Parts(new LabelSelector(namespaces), new LabelSelector(pods), byLabels, whole));
    }
}
