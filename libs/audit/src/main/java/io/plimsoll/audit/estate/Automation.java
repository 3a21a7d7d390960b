package io.plimsoll.audit.estate;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.inventory.NamespaceFacts;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which namespaces automation owns (S4.auto, S5.auto): reached by an Argo CD Application that is automated and heals itself,
 * or by a Flux Kustomization or HelmRelease that is not suspended. Destinations are resolved to clusters (stage-gates 8.4).
 */
final class Automation {

    private static final Set<String> OWN_SERVER = Set.of("https://kubernetes.default.svc", "in-cluster", "");

    private final Map<String, Resource> owners = new HashMap<>();

    private Automation() {}

    static Automation of(List<Inventory> estate) {
        Automation automation = new Automation();
        for (Inventory inventory : estate) {
            for (Resource application : inventory.state().all("Application", "argoproj.io")) {
                automation.argo(application, estate);
            }
            for (Resource resource : inventory.state().resources()) {
                if (resource.group().endsWith("toolkit.fluxcd.io")) {
                    automation.flux(resource);
                }
            }
        }
        return automation;
    }

    private void argo(Resource application, List<Inventory> estate) {
        Value automated = application.spec().at("syncPolicy", "automated");
        if (!automated.isTrue("selfHeal")
                || automated.at("enabled").bool().orElse(true).equals(false)) {
            return;
        }
        Value destination = application.spec().at("destination");
        String namespace = destination.text("namespace");
        String cluster = clusterOf(application, destination, namespace, estate);
        if (!cluster.isEmpty()) {
            own(cluster, namespace, application);
        }
    }

    /**
     * By name, or the application's own cluster. The address of another API server names no cluster by itself: it is taken
     * where exactly one cluster of the estate has an application namespace of that name.
     */
    private static String clusterOf(Resource application, Value destination, String namespace, List<Inventory> estate) {
        String name = destination.text("name");
        if (estate.stream().anyMatch(inventory -> inventory.cluster().equals(name))) {
            return name;
        }
        if (OWN_SERVER.contains(destination.text("server")) && OWN_SERVER.contains(name)) {
            return application.id().cluster();
        }
        List<String> candidates = estate.stream()
                .filter(inventory -> inventory.applicationNamespaces().contains(namespace))
                .map(Inventory::cluster)
                .toList();
        return candidates.size() == 1 ? candidates.getFirst() : "";
    }

    private void flux(Resource resource) {
        if (resource.spec().isTrue("suspend")) {
            return;
        }
        String target = resource.spec().text("targetNamespace");
        if (resource.kind().equals("Kustomization")) {
            own(resource.id().cluster(), target, resource);
        } else if (resource.kind().equals("HelmRelease")) {
            own(resource.id().cluster(), target.isEmpty() ? resource.namespace() : target, resource);
        }
    }

    private void own(String cluster, String namespace, Resource owner) {
        if (!namespace.isEmpty()) {
            owners.merge(cluster + "/" + namespace, owner, (a, b) -> a.id().compareTo(b.id()) <= 0 ? a : b);
        }
    }

    List<Evidence> evidence(Inventory inventory) {
        List<Evidence> evidence = new ArrayList<>();
        String control = EstateControls.NAMESPACE_AUTOMATED.id();
        for (NamespaceFacts namespace : inventory.namespaces().values()) {
            SubjectId id = SubjectId.ofNamespace(inventory.cluster(), namespace.name());
            Resource owner = owners.get(inventory.cluster() + "/" + namespace.name());
            evidence.add(
                    owner != null
                            ? Evidence.pass(control, id, "owned by " + owner.id(), owner.source())
                            : Evidence.fail(
                                    control,
                                    id,
                                    Reason.ABSENT_FROM_INPUT,
                                    "",
                                    "",
                                    "no automation among the files given owns namespace " + namespace.name(),
                                    namespace.source()));
        }
        return evidence;
    }
}
