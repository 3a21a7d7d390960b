package io.plimsoll.audit.estate;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kubernetes.ResourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which namespaces automation owns (S4.auto, S5.auto): reached by an Argo CD Application that is automated and heals itself,
 * or by a Flux Kustomization or HelmRelease that is not suspended. Destinations are resolved to clusters (stage-gates 8.4), so this is
 * asked of a whole estate. Immutable after construction, any thread.
 */
public final class Automation {

    private static final Set<String> OWN_SERVER = Set.of("https://kubernetes.default.svc", "in-cluster", "");

    /** Who keeps a namespace as declared, and who reaches it without doing so, by {@code cluster/namespace}. */
    private final Map<String, Delivery> owners = new HashMap<>();

    private final Map<String, Delivery> idle = new HashMap<>();

    /**
     * @param deliveries of all clusters
     * @param applicationNamespaces by cluster, one entry for every cluster of the estate
     */
    public static Automation of(
            Collection<Delivery> deliveries, Map<String, ? extends Collection<String>> applicationNamespaces) {
        Map<ResourceId, List<Delivery>> byOwner = new TreeMap<>();
        deliveries.forEach(each ->
                byOwner.computeIfAbsent(each.by(), id -> new ArrayList<>()).add(each));
        Automation automation = new Automation();
        byOwner.values().forEach(declared -> automation.reach(declared, applicationNamespaces));
        return automation;
    }

    private Automation() {}

    /** Declared several times, it owns what each declaration keeps; what one of them only reaches, it does not. */
    private void reach(List<Delivery> declared, Map<String, ? extends Collection<String>> applicationNamespaces) {
        Set<String> reached = new HashSet<>();
        Set<String> kept = null;
        for (Delivery each : declared) {
            String place = place(each, applicationNamespaces);
            Set<String> here = each.keeps() ? Set.of(place) : Set.of();
            if (kept == null) {
                kept = new HashSet<>(here);
            } else {
                kept.retainAll(here);
            }
            reached.add(place);
        }
        reached.remove("");
        for (String place : reached) {
            Map<String, Delivery> side = kept != null && kept.contains(place) ? owners : idle;
            side.merge(place, declared.getFirst(), (a, b) -> a.by().compareTo(b.by()) <= 0 ? a : b);
        }
    }

    /** The {@code cluster/namespace} it deploys to; empty where none can be told. */
    private static String place(Delivery delivery, Map<String, ? extends Collection<String>> applicationNamespaces) {
        String cluster = clusterOf(delivery, applicationNamespaces);
        return cluster.isEmpty() || delivery.namespace().isEmpty() ? "" : cluster + "/" + delivery.namespace();
    }

    /**
     * By name, or the object's own cluster. The address of another API server names no cluster by itself: it is taken
     * where exactly one cluster of the estate has an application namespace of that name.
     */
    private static String clusterOf(
            Delivery delivery, Map<String, ? extends Collection<String>> applicationNamespaces) {
        if (applicationNamespaces.containsKey(delivery.cluster())) {
            return delivery.cluster();
        }
        if (OWN_SERVER.contains(delivery.server()) && OWN_SERVER.contains(delivery.cluster())) {
            return delivery.by().cluster();
        }
        List<String> candidates = applicationNamespaces.entrySet().stream()
                .filter(each -> each.getValue().contains(delivery.namespace()))
                .map(each -> (String) each.getKey())
                .toList();
        return candidates.size() == 1 ? candidates.getFirst() : "";
    }

    /** @param source of the namespace */
    public Evidence evidence(String cluster, String namespace, Source source) {
        String control = EstateControls.NAMESPACE_AUTOMATED.id();
        SubjectId id = SubjectId.ofNamespace(cluster, namespace);
        Delivery owner = owners.get(cluster + "/" + namespace);
        if (owner != null) {
            return Evidence.pass(control, id, "owned by " + owner.by(), owner.source());
        }
        Delivery reaching = idle.get(cluster + "/" + namespace);
        if (reaching != null) {
            return Evidence.fail(
                    control,
                    id,
                    Reason.SEEN_AND_WRONG,
                    reaching.by().kind().equals("Application") ? "spec.syncPolicy" : "spec.suspend",
                    "",
                    reaching.by() + " deploys to namespace " + namespace + " and does not keep it as declared",
                    reaching.source());
        }
        return Evidence.fail(
                control,
                id,
                Reason.ABSENT_FROM_INPUT,
                "",
                "",
                "no automation among the files given owns namespace " + namespace,
                source);
    }
}
