package io.plimsoll.maturity.adoption;

/**
 * What is known of a scope's container use (stage-gates 5).
 *
 * @param labelledNamespaces application namespaces with an owner or lifecycle label
 * @param nodes most nodes of one cluster
 * @param addOns distinct catalogued add-ons
 * @param quotas application namespaces with a quota
 * @param deliveryObjects pull secrets, CI and GitOps objects
 * @param exposedShown distinct applications exposed as a fact
 * @param exposedRequested distinct applications whose exposure is only requested
 * @param productionApplications applications in namespaces labelled production
 * @param productionClusters clusters that hold one
 * @param clusters all clusters of the scope
 * @param owners distinct owners of application namespaces
 * @param newDevelopment what is declared of the share of new development that goes into containers
 * @param live what running clusters tell besides
 */
public record AdoptionFacts(
        int labelledNamespaces,
        int nodes,
        int addOns,
        int quotas,
        int deliveryObjects,
        int exposedShown,
        int exposedRequested,
        int productionApplications,
        int productionClusters,
        int clusters,
        int owners,
        NewDevelopmentSaid newDevelopment,
        LiveTally live) {

    /** How a declared share of at least 90 % stands. */
    public enum NewDevelopmentSaid {
        NOTHING,
        /** Declared, but no time is given to tell whether it still counts. */
        UNDATED,
        ATTESTED
    }
}
