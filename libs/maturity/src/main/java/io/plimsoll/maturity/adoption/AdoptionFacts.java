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
 * @param attestedNewDevelopment declared, dated share of new development in containers is at least 90 %
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
        boolean attestedNewDevelopment) {}
