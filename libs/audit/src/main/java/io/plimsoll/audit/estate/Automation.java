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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which namespaces automation owns (S4.auto, S5.auto): reached by an Argo CD Application that is automated and heals itself,
 * or by a Flux Kustomization or HelmRelease that is not suspended. Destinations are resolved to clusters (stage-gates 8.4).
 */
final class Automation {

    private static final Set<String> OWN_SERVER = Set.of("https://kubernetes.default.svc", "in-cluster", "");

    /** Who keeps a namespace as declared, and who reaches it without doing so, by {@code cluster/namespace}. */
    private final Map<String, Resource> owners = new HashMap<>();

    private final Map<String, Resource> idle = new HashMap<>();

    private Automation() {}

    static Automation of(List<Inventory> estate) {
        Automation automation = new Automation();
        for (Inventory inventory : estate) {
            for (Resource application : inventory.state().all("Application", "argoproj.io")) {
                automation.reach(application, each -> argo(each, estate), Automation::heals);
            }
            for (Resource resource : inventory.state().resources()) {
                if (resource.group().endsWith("toolkit.fluxcd.io")) {
                    automation.reach(
                            resource, Automation::flux, each -> !each.spec().isTrue("suspend"));
                }
            }
        }
        return automation;
    }

    /** Declared several times, it owns what each declaration keeps; what one of them only reaches, it does not. */
    private void reach(Resource resource, Function<Resource, String> target, Predicate<Resource> keeps) {
        Set<String> reached = new HashSet<>();
        Set<String> kept = new HashSet<>();
        for (Resource declared : resource.declared()) {
            String namespace = target.apply(declared);
            Set<String> here = keeps.test(declared) ? Set.of(namespace) : Set.of();
            if (declared.equals(resource)) {
                kept.addAll(here);
            } else {
                kept.retainAll(here);
            }
            reached.add(namespace);
        }
        reached.remove("");
        for (String namespace : reached) {
            Map<String, Resource> side = kept.contains(namespace) ? owners : idle;
            side.merge(namespace, resource, (a, b) -> a.id().compareTo(b.id()) <= 0 ? a : b);
        }
    }

    private static boolean heals(Resource application) {
        Value automated = application.spec().at("syncPolicy", "automated");
        return automated.isTrue("selfHeal") && automated.at("enabled").bool().orElse(true);
    }

    /** The {@code cluster/namespace} it deploys to; empty where none can be told. */
    private static String argo(Resource application, List<Inventory> estate) {
        Value destination = application.spec().at("destination");
        String namespace = destination.text("namespace");
        String cluster = clusterOf(application, destination, namespace, estate);
        return cluster.isEmpty() || namespace.isEmpty() ? "" : cluster + "/" + namespace;
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

    private static String flux(Resource resource) {
        String target = resource.spec().text("targetNamespace");
        String namespace =
                switch (resource.kind()) {
                    case "Kustomization" -> target;
                    case "HelmRelease" -> target.isEmpty() ? resource.namespace() : target;
                    default -> "";
                };
        return namespace.isEmpty() ? "" : resource.id().cluster() + "/" + namespace;
    }

    List<Evidence> evidence(Inventory inventory) {
        List<Evidence> evidence = new ArrayList<>();
        String control = EstateControls.NAMESPACE_AUTOMATED.id();
        for (NamespaceFacts namespace : inventory.namespaces().values()) {
            SubjectId id = SubjectId.ofNamespace(inventory.cluster(), namespace.name());
            String place = inventory.cluster() + "/" + namespace.name();
            Resource owner = owners.get(place);
            Resource reaching = idle.get(place);
            if (owner != null) {
                evidence.add(Evidence.pass(control, id, "owned by " + owner.id(), owner.source()));
            } else if (reaching != null) {
                evidence.add(Evidence.fail(
                        control,
                        id,
                        Reason.SEEN_AND_WRONG,
                        reaching.is("Application") ? "spec.syncPolicy" : "spec.suspend",
                        "",
                        reaching.id() + " deploys to namespace " + namespace.name()
                                + " and does not keep it as declared",
                        reaching.source()));
            } else {
                evidence.add(Evidence.fail(
                        control,
                        id,
                        Reason.ABSENT_FROM_INPUT,
                        "",
                        "",
                        "no automation among the files given owns namespace " + namespace.name(),
                        namespace.source()));
            }
        }
        return evidence;
    }
}
