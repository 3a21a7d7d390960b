package io.plimsoll.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.segmentation.reach.Connection;
import io.plimsoll.segmentation.topology.PeerUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pods that come later join those that no rule tells them from: with ports asked for by name, those of the same names alone. */
class FollowedNamesTest {

    private static final String PODS = """
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: client, namespace: one, labels: {app: client}}, spec: {containers: [{name: c}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: other, namespace: one, labels: {app: other}}, spec: {containers: [{name: c}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: early, namespace: one, labels: {app: server}},
             spec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}, {name: dns, containerPort: 53}]}]}}
            """;
    private static final String ASKS_HTTP = egress("asks-http", "client", "{matchLabels: {app: server}}", "http");
    private static final String ASKS_DNS = egress("asks-dns", "other", "{}", "dns");
    private static final String LATE = """
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: late, namespace: one, labels: {app: server}},
             spec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]}}
            """;

    @Test
    void whatIsAskedByNameLaterTellsApartWhoComesThen() {
        FollowedReachability followed =
                new FollowedReachability(Manifests.of(PODS + ASKS_HTTP), PeerUnit.OWNER, ReachabilityOptions.DEFAULTS);
        for (String later : List.of(PODS + ASKS_HTTP + ASKS_DNS, PODS + ASKS_HTTP + ASKS_DNS + LATE)) {
            // Given
            ClusterState state = Manifests.of(later);
            // When
            List<Connection> connections =
                    followed.after(followed.changesTo(state)).connections().toList();
            // Then
            assertThat(connections)
                    .isEqualTo(Reachability.of(state, PeerUnit.OWNER.of(state), ReachabilityOptions.DEFAULTS)
                            .connections()
                            .toList());
        }
        assertThat(followed.begunAnew()).isZero();
    }

    private static String egress(String name, String app, String peers, String port) {
        return """
                ---
                {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: %s, namespace: one},
                 spec: {podSelector: {matchLabels: {app: %s}}, policyTypes: [Egress],
                 egress: [{to: [{podSelector: %s}], ports: [{port: %s}]}]}}
                """.formatted(name, app, peers, port);
    }
}
