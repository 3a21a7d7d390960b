package io.plimsoll.assessment.cluster;

import io.plimsoll.assessment.Coverage;
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
        List<Coverage> coverage) {

    public ClusterFacts {
        addOns = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(addOns));
        namespaces = List.copyOf(namespaces);
        deliveries = List.copyOf(deliveries);
        policies = List.copyOf(policies);
        coverage = List.copyOf(coverage);
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
