package io.plimsoll.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.plimsoll.segmentation.policy.PolicyProblem;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an API server would refuse is named, and allows nothing. */
class BadPolicyTest {

    @ParameterizedTest
    @MethodSource
    void namesWhatIsWrongWithARuleThatThenAllowsNothing(String rule, String path) {
        // When
        Town town = new Town(Town.policy("p", "podSelector: {}", "ingress: [" + rule + ", {ports: [{port: 81}]}]"));
        // Then
        assertThat(town.reachability().problems())
                .extracting(PolicyProblem::path)
                .containsExactly("spec.ingress[0]." + path);
        assertThat(town.into("shop/db")).contains("shop/web TCP 81", "0.0.0.0-255.255.255.255 TCP 81");
    }

    static Stream<Arguments> namesWhatIsWrongWithARuleThatThenAllowsNothing() {
        return Stream.of(
                argumentSet("no CIDR", "{from: [{ipBlock: {cidr: 10.0.0.0}}]}", "from[0].ipBlock.cidr"),
                argumentSet("prefix too long", "{from: [{ipBlock: {cidr: 10.0.0.0/33}}]}", "from[0].ipBlock.cidr"),
                argumentSet(
                        "except outside",
                        "{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/16]}}]}",
                        "from[0].ipBlock.except[0]"),
                argumentSet(
                        "except of the other family",
                        "{from: [{ipBlock: {cidr: 10.0.0.0/8, except: ['fd00::/16']}}]}",
                        "from[0].ipBlock.except[0]"),
                argumentSet(
                        "except of all",
                        "{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/8]}}]}",
                        "from[0].ipBlock.except[0]"),
                argumentSet(
                        "block and selector", "{from: [{ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}]}", "from[0]"),
                argumentSet("empty peer", "{from: [{}]}", "from[0]"),
                argumentSet("peers no list", "{from: {podSelector: {}}}", "from"),
                argumentSet(
                        "unknown operator",
                        "{from: [{podSelector: {matchExpressions: [{key: a, operator: Is, values: [b]}]}}]}",
                        "from[0].podSelector.matchExpressions[0].operator"),
                argumentSet(
                        "In without values",
                        "{from: [{podSelector: {matchExpressions: [{key: a, operator: In}]}}]}",
                        "from[0].podSelector.matchExpressions[0].values"),
                argumentSet(
                        "Exists with values",
                        "{from: [{podSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}}]}",
                        "from[0].podSelector.matchExpressions[0].values"),
                argumentSet(
                        "labels without matchLabels", "{from: [{podSelector: {app: web}}]}", "from[0].podSelector.app"),
                argumentSet(
                        "no key of a label",
                        "{from: [{podSelector: {matchLabels: {app@b: web}}}]}",
                        "from[0].podSelector.matchLabels.app@b"),
                argumentSet(
                        "no value of a label",
                        "{from: [{podSelector: {matchExpressions: [{key: app, operator: In, values: ['{{ name }}']}]}}]}",
                        "from[0].podSelector.matchExpressions[0]"),
                argumentSet("port zero", "{ports: [{port: 0}]}", "ports[0].port"),
                argumentSet("port too large", "{ports: [{port: 65536}]}", "ports[0].port"),
                argumentSet("port of digits in quotes", "{ports: [{port: '80'}]}", "ports[0].port"),
                argumentSet("end before port", "{ports: [{port: 80, endPort: 79}]}", "ports[0].endPort"),
                argumentSet("end without port", "{ports: [{endPort: 79}]}", "ports[0].endPort"),
                argumentSet("end of a name", "{ports: [{port: api, endPort: 79}]}", "ports[0].endPort"),
                argumentSet("unknown protocol", "{ports: [{protocol: ICMP}]}", "ports[0].protocol"));
    }

    @Test
    void stillIsolatesByAPolicyWhoseOnlyRuleIsBad() {
        Town town = new Town(Town.policy("p", "podSelector: {}", "ingress: [{from: [{ipBlock: {cidr: x}}]}]"));
        assertThat(town.into("shop/db")).isEmpty();
    }

    @Test
    void namesAnUnknownPolicyTypeAndGoesByTheOthers() {
        Town town = new Town(Town.policy("p", "podSelector: {}", "policyTypes: [Egress, Sideways]"));
        assertThat(town.reachability().problems())
                .extracting(PolicyProblem::path)
                .containsExactly("spec.policyTypes[1]");
        assertThat(town.outOf("shop/db")).isEmpty();
        assertThat(town.into("shop/db")).contains("ops/watch All Connections");
    }

    @Test
    void leavesOutAPolicyWhoseSubjectCannotBeRead() {
        Town town =
                new Town(Town.policy("p", "podSelector: {matchExpressions: [{key: app, operator: Is, values: [db]}]}"));
        assertThat(town.reachability().problems())
                .extracting(PolicyProblem::path)
                .containsExactly("spec.podSelector.matchExpressions[0].operator");
        assertThat(town.reachability().coverage().partial()).containsKey("networking.k8s.io/NetworkPolicy");
        assertThat(town.into("shop/db")).isEmpty();
        assertThat(town.reachability().connections())
                .filteredOn(connection -> connection.destination().toString().startsWith("shop/db["))
                .allMatch(connection -> connection.uncertain().isAll())
                .hasSize(4);
    }

    @Test
    void saysWhereTheProblemStands() {
        Town town = new Town(Town.policy("p", "podSelector: {}", "ingress:", "- ports:", "  - port: 0"));
        PolicyProblem problem = town.reachability().problems().getFirst();
        assertThat(problem.policy().toString()).isEqualTo("shop/NetworkPolicy/p");
        assertThat(problem.source().file()).isEqualTo("in.yaml");
        assertThat(problem.source().line()).isGreaterThan(20);
        assertThat(problem.message()).isEqualTo("a port is a number from 1 to 65535");
    }
}
