package io.plimsoll.audit.guardrail.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.Guardrail;
import io.plimsoll.audit.guardrail.Guardrails;
import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.Status;
import io.plimsoll.audit.guardrail.Written;
import org.junit.jupiter.api.Test;

class BuiltinRulesTest {

    private static final String ENFORCED = namespace("pod-security.kubernetes.io/enforce: baseline");
    private static final String PRIVILEGED =
            Written.deployment("root", "image: a:1\nsecurityContext: {privileged: true}");
    private static final String QUOTA = """
            apiVersion: v1
            kind: ResourceQuota
            metadata: {name: quota, namespace: shop}
            spec: {hard: {requests.cpu: '20', pods: '100'}}
            """;
    private static final String DENY = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: deny, namespace: shop}
            spec: {podSelector: {}, policyTypes: [Ingress]}
            """;

    @Test
    void countsAnEnforcedBaselineAsTwoIntents() {
        assertThat(Written.documents(ENFORCED, Written.WEB).guardrails().effectiveIntents("shop"))
                .containsExactly(Intent.BASELINE_HOST, Intent.BASELINE_PRIVILEGE);
    }

    @Test
    void countsAnEnforcedRestrictedAsThreeIntents() {
        String hardened = Written.deployment("web", """
                image: a:1
                securityContext:
                  runAsNonRoot: true
                  allowPrivilegeEscalation: false
                  capabilities: {drop: [ALL]}
                  seccompProfile: {type: RuntimeDefault}
                """);
        String namespace = namespace("pod-security.kubernetes.io/enforce: restricted");
        assertThat(Written.documents(namespace, hardened).guardrails().effectiveIntents("shop"))
                .containsExactly(Intent.BASELINE_HOST, Intent.BASELINE_PRIVILEGE, Intent.POD_RESTRICTED);
    }

    @Test
    void aLabelThatARunningPodBreaksIsWrittenAndEnforcedButNotInForce() {
        Guardrails guardrails =
                Written.documents(ENFORCED, Written.WEB, PRIVILEGED).guardrails();
        assertThat(guardrails.effectiveIntents("shop")).isEmpty();
        assertThat(guardrails.podBaselineEnforced("shop")).isTrue();
        assertThat(guardrails.codifiedIntents("shop"))
                .containsExactly(Intent.HOST_NAMESPACES, Intent.HOST_PATH, Intent.PRIVILEGED);
        assertThat(guardrails.rules("shop").getFirst().why()).contains("shop/Deployment/root");
    }

    @Test
    void aWarningIsWrittenAndNotEnforced() {
        Written written = Written.documents(namespace("pod-security.kubernetes.io/warn: baseline"), Written.WEB);
        Guardrail rule = written.rule(Intent.BASELINE_HOST);
        assertThat(rule.action()).isEqualTo(Action.WARN);
        assertThat(rule.status()).isEqualTo(Status.NOT_DENYING);
        assertThat(written.guardrails().podBaselineEnforced("shop")).isFalse();
        assertThat(written.guardrails().codifiedIntents("shop")).hasSize(3);
    }

    @Test
    void ofANamespaceDeclaredTwiceTheWeakerLevelDecides() {
        String restricted = namespace("pod-security.kubernetes.io/enforce: restricted");
        String privileged = namespace("pod-security.kubernetes.io/enforce: privileged");
        assertThat(Written.documents(restricted, privileged, Written.WEB).rules())
                .isEmpty();
    }

    @Test
    void aMisspelledLevelIsNone() {
        assertThat(Written.documents(namespace("pod-security.kubernetes.io/enforce: basline"), Written.WEB)
                        .rules())
                .isEmpty();
    }

    @Test
    void aQuotaIsInForceWherePodsSayWhatTheyNeed() {
        String web = Written.deployment("web", "image: a:1\nresources: {limits: {cpu: 200m}}");
        assertThat(Written.documents(QUOTA, web).rule(Intent.RESOURCE_QUOTA).status())
                .isEqualTo(Status.EFFECTIVE);
    }

    @Test
    void aQuotaBesidePodsItWouldRefuseIsNotInForce() {
        Guardrail rule = Written.documents(QUOTA, Written.WEB).rule(Intent.RESOURCE_QUOTA);
        assertThat(rule.status()).isEqualTo(Status.CONTRADICTED);
        assertThat(rule.why()).contains("shop/Deployment/web").contains("requests.cpu");
    }

    @Test
    void aLimitRangeFillsInWhatAQuotaAsksFor() {
        String range = """
                apiVersion: v1
                kind: LimitRange
                metadata: {name: range, namespace: shop}
                spec: {limits: [{type: Container, defaultRequest: {cpu: 100m}}]}
                """;
        assertThat(Written.documents(QUOTA, range, Written.WEB)
                        .rule(Intent.RESOURCE_QUOTA)
                        .status())
                .isEqualTo(Status.EFFECTIVE);
    }

    @Test
    void aQuotaOfOtherThingsIsVacuous() {
        String quota = QUOTA.replace("requests.cpu: '20', pods: '100'", "count/configmaps: '5'");
        assertThat(Written.documents(quota, Written.WEB)
                        .rule(Intent.RESOURCE_QUOTA)
                        .status())
                .isEqualTo(Status.VACUOUS);
    }

    @Test
    void denyingEveryPodOneDirectionIsOneIntent() {
        assertThat(Written.documents(DENY, Written.WEB).guardrails().effectiveIntents("shop"))
                .containsExactly(Intent.DENY_INGRESS);
    }

    @Test
    void anAllowAllBesideADenyAllUndoesIt() {
        String open = DENY.replace("name: deny", "name: open").replace("[Ingress]", "[Ingress], ingress: [{}]");
        Guardrail rule = Written.documents(DENY, open, Written.WEB).rule(Intent.DENY_INGRESS);
        assertThat(rule.status()).isEqualTo(Status.CONTRADICTED);
        assertThat(rule.why()).contains("shop/NetworkPolicy/open");
    }

    @Test
    void anAllowRuleForSomePortLeavesTheDenyInForce() {
        String dns = DENY.replace("name: deny", "name: dns")
                .replace("[Ingress]", "[Ingress], ingress: [{ports: [{port: 53}]}]");
        assertThat(Written.documents(DENY, dns, Written.WEB)
                        .rule(Intent.DENY_INGRESS)
                        .status())
                .isEqualTo(Status.EFFECTIVE);
    }

    private static String namespace(String label) {
        return """
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: shop
                  labels: {%s}
                """.formatted(label);
    }
}
