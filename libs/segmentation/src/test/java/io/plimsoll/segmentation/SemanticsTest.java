package io.plimsoll.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a NetworkPolicy means, corner by corner, in a small town: shop/web, shop/db and ops/watch. */
class SemanticsTest {

    private static final String DENY = Town.policy("deny", "podSelector: {}", "policyTypes: [Ingress, Egress]");

    @Test
    void letsEveryoneReachEveryoneWithoutPolicies() {
        Town town = new Town();
        assertThat(town.into("shop/db"))
                .containsExactly(
                        "ops/watch All Connections",
                        "shop/web All Connections",
                        "0.0.0.0-255.255.255.255 All Connections",
                        "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff All Connections");
    }

    @Test
    void selectsEveryPodOfItsOwnNamespaceByAnEmptySelector() {
        Town town = new Town(Town.policy("p", "podSelector: {}"));
        assertThat(town.into("shop/db")).isEmpty();
        assertThat(town.into("shop/web")).isEmpty();
        assertThat(town.into("ops/watch")).hasSize(4);
    }

    @Test
    void allowsEveryPeerWhereARuleNamesNone() {
        Town town =
                new Town(Town.policy("p", "podSelector: {matchLabels: {app: db}}", "ingress: [{ports: [{port: 80}]}]"));
        assertThat(town.into("shop/db"))
                .containsExactly(
                        "ops/watch TCP 80",
                        "shop/web TCP 80",
                        "0.0.0.0-255.255.255.255 TCP 80",
                        "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff TCP 80");
    }

    @Test
    void allowsEveryPeerWhereTheListOfPeersIsEmpty() {
        Town town = new Town(Town.policy("p", "podSelector: {}", "ingress: [{from: []}]"));
        assertThat(town.into("shop/db")).hasSize(4);
    }

    @Test
    void looksForPodsInItsOwnNamespaceWhereNoNamespaceIsSelected() {
        Town town = new Town(Town.policy("p", "podSelector: {}", "ingress: [{from: [{podSelector: {}}]}]"));
        assertThat(town.into("shop/db")).containsExactly("shop/web All Connections");
    }

    @Test
    void takesEveryPodOfTheNamespacesSelected() {
        Town town = new Town(Town.policy(
                "p", "podSelector: {}", "ingress: [{from: [{namespaceSelector: {matchLabels: {team: b}}}]}]"));
        assertThat(town.into("shop/db")).containsExactly("ops/watch All Connections");
    }

    @Test
    void wantsBothSelectorsOfOnePeerToMatch() {
        Town town = new Town(
                Town.policy(
                        "p",
                        "podSelector: {}",
                        "ingress: [{from: [{namespaceSelector: {matchLabels: {team: b}}, podSelector: {matchLabels: {app: web}}}]}]"));
        assertThat(town.into("shop/db")).isEmpty();
    }

    @Test
    void takesPodsThatAnyPeerOfTheListMatches() {
        Town town = new Town(
                Town.policy(
                        "p",
                        "podSelector: {}",
                        "ingress: [{from: [{namespaceSelector: {matchLabels: {team: b}}}, {podSelector: {matchLabels: {app: web}}}]}]"));
        assertThat(town.into("shop/db")).containsExactly("ops/watch All Connections", "shop/web All Connections");
    }

    @Test
    void takesAllNamespacesByAnEmptySelectorAndItsOwnByNone() {
        Town every = new Town(Town.policy("p", "podSelector: {}", "ingress: [{from: [{namespaceSelector: {}}]}]"));
        Town own = new Town(
                Town.policy("p", "podSelector: {}", "ingress: [{from: [{namespaceSelector: null, podSelector: {}}]}]"));
        assertThat(every.into("shop/db")).containsExactly("ops/watch All Connections", "shop/web All Connections");
        assertThat(own.into("shop/db")).containsExactly("shop/web All Connections");
    }

    @Test
    void deniesAllByAnEmptyListOfRulesAndByNone() {
        assertThat(new Town(Town.policy("p", "podSelector: {}", "ingress: []")).into("shop/db"))
                .isEmpty();
        assertThat(new Town(Town.policy("p", "podSelector: {}", "policyTypes: [Ingress]")).into("shop/db"))
                .isEmpty();
    }

