package io.plimsoll.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Pods are told apart by what policies look at, and by nothing else. */
class ClassesTest {

    private static final String DENY = Town.policy("deny", "podSelector: {}", "policyTypes: [Ingress]");

    @Test
    void aNamespaceIsOneClassWhereNoSelectorLooksAtLabels() {
        assertThat(new Town(DENY).reachability().classes()).isEqualTo(2);
    }

    @Test
    void valuesThatNoSelectorNamesAreOne() {
        Town town = new Town(
                Town.pod("shop", "red", "app: red"),
                Town.pod("shop", "blue", "app: blue"),
                Town.policy("p", "podSelector: {matchLabels: {app: web}}", "policyTypes: [Ingress]"));
        // web, what has another app, and ops.
        assertThat(town.reachability().classes()).isEqualTo(3);
        assertThat(town.into("shop/web")).isEmpty();
        assertThat(town.into("shop/red")).contains("shop/blue All Connections");
    }

    @Test
    void aValueThatNoSelectorNamesIsStillNotAMissingLabel() {
        Town town = new Town(
                Town.pod("shop", "bare", "tier: silver"),
                Town.policy(
                        "p",
                        "podSelector: {matchExpressions: [{key: app, operator: Exists}]}",
                        "policyTypes: [Ingress]"));
        assertThat(town.into("shop/web")).isEmpty();
        assertThat(town.into("shop/bare")).contains("shop/web All Connections");
    }

    @Test
    void aSelectorOfOneNamespaceTellsNoPodsOfAnotherApart() {
        Town town = new Town(
                Town.pod("ops", "web", "app: web"),
                Town.policy(
                        "p",
                        "podSelector: {matchLabels: {app: web}}",
                        "ingress: [{from: [{podSelector: {matchLabels: {app: db}}}]}]"));
        // web and db of shop; ops whole.
        assertThat(town.reachability().classes()).isEqualTo(3);
        assertThat(town.into("shop/web")).containsExactly("shop/db All Connections");
    }
}
