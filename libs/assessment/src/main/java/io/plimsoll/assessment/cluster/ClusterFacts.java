package io.plimsoll.assessment.cluster;

import io.plimsoll.assessment.Coverage;
import io.plimsoll.assessment.image.RegistryAccess;
import io.plimsoll.audit.estate.Delivery;
import io.plimsoll.audit.guardrail.PolicyObject;
import io.plimsoll.kernel.ClusterMode;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What was recognised in one cluster that is nobody's question: what adoption is told from, and what only the whole estate can judge.
 *
 * @param digest SHA-256 over the cluster's name, mode and objects, positions aside
 * @param nodes how many
 * @param addOns ids of the catalogued add-ons in it
 * @param deliveryObjects pull secrets, CI and GitOps objects
 * @param namespaces all, in the order of their names
 * @param deliveries where its GitOps objects deploy to
 * @param policies that must be the same in every cluster
 * @param circumstances how it is run and by whom
 * @param coverage what could not be seen or was not analysed
 * @param registries what was measured of the registries its application images come from; empty where none is connected
 */
public record ClusterFacts(
        String cluster,
        ClusterMode mode,
        String digest,
        int nodes,
        SortedSet<String> addOns,
        int deliveryObjects,
        List<NamespaceUse> namespaces,
        List<Delivery> deliveries,
        List<PolicyObject> policies,
        Circumstances circumstances,
        List<Coverage> coverage,
        List<RegistryAccess> registries) {

    public ClusterFacts {
        addOns = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(addOns));
        namespaces = List.copyOf(namespaces);
        deliveries = List.copyOf(deliveries);
        policies = List.copyOf(policies);
        coverage = List.copyOf(coverage);
        registries = List.copyOf(registries);
    }

    /** As they are recognised in the cluster's objects: of registries these say nothing. */
    public ClusterFacts(
            String cluster,
            ClusterMode mode,
            String digest,
            int nodes,
            SortedSet<String> addOns,
            int deliveryObjects,
            List<NamespaceUse> namespaces,
            List<Delivery> deliveries,
            List<PolicyObject> policies,
            Circumstances circumstances,
            List<Coverage> coverage) {
        this(
                cluster,
                mode,
                digest,
                nodes,
                addOns,
                deliveryObjects,
                namespaces,
                deliveries,
                policies,
                circumstances,
                coverage,
                List.of());
    }

    public ClusterFacts with(List<RegistryAccess> measured) {
        return new ClusterFacts(
                cluster,
                mode,
                digest,
                nodes,
                addOns,
                deliveryObjects,
                namespaces,
                deliveries,
                policies,
                circumstances,
                coverage,
                measured);
    }

    /** Whether it is one person's own (stage-model 1.1): made on one machine, and nobody else has rights in it. */
    public boolean personal() {
        SortedSet<String> people = new TreeSet<>(circumstances.people());
        namespaces.forEach(namespace -> people.addAll(namespace.people()));
        return !circumstances.local().isEmpty() && people.size() < 2;
    }

    /** Names of the namespaces that hold an application workload. */
    public List<String> applicationNamespaces() {
        return namespaces.stream()
                .filter(NamespaceUse::application)
                .map(NamespaceUse::name)
                .toList();
    }
}
