package io.plimsoll.segmentation.policy;

import io.plimsoll.kubernetes.Resource;
import io.plimsoll.segmentation.policy.Unanalysed.Extent;
import java.util.Map;
import java.util.Optional;

/** The policy kinds that this engine knows by name only. */
final class Dialects {

    private record Dialect(Extent extent, boolean hosts) {}

    private static final Dialect NAMESPACED = new Dialect(Extent.OWN_NAMESPACE, false);
    private static final Dialect CLUSTER_AND_HOSTS = new Dialect(Extent.EVERY_NAMESPACE, true);
    private static final Dialect OTHER_LAYER = new Dialect(Extent.OTHER_LAYER, false);

    private static final Map<String, Dialect> DIALECTS = Map.ofEntries(
            Map.entry("cilium.io/CiliumNetworkPolicy", NAMESPACED),
            Map.entry("cilium.io/CiliumClusterwideNetworkPolicy", CLUSTER_AND_HOSTS),
            Map.entry("crd.projectcalico.org/NetworkPolicy", NAMESPACED),
            Map.entry("crd.projectcalico.org/GlobalNetworkPolicy", CLUSTER_AND_HOSTS),
            Map.entry("projectcalico.org/NetworkPolicy", NAMESPACED),
            Map.entry("projectcalico.org/GlobalNetworkPolicy", CLUSTER_AND_HOSTS),
            Map.entry("crd.antrea.io/NetworkPolicy", NAMESPACED),
            Map.entry("crd.antrea.io/ClusterNetworkPolicy", CLUSTER_AND_HOSTS),
            Map.entry("security.istio.io/AuthorizationPolicy", OTHER_LAYER));

    private Dialects() {}

    /** The resource as a policy of a dialect that is not analysed yet; nothing for every other kind. */
    static Optional<Unanalysed> recognise(Resource resource) {
        return Optional.ofNullable(DIALECTS.get(resource.group() + "/" + resource.kind()))
                .map(dialect -> new Unanalysed(resource.id(), dialect.extent(), dialect.hosts(), resource.source()));
    }
}
