package io.plimsoll.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.segmentation.metrics.Bounds;
import io.plimsoll.segmentation.metrics.SegmentationMetrics;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A slice of {@link ReachabilityBench} of which every count is known beforehand, so that each build prints its figures and fails where one of
 * the counts is wrong; never where it is slow.
 */
class ReachabilitySliceTest {

    private static final int NAMESPACES = 70;
    private static final int TEAMS = 7;
    private static final int ZONES = 5;
    private static final int REPLICAS = 10;
    private static final int FRONTS = 4;
    private static final int BACKS = 5;
    private static final int WORKLOADS = FRONTS + BACKS + 1;

    private static final int RUNS = 6;
    private static final int WARM_UP = 3;
    private static final int PAIRS = 500;

    /**
     * A namespace is of one team of {@link #TEAMS} and one zone of {@link #ZONES}; its pods are closed, save that back-ends hear front-ends of the
     * same namespace and the database hears back-ends of the whole team. The tier Admin keeps zone 0 from zone 1.
     */
    private static String estate() {
        StringBuilder yaml = new StringBuilder("""
                apiVersion: policy.networking.k8s.io/v1alpha2
                kind: ClusterNetworkPolicy
                metadata: {name: zones}
                spec:
                  tier: Admin
                  priority: 10
                  subject: {namespaces: {matchLabels: {zone: z1}}}
                  ingress: [{action: Deny, from: [{namespaces: {matchLabels: {zone: z0}}}]}]
                """);
        for (int n = 0; n < NAMESPACES; n++) {
            String namespace = "n" + n;
            String team = "t" + n % TEAMS;
            yaml.append("---\napiVersion: v1\nkind: Namespace\nmetadata: {name: " + namespace + ", labels: {team: "
                    + team + ", zone: z" + n % ZONES + "}}\n");
            for (int w = 0; w < WORKLOADS; w++) {
                String role = w < FRONTS ? "front" : w < FRONTS + BACKS ? "back" : "db";
                yaml.append("---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: w" + w + ", namespace: "
                        + namespace + "}\nspec: {replicas: " + REPLICAS + ", template: {metadata: {labels: {app: w" + w
                        + ", role: " + role + "}}, spec: {containers: [{name: main, image: a}]}}}\n");
            }
            policy(yaml, namespace, "closed", "podSelector: {}, policyTypes: [Ingress]");
            policy(
                    yaml,
                    namespace,
                    "back",
                    "podSelector: {matchLabels: {role: back}}, ingress: [{from: [{podSelector: {matchLabels: {role: front}}}], "
                            + "ports: [{port: 8080}]}]");
            policy(
                    yaml,
                    namespace,
                    "db",
                    "podSelector: {matchLabels: {role: db}}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: "
                            + team + "}}, podSelector: {matchLabels: {role: back}}}], ports: [{port: 5432}]}]");
        }
        return yaml.toString();
    }

    private static void policy(StringBuilder yaml, String namespace, String name, String spec) {
        yaml.append("---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: " + name
                + ", namespace: " + namespace + "}\nspec: {" + spec + "}\n");
    }

    @Test
    void countsWhatItsMakerCounts() {
        SegmentationMetrics metrics = ReachabilityBench.measured(Manifests.of(estate()), RUNS, WARM_UP, PAIRS);
        long workloads = (long) NAMESPACES * WORKLOADS;
        assertThat(metrics.workloads()).isEqualTo(workloads);
        assertThat(metrics.pods()).isEqualTo(workloads * REPLICAS);
        assertThat(metrics.pairs()).isEqualTo(workloads * (workloads - 1));
        assertThat(metrics.podsSelected().ingress()).isEqualTo(workloads * REPLICAS);
        assertThat(metrics.podsSelected().egress()).isZero();
        assertThat(metrics.podsSelected().admin()).isEqualTo(workloads * REPLICAS / ZONES);
        long fronts = (long) NAMESPACES * FRONTS * BACKS;
        // Seven and five have no divisor in common: each team has as many namespaces in each zone.
        long ofTeam = NAMESPACES / TEAMS;
        long ofTeamAndZone = ofTeam / ZONES;
        long databases = TEAMS * BACKS * (ofTeam * ofTeam - ofTeamAndZone * ofTeamAndZone);
        assertThat(metrics.pairsAllowed()).isEqualTo(new Bounds(fronts + databases, fronts + databases));
        assertThat(metrics.oneHop().max()).isEqualTo(ofTeam);
        assertThat(metrics.transitive().max()).isEqualTo(BACKS + ofTeam);
        assertThat(List.of(metrics.openFromOutside(), metrics.openToOutside())).containsExactly(0L, workloads);
    }
}
