package io.plimsoll.audit.guardrail.kyverno;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.audit.guardrail.Engine;
import io.plimsoll.audit.guardrail.Guardrail;
import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.Status;
import io.plimsoll.audit.guardrail.Written;
import org.junit.jupiter.api.Test;

/** ValidatingPolicy and ImageValidatingPolicy (Kyverno's documentation of policy types, from 1.14). */
class CelPoliciesTest {

    private static final String ENGINE = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: kyverno, namespace: kyverno}
            spec: {template: {spec: {containers: [{name: kyverno, image: 'ghcr.io/kyverno/kyverno:v1.14.0'}]}}}
            """;
    private static final String PRIVILEGED =
            Written.deployment("root", "image: a:1\nsecurityContext: {privileged: true}");

    private static String policy(String kind, String metadata, String more, String expression) {
        return """
                apiVersion: policies.kyverno.io/v1alpha1
                kind: %s
                metadata: {name: rules%s}
                spec:
                  %s
                  matchConstraints:
                    resourceRules: [{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
                  validations: [{expression: "%s", message: 'no'}]
                """.formatted(kind, metadata, more, expression);
    }

    private static final String NO_PRIVILEGED =
            "object.spec.containers.all(c, !c.?securityContext.?privileged.orValue(false))";

    private static Guardrail rule(String... documents) {
        return Written.documents(documents).rule(Intent.PRIVILEGED);
    }

    @Test
    void bindsByBeingThereAndDeniesUnlessItSaysOtherwise() {
        String policy = policy("ValidatingPolicy", "", "failurePolicy: Fail", NO_PRIVILEGED);
        Guardrail rule = rule(ENGINE, policy, Written.WEB);
        assertThat(rule.status()).isEqualTo(Status.EFFECTIVE);
        assertThat(rule.engine()).isEqualTo(Engine.KYVERNO);
        assertThat(rule(ENGINE, policy, Written.WEB, PRIVILEGED).status()).isEqualTo(Status.CONTRADICTED);
    }

    @Test
    void onlyReportsWhereItOnlyAuditsOrIsNotAskedAtAdmission() {
        assertThat(rule(
                                ENGINE,
                                policy("ValidatingPolicy", "", "validationActions: [Audit]", NO_PRIVILEGED),
                                Written.WEB)
                        .status())
                .isEqualTo(Status.NOT_DENYING);
        assertThat(rule(
                                ENGINE,
                                policy(
                                        "ValidatingPolicy",
                                        "",
                                        "evaluation: {admission: {enabled: false}}",
                                        NO_PRIVILEGED),
                                Written.WEB)
                        .status())
                .isEqualTo(Status.NOT_DENYING);
    }

    @Test
    void withoutEngineNothingIsInForce() {
        assertThat(rule(policy("ValidatingPolicy", "", "failurePolicy: Fail", NO_PRIVILEGED), Written.WEB)
                        .status())
                .isEqualTo(Status.NOT_BOUND);
    }

    @Test
    void aNamespacesPolicyIsAboutThatNamespace() {
        assertThat(rule(
                                ENGINE,
                                policy(
                                        "NamespacedValidatingPolicy",
                                        ", namespace: shop",
                                        "failurePolicy: Fail",
                                        NO_PRIVILEGED),
                                Written.WEB)
                        .status())
                .isEqualTo(Status.EFFECTIVE);
        assertThat(rule(
                                ENGINE,
                                policy(
                                        "NamespacedValidatingPolicy",
                                        ", namespace: other",
                                        "failurePolicy: Fail",
                                        NO_PRIVILEGED),
                                Written.WEB)
                        .status())
                .isEqualTo(Status.EXCLUDED);
    }

    @Test
    void anExceptionLeavesItUnknown() {
        String exception = """
                apiVersion: policies.kyverno.io/v1alpha1
                kind: PolicyException
                metadata: {name: some, namespace: kyverno}
                spec: {policyRefs: [{name: rules, kind: ValidatingPolicy}]}
                """;
        assertThat(rule(
                                ENGINE,
                                policy("ValidatingPolicy", "", "failurePolicy: Fail", NO_PRIVILEGED),
                                exception,
                                Written.WEB)
                        .status())
                .isEqualTo(Status.NOT_EVALUATED);
    }

    @Test
    void whatKyvernoAloneCanEvaluateIsUnknown() {
        assertThat(rule(
                                ENGINE,
                                policy(
                                        "ValidatingPolicy",
                                        "",
                                        "failurePolicy: Fail",
                                        "resource.Get('v1', 'configmaps', 'a', 'b').data.privileged == object.metadata.name"),
                                Written.WEB)
                        .status())
                .isEqualTo(Status.NOT_EVALUATED);
    }
}
