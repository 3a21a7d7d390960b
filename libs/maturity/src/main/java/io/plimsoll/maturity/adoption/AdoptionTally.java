package io.plimsoll.maturity.adoption;

import io.plimsoll.maturity.adoption.AdoptionFacts.NewDevelopmentSaid;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one part of a scope contributes to its adoption (stage-gates 5). A commutative monoid with {@link #NONE}; what must not be
 * counted twice is kept by name.
 *
 * @param labelled application namespaces with an owner or lifecycle
 * @param nodes most nodes of one cluster
 * @param addOns ids of catalogued add-ons
 * @param quotas application namespaces with a quota
 * @param delivery pull secrets, CI and GitOps objects
 * @param shown {@code namespace/application} exposed as a fact; the same application in two clusters is one
 * @param requested those whose exposure is only requested
 * @param production those in production
 * @param productionClusters clusters that hold one
 * @param clusters clusters the scope touches
 * @param owners of application namespaces
 */
public record AdoptionTally(
        int labelled,
        int nodes,
        SortedSet<String> addOns,
        int quotas,
        int delivery,
        SortedSet<String> shown,
        SortedSet<String> requested,
        SortedSet<String> production,
        SortedSet<String> productionClusters,
        SortedSet<String> clusters,
        SortedSet<String> owners) {

    public static final AdoptionTally NONE = new AdoptionTally(
            0,
            0,
            Collections.emptySortedSet(),
            0,
            0,
            Collections.emptySortedSet(),
            Collections.emptySortedSet(),
            Collections.emptySortedSet(),
            Collections.emptySortedSet(),
            Collections.emptySortedSet(),
            Collections.emptySortedSet());

    public AdoptionTally {
        addOns = fixed(addOns);
        shown = fixed(shown);
        requested = fixed(requested);
        production = fixed(production);
        productionClusters = fixed(productionClusters);
        clusters = fixed(clusters);
        owners = fixed(owners);
    }

    public AdoptionTally plus(AdoptionTally other) {
        return new AdoptionTally(
                labelled + other.labelled,
                Math.max(nodes, other.nodes),
                united(addOns, other.addOns),
                quotas + other.quotas,
                delivery + other.delivery,
                united(shown, other.shown),
                united(requested, other.requested),
                united(production, other.production),
                united(productionClusters, other.productionClusters),
                united(clusters, other.clusters),
                united(owners, other.owners));
    }

    public AdoptionFacts facts(NewDevelopmentSaid newDevelopment) {
        SortedSet<String> onlyRequested = new TreeSet<>(requested);
        onlyRequested.removeAll(shown);
        return new AdoptionFacts(
                labelled,
                nodes,
                addOns.size(),
                quotas,
                delivery,
                shown.size(),
                onlyRequested.size(),
                production.size(),
                productionClusters.size(),
                clusters.size(),
                owners.size(),
                newDevelopment);
    }

    private static SortedSet<String> fixed(SortedSet<String> names) {
        return names.isEmpty() ? Collections.emptySortedSet() : Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    private static SortedSet<String> united(SortedSet<String> a, SortedSet<String> b) {
        SortedSet<String> united = new TreeSet<>(a);
        united.addAll(b);
        return united;
    }
}
