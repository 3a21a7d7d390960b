package io.plimsoll.audit.estate;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One declaration of a GitOps object: where it deploys to, and whether it keeps that as declared. Which cluster that is can only be told
 * where all clusters are known.
 *
 * @param by the Application, Kustomization or HelmRelease
 * @param cluster name of the destination cluster as written; empty when none is
 * @param server address of the destination's API server as written; empty when none is
 * @param namespace it deploys to; empty when it names none
 * @param keeps it heals what differs, and is not suspended
 */
public record Delivery(ResourceId by, String cluster, String server, String namespace, boolean keeps, Source source) {

    /** Everything that delivers from a cluster, in the order of identity; one for each body declared. */
    public static List<Delivery> of(ClusterState state) {
        List<Delivery> deliveries = new ArrayList<>();
        for (Resource resource : state.resources()) {
            if (resource.is("Application", "argoproj.io")) {
                each(resource, declared -> deliveries.add(argo(resource, declared)));
            } else if (resource.group().endsWith("toolkit.fluxcd.io")) {
                each(resource, declared -> deliveries.add(flux(resource, declared)));
            }
        }
        return deliveries;
    }

    private static void each(Resource resource, Consumer<Resource> declared) {
        resource.declared().forEach(declared);
    }

    private static Delivery argo(Resource resource, Resource declared) {
        Value automated = declared.spec().at("syncPolicy", "automated");
        boolean heals =
                automated.isTrue("selfHeal") && automated.at("enabled").bool().orElse(true);
        Value destination = declared.spec().at("destination");
        return new Delivery(
                resource.id(),
                destination.text("name"),
                destination.text("server"),
                destination.text("namespace"),
                heals,
                resource.source());
    }

    private static Delivery flux(Resource resource, Resource declared) {
        String target = declared.spec().text("targetNamespace");
        String namespace =
                switch (declared.kind()) {
                    case "Kustomization" -> target;
                    case "HelmRelease" -> target.isEmpty() ? declared.namespace() : target;
                    default -> "";
                };
        return new Delivery(resource.id(), "", "", namespace, !declared.spec().isTrue("suspend"), resource.source());
    }
}