    @Test
    void isolatesEgressWithoutPolicyTypesOnlyWhereThereIsAnEgressRule() {
        Town none = new Town(Town.policy("p", "podSelector: {}", "egress: []"));
        Town some = new Town(Town.policy("p", "podSelector: {}", "egress: [{ports: [{port: 53, protocol: UDP}]}]"));
        assertThat(none.outOf("shop/web")).contains("ops/watch All Connections");
        assertThat(some.outOf("shop/web")).contains("ops/watch UDP 53");
        assertThat(some.into("shop/db")).isEmpty();
    }

    @Test
    void ignoresRulesOfADirectionThatPolicyTypesLeaveOut() {
        Town town =
                new Town(Town.policy("p", "podSelector: {}", "policyTypes: [Egress]", "ingress: []", "egress: [{}]"));
        assertThat(town.into("shop/db")).hasSize(4);
        assertThat(town.outOf("shop/db")).hasSize(4);
    }

    @Test
    void takesTcpWhereAPortNamesNoProtocolAndAllPortsWhereItNamesNoNumber() {
        Town town = new Town(Town.policy(
                "p",
                "podSelector: {}",
                "ingress: [{from: [{podSelector: {}}], ports: [{port: 80}, {protocol: UDP}]}]"));
        assertThat(town.into("shop/db")).containsExactly("shop/web TCP 80,UDP 1-65535");
    }

    @Test
    void countsTheEndPortIn() {
        Town town = new Town(Town.policy(
                "p", "podSelector: {}", "ingress: [{from: [{podSelector: {}}], ports: [{port: 80, endPort: 82}]}]"));
        assertThat(town.into("shop/db")).containsExactly("shop/web TCP 80-82");
    }

    @Test
    void findsANamedPortAtTheDestinationByNameAndProtocol() {
        Town town = new Town(
                DENY,
                Town.policy("in", "podSelector: {}", "ingress: [{ports: [{port: api}, {port: api, protocol: UDP}]}]"),
                Town.policy("out", "podSelector: {}", "policyTypes: [Egress]", "egress: [{ports: [{port: api}]}]"));
        assertThat(town.into("shop/db")).contains("shop/web TCP 5432", "0.0.0.0-255.255.255.255 TCP 5432");
        assertThat(town.into("shop/web")).contains("shop/db TCP 8080");
        assertThat(town.outOf("shop/web")).containsExactly("shop/db TCP 5432");
    }

    @Test
    void cutsExceptedAddressesOutOfABlockAndNeverMeansPods() {
        Town town = new Town(Town.policy(
                "p", "podSelector: {}", "ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]}]"));
        assertThat(town.into("shop/db"))
                .containsExactly("10.0.0.0-10.0.255.255 All Connections", "10.2.0.0-10.255.255.255 All Connections");
    }

    @Test
    void keepsTheFamiliesOfAddressesApart() {
        Town town = new Town(
                Town.policy(
                        "p",
                        "podSelector: {}",
                        "ingress: [{from: [{ipBlock: {cidr: 'fd00::/8', except: ['fd00::/16']}}, {ipBlock: {cidr: 0.0.0.0/0}}]}]"));
        assertThat(town.into("shop/db"))
                .containsExactly(
                        "0.0.0.0-255.255.255.255 All Connections",
                        "fd01::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff All Connections");
    }

    @Test
    void unitesWhatSeveralPoliciesAllow() {
        Town town = new Town(
                Town.policy("a", "podSelector: {}", "ingress: [{from: [{podSelector: {}}], ports: [{port: 80}]}]"),
                Town.policy("b", "podSelector: {}", "ingress: [{from: [{podSelector: {}}], ports: [{port: 81}]}]"));
        assertThat(town.into("shop/db")).containsExactly("shop/web TCP 80-81");
    }

    @Test
    void wantsTheSenderAndTheReceiverToAllowAPort() {
        Town town = new Town(
                Town.policy(
                        "in",
                        "podSelector: {}",
                        "ingress: [{from: [{podSelector: {}}], ports: [{port: 80, endPort: 90}]}]"),
                Town.policy(
                        "out",
                        "podSelector: {}",
                        "policyTypes: [Egress]",
                        "egress: [{to: [{podSelector: {}}], ports: [{port: 85, endPort: 95}]}]"));
        assertThat(town.into("shop/db")).containsExactly("shop/web TCP 85-90");
    }

