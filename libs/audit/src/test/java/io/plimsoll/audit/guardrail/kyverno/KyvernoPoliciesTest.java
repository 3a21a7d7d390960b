package io.plimsoll.audit.guardrail.kyverno;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.Guardrail;
import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.Status;
import io.plimsoll.audit.guardrail.Written;
import org.junit.jupiter.api.Test;

class KyvernoPoliciesTest {

    private static final String ENGINE = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: kyverno, namespace: kyverno}
            spec: {template: {spec: {containers: [{name: kyverno, image: 'ghcr.io/kyverno/kyverno:v1.14.0'}]}}}
            """;
    private static final String NO_PRIVILEGED = """
            pattern:
              spec:
                =(initContainers):
                  - =(securityContext): {=(privileged): 'false'}
                containers:
                  - =(securityContext): {=(privileged): 'false'}
            """;
    private static final String PRIVILEGED =
            Written.deployment("root", "image: a:1\nsecurityContext: {privileged: true}");

    @Test
    void aPatternThatEveryPodFitsIsEffective() {
        assertThat(rule(policy("Enforce", NO_PRIVILEGED), Intent.PRIVILEGED).status())
                .isEqualTo(Status.EFFECTIVE);
    }

    @Test
    void aPatternThatAPodBreaksIsContradicted() {
        Guardrail rule = Written.documents(ENGINE, policy("Enforce", NO_PRIVILEGED), PRIVILEGED)
                .rule(Intent.PRIVILEGED);
        assertThat(rule.status()).isEqualTo(Status.CONTRADICTED);
        assertThat(rule.why()).contains("shop/Deployment/root");
    }

    @Test
    void auditIsTheDefault() {
        Guardrail rule = rule(policy("Audit", NO_PRIVILEGED), Intent.PRIVILEGED);
        assertThat(rule.action()).isEqualTo(Action.AUDIT);
        assertThat(rule.status()).isEqualTo(Status.NOT_DENYING);
    }

    @Test
    void withoutEngineNothingIsInForce() {
        assertThat(Written.documents(policy("Enforce", NO_PRIVILEGED), Written.WEB)
                        .rule(Intent.PRIVILEGED)
                        .status())
                .isEqualTo(Status.NOT_BOUND);
    }

    @Test
    void readsHowImagesMustBeCalled() {
        String tag = "pattern: {spec: {containers: [{image: '!*:latest & *:*'}]}}\n";
        assertThat(rule(policy("Enforce", tag), Intent.IMAGE_TAG_OR_DIGEST).status())
                .isEqualTo(Status.EFFECTIVE);
        String registry = "pattern: {spec: {containers: [{image: 'registry.corp.example/* | ghcr.io/corp/*'}]}}\n";
        assertThat(rule(policy("Enforce", registry), Intent.REGISTRY_ALLOW_LIST).status())
                .isEqualTo(Status.EFFECTIVE);
    }

    @Test
    void aFieldThatMustNotBeThereIsForbidden() {
        String hostPath = "pattern: {spec: {=(volumes): [{X(hostPath): 'null'}]}}\n";
        assertThat(rule(policy("Enforce", hostPath), Intent.HOST_PATH).status()).isEqualTo(Status.EFFECTIVE);
    }

    @Test
    void aLabelThatMustBeThereIsMissed() {
        String label = "pattern: {metadata: {labels: {team: '?*'}}}\n";
        assertThat(rule(policy("Enforce", label), Intent.LABELS).status()).isEqualTo(Status.CONTRADICTED);
    }

    @Test
    void whatCannotBeReadExactlyIsNotEvaluated() {
        String global = "pattern: {spec: {<(hostNetwork): false}}\n";
        assertThat(rule(policy("Enforce", global), Intent.HOST_NAMESPACES).status())
                .isEqualTo(Status.NOT_EVALUATED);
        String deny = "deny: {conditions: {any: [{key: '{{request.operation}}', operator: Equals, value: DELETE}]}}\n";
        assertThat(Written.documents(ENGINE, policy("Enforce", deny), Written.WEB)
                        .rules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.status()).isEqualTo(Status.NOT_EVALUATED));
    }

    @Test
    void podSecurityCountsAsTheBundle() {
        String level = "podSecurity: {level: baseline, version: latest}\n";
        assertThat(Written.documents(ENGINE, policy("Enforce", level), Written.WEB)
                        .guardrails()
                        .effectiveIntents("shop"))
                .containsExactly(Intent.BASELINE_HOST, Intent.BASELINE_PRIVILEGE);
    }

    @Test
    void expressionsAreEvaluated() {
        String cel = """
                cel:
                  expressions:
                    - expression: "object.spec.containers.all(c, c.image.startsWith('registry.corp.example/'))"
                """;
        assertThat(rule(policy("Enforce", cel), Intent.REGISTRY_ALLOW_LIST).status())
                .isEqualTo(Status.EFFECTIVE);
    }

    @Test
    void anExcludedNamespaceIsOutOfScope() {
        String excluding = policy("Enforce", NO_PRIVILEGED)
                .replace("validate:", "exclude: {any: [{resources: {namespaces: ['sh*']}}]}\n      validate:");
        assertThat(rule(excluding, Intent.PRIVILEGED).status()).isEqualTo(Status.EXCLUDED);
    }

    @Test
    void anExceptionTakesItsObjectsOut() {
        String exception = """
                apiVersion: kyverno.io/v2
                kind: PolicyException
                metadata: {name: root, namespace: shop}
                spec:
                  exceptions: [{policyName: own, ruleNames: [own]}]
                  match: {any: [{resources: {kinds: [Pod], names: ['root*']}}]}
                """;
        assertThat(Written.documents(ENGINE, policy("Enforce", NO_PRIVILEGED), exception, Written.WEB, PRIVILEGED)
                        .rule(Intent.PRIVILEGED)
                        .status())
                .isEqualTo(Status.EFFECTIVE);
    }

    private static Guardrail rule(String policy, Intent intent) {
        return Written.documents(ENGINE, policy, Written.WEB).rule(intent);
    }

    private static String policy(String action, String validate) {
        return """
                apiVersion: kyverno.io/v1
                kind: ClusterPolicy
                metadata: {name: own}
                spec:
                  validationFailureAction: %s
                  rules:
                    - name: own
                      match: {any: [{resources: {kinds: [Pod]}}]}
                      validate:
                %s""".formatted(action, validate.indent(8));
    }
}
