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
 * @param live what running clusters tell besides
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
        SortedSet<String> owners,
        LiveTally live) {

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
            Collections.emptySortedSet(),
            LiveTally.NONE);

    public AdoptionTally {
        addOns = LiveTally.fixed(addOns);
        shown = LiveTally.fixed(shown);
        requested = LiveTally.fixed(requested);
        production = LiveTally.fixed(production);
        productionClusters = LiveTally.fixed(productionClusters);
        clusters = LiveTally.fixed(clusters);
        owners = LiveTally.fixed(owners);
    }

    public AdoptionTally plus(AdoptionTally other) {
        return new AdoptionTally(
                labelled + other.labelled,
                Math.max(nodes, other.nodes),
                LiveTally.united(addOns, other.addOns),
                quotas + other.quotas,
                delivery + other.delivery,
                LiveTally.united(shown, other.shown),
                LiveTally.united(requested, other.requested),
                LiveTally.united(production, other.production),
                LiveTally.united(productionClusters, other.productionClusters),
                LiveTally.united(clusters, other.clusters),
                LiveTally.united(owners, other.owners),
                live.plus(other.live));
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
                newDevelopment,
                live);
    }
}
