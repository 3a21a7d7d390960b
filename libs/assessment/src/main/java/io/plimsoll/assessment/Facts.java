package io.plimsoll.assessment;

import io.plimsoll.kernel.Exposure;
import io.plimsoll.kernel.Lifecycle;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.addon.AddOn;
import io.plimsoll.kubernetes.inventory.InventoriedWorkload;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.inventory.NamespaceFacts;
import io.plimsoll.maturity.adoption.AdoptionFacts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The facts of a scope's container use, read from the inventories it touches (stage-gates 5). */
final class Facts {

    private static final Set<String> DELIVERY_GROUPS = Set.of("argoproj.io", "tekton.dev", "triggers.tekton.dev");

    private Facts() {}

    static AdoptionFacts of(Scopes.Scope scope, List<Inventory> estate) {
        int nodes = 0;
        int labelled = 0;
        int quotas = 0;
        int delivery = 0;
        Set<String> addOns = new HashSet<>();
        Set<String> shown = new HashSet<>();
        Set<String> requested = new HashSet<>();
        Set<String> production = new HashSet<>();
        Set<String> productionClusters = new HashSet<>();
        Set<String> owners = new HashSet<>();
        for (Inventory inventory : estate) {
            if (!scope.clusters().contains(inventory.cluster())) {
                continue;
            }
            nodes = Math.max(nodes, inventory.state().all("Node", "").size());
            for (String name : inventory.applicationNamespaces()) {
                NamespaceFacts namespace = inventory.namespaces().get(name);
                if (namespace == null || !scope.namespaces().contains(inventory.cluster() + "/" + name)) {
                    continue;
                }
                labelled += namespace.owner().isEmpty() && namespace.lifecycle() == Lifecycle.UNSTATED ? 0 : 1;
                if (!namespace.owner().isEmpty()) {
                    owners.add(namespace.owner());
                }
                quotas += inventory.state().all("ResourceQuota", "").stream()
                                .anyMatch(quota -> quota.namespace().equals(name))
                        ? 1
                        : 0;
            }
            for (Resource resource : inventory.state().resources()) {
                delivery += delivers(resource) ? 1 : 0;
            }
            for (InventoriedWorkload workload : inventory.workloads()) {
                workload.addOns().stream().map(AddOn::id).forEach(addOns::add);
            }
            for (InventoriedWorkload workload : inventory.applications()) {
                if (!scope.subjects().contains(workload.subject())) {
                    continue;
                }
                String application = workload.workload().namespace() + "/"
                        + workload.subject().application();
                if (workload.exposure() == Exposure.SHOWN) {
                    shown.add(application);
                } else if (workload.exposure() != Exposure.NONE) {
                    requested.add(application);
                }
                if (workload.subject().lifecycle() == Lifecycle.PRODUCTION) {
                    production.add(application);
                    productionClusters.add(inventory.cluster());
                }
            }
        }
        requested.removeAll(shown);
        return new AdoptionFacts(
                labelled,
                nodes,
                addOns.size(),
                quotas,
                delivery,
                shown.size(),
                requested.size(),
                production.size(),
                productionClusters.size(),
                scope.clusters().size(),
                owners.size(),
                false);
    }

    private static boolean delivers(Resource resource) {
        return DELIVERY_GROUPS.contains(resource.group()) && !resource.kind().equals("AppProject")
                || resource.group().endsWith("toolkit.fluxcd.io")
                || resource.is("Secret", "") && resource.body().text("type").startsWith("kubernetes.io/dockerc");
    }
}