    @Test
    void knowsSctp() {
        Town town = new Town(Town.policy(
                "p",
                "podSelector: {}",
                "ingress: [{from: [{podSelector: {}}], ports: [{protocol: SCTP, port: 9003}]}]"));
        assertThat(town.into("shop/db")).containsExactly("shop/web SCTP 9003");
    }

    @Test
    void readsANegationAsMatchingPodsWithoutTheLabel() {
        Town notIn = new Town(Town.policy(
                "p", "podSelector: {matchExpressions: [{key: tier, operator: NotIn, values: [gold]}]}", "ingress: []"));
        Town absent = new Town(Town.policy(
                "p", "podSelector: {matchExpressions: [{key: tier, operator: DoesNotExist}]}", "ingress: []"));
        assertThat(notIn.into("shop/db")).isEmpty();
        assertThat(absent.into("shop/db")).isEmpty();
        assertThat(absent.into("shop/web")).hasSize(4);
    }

    @Test
    void wantsAllRequirementsOfASelector() {
        Town gold = new Town(Town.policy(
                "p",
                "podSelector: {matchLabels: {app: web}, matchExpressions: [{key: tier, operator: In, values: [gold, tin]}]}",
                "ingress: []"));
        Town tin = new Town(Town.policy(
                "p",
                "podSelector: {matchLabels: {app: web}, matchExpressions: [{key: tier, operator: In, values: [tin]}]}",
                "ingress: []"));
        assertThat(gold.into("shop/web")).isEmpty();
        assertThat(tin.into("shop/web")).hasSize(4);
    }

    @Test
    void knowsANamespaceByItsNameEvenWhereItWasNotGiven() {
        Town town = new Town(
                Town.pod("lost", "found", "app: x"),
                Town.policy(
                        "p",
                        "podSelector: {}",
                        "ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: lost}}}]}]"));
        assertThat(town.into("shop/db")).containsExactly("lost/found All Connections");
    }

    @Test
    void leavesOutPodsThatEnded() {
        Town town = new Town(Town.pod("shop", "done", "app: done") + "status: {phase: Succeeded}\n");
        assertThat(town.into("shop/db")).noneMatch(line -> line.contains("done"));
    }

    @Test
    void showsNoTrafficOfAWorkloadWithItself() {
        Town town = new Town();
        assertThat(town.into("shop/db")).noneMatch(line -> line.startsWith("shop/db"));
    }

    @Test
    void unitesThePodsOfOneOwnerWhereTheyDiffer() {
        Town town = new Town(
                Town.ownedPod("pair-1", "pair", "app: left"),
                Town.ownedPod("pair-2", "pair", "app: right"),
                Town.policy(
                        "p",
                        "podSelector: {matchLabels: {app: db}}",
                        "ingress: [{from: [{podSelector: {matchLabels: {app: left}}}], ports: [{port: 80}]}, {from: [{podSelector: {matchLabels: {app: right}}}], ports: [{port: 82}]}]"));
        assertThat(town.into("shop/db")).containsExactly("shop/pair TCP 80,82");
    }

    @Test
    void letsTheWeakerOfTwoVersionsOfAPolicyDecide() {
        Town town = new Town(
                Town.policy("p", "podSelector: {matchLabels: {app: db}}", "ingress: []"),
                Town.policy("p", "podSelector: {}", "ingress: [{from: [{podSelector: {}}]}]"));
        assertThat(town.into("shop/db")).containsExactly("shop/web All Connections");
        assertThat(town.into("shop/web")).hasSize(4);
    }

    @Test
    void unitesTheLabelsOfANamespaceThatIsDeclaredTwice() {
        Town town = new Town(
                Town.namespace("ops", "stage: live"),
                Town.policy(
                        "p",
                        "podSelector: {}",
                        "ingress: [{from: [{namespaceSelector: {matchLabels: {team: b, stage: live}}}]}]"));
        assertThat(town.into("shop/db")).containsExactly("ops/watch All Connections");
    }

    @Test
    void readsTheOldGroupOfTheApiToo() {
        Town town = new Town(Town.policy("p", "podSelector: {}").replace("networking.k8s.io/v1", "extensions/v1beta1"));
        assertThat(town.into("shop/db")).isEmpty();
    }
}
