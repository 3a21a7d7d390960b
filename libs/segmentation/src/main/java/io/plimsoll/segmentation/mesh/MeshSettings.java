package io.plimsoll.segmentation.mesh;

/**
 * How a mesh is read where manifests leave it open.
 *
 * @param everyoneIsIn takes every pod for a member, whatever is seen of proxies and labels
 * @param rootNamespace whose policies hold for the whole mesh; empty: the one the mesh's ConfigMap names, else istio-system
 * @param sidecarsBind counts a Sidecar's egress hosts as a limit. Istio itself calls Sidecar configuration of a proxy, which
 *     the application can go around: by default it is not counted
 * @param negationNeedsIdentity senders without an identity do not satisfy {@code notNamespaces} and {@code notPrincipals}.
 *     By default they do, as the proxies have it ("to reject plain text requests, deny notPrincipals [*]")
 * @param addressesMeanPods whether {@code ipBlocks} can hold addresses of pods
 */
public record MeshSettings(
        boolean everyoneIsIn,
        String rootNamespace,
        boolean sidecarsBind,
        boolean negationNeedsIdentity,
        boolean addressesMeanPods) {

    /** As the proxies of a mesh behave. */
    public static final MeshSettings DEFAULTS = new MeshSettings(false, "", false, false, true);

    /** As network-config-analyzer reads a mesh, so that answers can be laid side by side. */
    public static final MeshSettings AS_NETWORK_CONFIG_ANALYZER =
            new MeshSettings(true, "istio-config", true, true, false);

    /** The same with every pod taken for a member. */
    public MeshSettings withEveryone() {
        return new MeshSettings(true, rootNamespace, sidecarsBind, negationNeedsIdentity, addressesMeanPods);
    }
}
