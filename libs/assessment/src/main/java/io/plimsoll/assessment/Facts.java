package io.plimsoll.assessment;

import io.plimsoll.kernel.Exposure;
import io.plimsoll.kernel.Lifecycle;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kernel.Tier;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kernel.declaration.NewDevelopment;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.addon.AddOn;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.inventory.NamespaceFacts;
import io.plimsoll.maturity.adoption.AdoptionFacts;
import io.plimsoll.maturity.adoption.AdoptionFacts.NewDevelopmentSaid;
import io.plimsoll.maturity.model.ScopeKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The facts of container use (stage-gates 5): each cluster is read once, each scope adds up what it touches. */
final class Facts {

    private static final Set<String> DELIVERY_GROUPS = Set.of("argoproj.io", "tekton.dev", "triggers.tekton.dev");

    /** Stage-gates 5: at least 90 % of new development in containers shows stage 5. */
    private static final double NEW_DEVELOPMENT_MIN = 0.9;

    private record ClusterFacts(int nodes, Set<String> addOns, int delivery) {}

    private record Namespace(NamespaceFacts facts, boolean quota) {}

    private final Map<String, ClusterFacts> clusters = new HashMap<>();
    /** The application namespaces by {@code cluster/namespace}. */
    private final Map<String, Namespace> namespaces = new HashMap<>();

    private final NewDevelopmentSaid newDevelopment;

    Facts(List<Inventory> estate, Declarations declarations, @Nullable Instant asOf) {
        this.newDevelopment = newDevelopment(declarations, asOf);
        for (Inventory inventory : estate) {
            Set<String> addOns = new HashSet<>();
            inventory
                    .workloads()
                    .forEach(workload ->
                            workload.addOns().stream().map(AddOn::id).forEach(addOns::add));
            int delivery = (int) inventory.state().resources().stream()
                    .filter(Facts::delivers)
                    .count();
            int nodes = inventory.state().all("Node", "").size();
            clusters.put(inventory.cluster(), new ClusterFacts(nodes, addOns, delivery));
            Set<String> quotas = new HashSet<>();
            inventory.state().all("ResourceQuota", "").forEach(quota -> quotas.add(quota.namespace()));
            for (String name : inventory.applicationNamespaces()) {
                NamespaceFacts facts = inventory.namespaces().get(name);
                if (facts != null) {
                    namespaces.put(inventory.cluster() + "/" + name, new Namespace(facts, quotas.contains(name)));
                }
            }
        }
    }

    AdoptionFacts of(Scopes.Scope scope) {
        int nodes = 0;
        int delivery = 0;
        Set<String> addOns = new HashSet<>();
        for (String name : scope.clusters()) {
            ClusterFacts cluster = clusters.get(name);
            if (cluster != null) {
                nodes = Math.max(nodes, cluster.nodes());
                delivery += cluster.delivery();
                addOns.addAll(cluster.addOns());
            }
        }
        int labelled = 0;
        int quotas = 0;
        Set<String> owners = new HashSet<>();
        for (String name : scope.namespaces()) {
            Namespace namespace = namespaces.get(name);
            if (namespace != null) {
                boolean owned = !namespace.facts().owner().isEmpty();
                labelled += owned || namespace.facts().lifecycle() != Lifecycle.UNSTATED ? 1 : 0;
                quotas += namespace.quota() ? 1 : 0;
                if (owned) {
                    owners.add(namespace.facts().owner());
                }
            }
        }
        Set<String> shown = new HashSet<>();
        Set<String> requested = new HashSet<>();
        Set<String> production = new HashSet<>();
        Set<String> productionClusters = new HashSet<>();
        for (Subject subject : scope.subjects()) {
            if (subject.id().kind() != SubjectKind.WORKLOAD || subject.tier() != Tier.APPLICATION) {
                continue;
            }
            // The same application in two clusters is one application.
            String application = subject.id().namespace() + "/" + subject.application();
            if (subject.exposure() == Exposure.SHOWN) {
                shown.add(application);
            } else if (subject.exposure() != Exposure.NONE) {
                requested.add(application);
            }
            if (subject.lifecycle() == Lifecycle.PRODUCTION) {
                production.add(application);
                productionClusters.add(subject.id().cluster());
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
                scope.kind() == ScopeKind.ORGANISATION ? newDevelopment : NewDevelopmentSaid.NOTHING);
    }

    private static NewDevelopmentSaid newDevelopment(Declarations declarations, @Nullable Instant asOf) {
        NewDevelopment declared = declarations.newDevelopment();
        if (declared == null || declared.ratio() < NEW_DEVELOPMENT_MIN) {
            return NewDevelopmentSaid.NOTHING;
        }
        return switch (declared.validity().at(asOf)) {
            case IN_FORCE -> NewDevelopmentSaid.ATTESTED;
            case NO_CLOCK -> NewDevelopmentSaid.UNDATED;
            case EXPIRED, NOT_YET -> NewDevelopmentSaid.NOTHING;
        };
    }

    private static boolean delivers(Resource resource) {
        return DELIVERY_GROUPS.contains(resource.group()) && !resource.kind().equals("AppProject")
                || resource.group().endsWith("toolkit.fluxcd.io")
                || resource.is("Secret", "") && resource.body().text("type").startsWith("kubernetes.io/dockerc");
    }
}
