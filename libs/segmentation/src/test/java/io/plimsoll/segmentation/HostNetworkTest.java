package io.plimsoll.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.segmentation.policy.AddressFamily;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.reach.Connection;
import io.plimsoll.segmentation.topology.HostNetwork;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pods on the host's network: no policy selects them, and their address is not known. */
class HostNetworkTest {

    private static final String AGENT = Town.hostPod("shop", "agent", "app: agent");

    @Test
    void noPolicySelectsThem() {
        Town town = new Town(AGENT, Town.policy("deny", "podSelector: {}", "policyTypes: [Ingress, Egress]"));
        assertThat(town.into("shop/agent"))
                .containsExactly(
                        "ops/watch All Connections",
                        "0.0.0.0-255.255.255.255 All Connections",
                        "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff All Connections");
    }

    @Test
    void noSelectorOfAPeerSurelyMeansThem() {
        Town town = new Town(AGENT, Town.policy("p", "podSelector: {}", "ingress: [{from: [{podSelector: {}}]}]"));
        Connection connection = connection(town, "shop/agent", "shop/db");
        assertThat(connection.ports()).isEqualTo(PortSet.NONE);
        assertThat(connection.uncertain()).isEqualTo(PortSet.ALL);
    }

    @Test
    void aRuleForEveryAddressSurelyMeansThem() {
        Town town = new Town(
                AGENT,
                Town.policy(
                        "p",
                        "podSelector: {}",
                        "ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}, {ipBlock: {cidr: '::/0'}}], ports: [{port: 80}]}]"));
        Connection connection = connection(town, "shop/agent", "shop/db");
        assertThat(connection.ports()).hasToString("TCP 80");
        assertThat(connection.uncertain()).isEqualTo(PortSet.ALL.minus(connection.ports()));
    }

    @Test
    void aPairThatNoPolicyTouchesIsCertain() {
        Connection connection = connection(new Town(AGENT), "shop/agent", "shop/db");
        assertThat(connection.ports()).isEqualTo(PortSet.ALL);
        assertThat(connection.uncertain()).isEqualTo(PortSet.NONE);
    }

    @Test
    void theyAreAsAnyOtherPodWhereOneAsksForThat() {
        Town town = new Town(AGENT, Town.policy("p", "podSelector: {}", "ingress: [{from: [{podSelector: {}}]}]"));
        Reachability asPods = Reachability.of(
                town.state(),
                town.workloads(),
                new ReachabilityOptions(HostNetwork.AS_POD, Set.of(AddressFamily.IPV4)));
        assertThat(asPods.csv())
                .contains(
                        "shop/agent[Pod],shop/db[Pod],All Connections", "shop/db[Pod],shop/agent[Pod],All Connections")
                .noneMatch(line -> line.startsWith("0.0.0.0") && line.contains("shop/agent"));
    }

    private static Connection connection(Town town, String source, String destination) {
        return town.reachability()
                .connections()
                .filter(each -> each.source().toString().startsWith(source))
                .filter(each -> each.destination().toString().startsWith(destination))
                .findFirst()
                .orElseThrow();
    }
}
