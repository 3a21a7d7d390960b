package io.plimsoll.kubernetes.exposure;

import io.plimsoll.kubernetes.Resource;
import java.util.Set;

/** Whether a load balancer, an Ingress or a Gateway stays within the network: told so by annotation, by class, or by its address. */
public final class InternalDoors {

    private static final Set<String> INGRESS_CLASSES = Set.of("gce-internal");

    /** Those of Google Kubernetes Engine; others say it by annotation of the Gateway. */
    private static final Set<String> GATEWAY_CLASSES =
            Set.of("gke-l7-rilb", "gke-l7-rilb-mc", "gke-l7-cross-regional-internal-managed-mc");

    private InternalDoors() {}

    public static boolean service(Resource service) {
        return Entries.internal(service) || Entries.hasPrivateAddressesOnly(service);
    }

    public static boolean ingress(Resource ingress) {
        return Entries.internal(ingress) || Entries.hasPrivateAddressesOnly(ingress) || hasInternalClass(ingress);
    }

    /** Whether its class is one that stays within the network. */
    static boolean hasInternalClass(Resource ingress) {
        return INGRESS_CLASSES.contains(className(ingress));
    }

    /** Annotations of {@code infrastructure} "SHOULD be applied to any resources created in response to this Gateway". */
    public static boolean gateway(Resource gateway) {
        return Entries.internal(gateway)
                || Entries.isToldInternal(
                        gateway.spec().at("infrastructure", "annotations").textMap())
                || GATEWAY_CLASSES.contains(gateway.spec().text("gatewayClassName"));
    }

    /** The class an Ingress asks for, in the field or in the annotation of old; empty for none. */
    public static String className(Resource ingress) {
        String field = ingress.spec().text("ingressClassName");
        return field.isEmpty() ? ingress.annotations().getOrDefault("kubernetes.io/ingress.class", "") : field;
    }
}
