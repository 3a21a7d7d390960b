package io.plimsoll.segmentation.entry;

import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.exposure.Entries;
import java.util.Set;

/** Whether a load balancer, an Ingress or a Gateway stays within the network: told so by annotation, by class, or by its address. */
final class InternalDoors {

    private static final Set<String> INGRESS_CLASSES = Set.of("gce-internal");

    /** Those of Google Kubernetes Engine; others say it by annotation of the Gateway. */
    private static final Set<String> GATEWAY_CLASSES =
            Set.of("gke-l7-rilb", "gke-l7-rilb-mc", "gke-l7-cross-regional-internal-managed-mc");

    private InternalDoors() {}

    static boolean service(Resource service) {
        return Entries.internal(service) || Entries.hasPrivateAddressesOnly(service);
    }

    static boolean ingress(Resource ingress) {
        return Entries.internal(ingress)
                || Entries.hasPrivateAddressesOnly(ingress)
                || INGRESS_CLASSES.contains(Controllers.className(ingress));
    }

    /** Annotations of {@code infrastructure} "SHOULD be applied to any resources created in response to this Gateway". */
    static boolean gateway(Resource gateway) {
        return Entries.internal(gateway)
                || Entries.isToldInternal(
                        gateway.spec().at("infrastructure", "annotations").textMap())
                || GATEWAY_CLASSES.contains(gateway.spec().text("gatewayClassName"));
    }
}
