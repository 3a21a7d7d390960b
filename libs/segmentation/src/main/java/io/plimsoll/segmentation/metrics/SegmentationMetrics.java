package io.plimsoll.segmentation.metrics;

import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.reach.ClassGraph;

/**
 * Figures about who reaches whom. Where a figure has bounds, the low one takes everything unknown in one sense and the high one
 * in the other: unknown is never counted as denied, nor as allowed. Compare only snapshots of the same namespaces.
 *
 * @param workloads with at least one pod or template
 * @param pods running, or asked for where none runs
 * @param podsSelected how many some policy selects
 * @param pairs ordered pairs of different workloads
 * @param pairsAllowed those with at least one port
 * @param pairsOnEveryPort those certainly open on every port of every protocol
 * @param byWorkload 1 - allowed pairs / all ordered pairs of different workloads; replicas do not move it
 * @param byPod the same over ordered pairs of different pods, each pod taken for its workload
 * @param byPort the same over pairs of workloads and (protocol, port) points
 * @param unknownShare of all (pair, port) points those of which it is not known, 0 to 1
 * @param openFromOutside workloads that some external address certainly reaches
 * @param openToOutside workloads that certainly reach some external address
 * @param oneHop other workloads that a workload certainly reaches
 * @param transitive the same over any number of hops
 */
public record SegmentationMetrics(
        long workloads,
        long pods,
        PodsSelected podsSelected,
        long pairs,
        Bounds pairsAllowed,
        long pairsOnEveryPort,
        Share byWorkload,
        Share byPod,
        Share byPort,
        double unknownShare,
        long openFromOutside,
        long openToOutside,
        Spread oneHop,
        Spread transitive) {

    /** Measures a cluster; quadratic in the kinds of workloads that policies tell apart, not in pods. */
    public static SegmentationMetrics of(ClassGraph graph, PolicySet policies) {
        return new Measurement(graph).metrics(PodsSelected.of(graph.topology(), policies));
    }
}
