package io.plimsoll.cli.network;

import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.metrics.SegmentationMetrics;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts and metrics as names and values, in a fixed order. */
final class Summary {

    private Summary() {}

    static Map<String, Object> of(Reachability reachability) {
        SegmentationMetrics metrics = reachability.metrics();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("workloads", metrics.workloads());
        values.put("pods", metrics.pods());
        values.put("classes", reachability.classes());
        values.put("policies_analysed", reachability.coverage().analysed());
        values.put(
                "policies_not_analysed",
                reachability.coverage().partial().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum());
        values.put("pods_netpol_ingress", metrics.podsSelected().ingress());
        values.put("pods_netpol_egress", metrics.podsSelected().egress());
        values.put("pods_netpol_ingress_hostnetwork", metrics.podsSelected().ingressOnHost());
        values.put("pods_cnp_admin", metrics.podsSelected().admin());
        values.put("pods_cnp_baseline", metrics.podsSelected().baseline());
        values.put("pairs", metrics.pairs());
        values.put("pairs_allowed_low", metrics.pairsAllowed().low());
        values.put("pairs_allowed_high", metrics.pairsAllowed().high());
        values.put("pairs_all_ports", metrics.pairsOnEveryPort());
        values.put("segmentedness_workloads_low", metrics.byWorkload().low());
        values.put("segmentedness_workloads_high", metrics.byWorkload().high());
        values.put("segmentedness_pods_low", metrics.byPod().low());
        values.put("segmentedness_pods_high", metrics.byPod().high());
        values.put("segmentedness_ports_low", metrics.byPort().low());
        values.put("segmentedness_ports_high", metrics.byPort().high());
        values.put("unknown_share", metrics.unknownShare());
        values.put("external_ingress", metrics.openFromOutside());
        values.put("external_egress", metrics.openToOutside());
        values.put("reach_one_hop_median", metrics.oneHop().median());
        values.put("reach_one_hop_p95", metrics.oneHop().p95());
        values.put("reach_one_hop_max", metrics.oneHop().max());
        values.put("reach_transitive_median", metrics.transitive().median());
        values.put("reach_transitive_p95", metrics.transitive().p95());
        values.put("reach_transitive_max", metrics.transitive().max());
        return values;
    }
}
