package io.plimsoll.audit.guardrail.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.Guardrail;
import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.Status;
import io.plimsoll.audit.guardrail.Written;
import org.junit.jupiter.api.Test;

class ConstraintsTest {

    private static final String ENGINE = engine("[--operation=webhook]");
    private static final String TEMPLATE = template("K8sPSPPrivilegedContainer");
    private static final String CONSTRAINT = constraint("K8sPSPPrivilegedContainer", "");

    @Test
    void refusesUnlessTheConstraintSaysOtherwise() {
        assertThat(judged(CONSTRAINT).action()).isEqualTo(Action.DENY);
        assertThat(judged(CONSTRAINT).status()).isEqualTo(Status.EFFECTIVE);
        assertThat(judged(CONSTRAINT + "  enforcementAction: dryrun\n").status())
                .isEqualTo(Status.NOT_DENYING);
        assertThat(judged(CONSTRAINT + "  enforcementAction: warn\n").action()).isEqualTo(Action.WARN);
    }

    @Test
    void aScopedActionCountsByWhatItDoesAtAdmission() {
        String scoped = CONSTRAINT + "  enforcementAction: scoped\n  scopedEnforcementActions:\n"
                + "    - {action: deny, enforcementPoints: [{name: %s}]}\n";
        assertThat(judged(scoped.formatted("validation.gatekeeper.sh")).action())
                .isEqualTo(Action.DENY);
        assertThat(judged(scoped.formatted("audit.gatekeeper.sh")).action()).isEqualTo(Action.AUDIT);
    }

    @Test
    void withoutTemplateNothingIsBound() {
        assertThat(Written.documents(ENGINE, CONSTRAINT, Written.WEB)
                        .rule(Intent.PRIVILEGED)
                        .status())
                .isEqualTo(Status.NOT_BOUND);
    }

    @Test
    void withoutEngineTheRuleIsWrittenAndNotInForce() {
        Written written = Written.documents(TEMPLATE, CONSTRAINT, Written.WEB);
        assertThat(written.rule(Intent.PRIVILEGED).status()).isEqualTo(Status.NOT_BOUND);
        assertThat(written.rule(Intent.PRIVILEGED).why()).contains("no Gatekeeper");
        assertThat(written.guardrails().codifiedIntents("shop")).containsExactly(Intent.PRIVILEGED);
    }

    @Test
    void theAuditPodAloneIsNoEngine() {
        assertThat(Written.documents(engine("[--operation=audit]"), TEMPLATE, CONSTRAINT, Written.WEB)
                        .rule(Intent.PRIVILEGED)
                        .status())
                .isEqualTo(Status.NOT_BOUND);
    }

    @Test
    void excludedNamespacesAreGlobs() {
        String excluding = constraint("K8sPSPPrivilegedContainer", "excludedNamespaces: ['sh*']");
        assertThat(judged(excluding).status()).isEqualTo(Status.EXCLUDED);
        String elsewhere = constraint("K8sPSPPrivilegedContainer", "namespaces: [bank]");
        assertThat(judged(elsewhere).status()).isEqualTo(Status.EXCLUDED);
    }

    @Test
    void aNamespaceThatTheEngineLeavesAloneIsExcluded() {
        String labelled =
                "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {admission.gatekeeper.sh/ignore: x}}\n";
        assertThat(Written.documents(ENGINE, TEMPLATE, CONSTRAINT, labelled, Written.WEB)
                        .rule(Intent.PRIVILEGED)
                        .status())
                .isEqualTo(Status.EXCLUDED);
    }

    @Test
    void aRuleThatExemptsEveryImageIsVacuous() {
        assertThat(judged(CONSTRAINT + "  parameters: {exemptImages: ['*']}\n").status())
                .isEqualTo(Status.VACUOUS);
    }

    @Test
    void anAllowListOfEverythingHasNoTeeth() {
        String allowing = constraint("K8sAllowedRepos", "") + "  parameters: {repos: ['']}\n";
        assertThat(Written.documents(ENGINE, template("K8sAllowedRepos"), allowing, Written.WEB)
                        .rule(Intent.REGISTRY_ALLOW_LIST)
                        .status())
                .isEqualTo(Status.VACUOUS);
    }

    @Test
    void aTemplateOfTheSameNameWithOtherParametersIsNotEvaluated() {
        assertThat(judged(CONSTRAINT + "  parameters: {except: []}\n").status()).isEqualTo(Status.NOT_EVALUATED);
    }

    @Test
    void anUnknownTemplateIsNotEvaluated() {
        assertThat(Written.documents(ENGINE, template("K8sOwn"), constraint("K8sOwn", ""), Written.WEB)
                        .rules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.status()).isEqualTo(Status.NOT_EVALUATED));
    }

    @Test
    void aTokenThatKubernetesMountsByItselfBreaksTheRuleAgainstIt() {
        String kind = "K8sPSPAutomountServiceAccountTokenPod";
        assertThat(Written.documents(ENGINE, template(kind), constraint(kind, ""), Written.WEB)
                        .rule(Intent.SERVICE_ACCOUNT_TOKEN)
                        .status())
                .isEqualTo(Status.CONTRADICTED);
        String account = """
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: default, namespace: shop}
                automountServiceAccountToken: false
                """;
        assertThat(Written.documents(ENGINE, template(kind), constraint(kind, ""), account, Written.WEB)
                        .rule(Intent.SERVICE_ACCOUNT_TOKEN)
                        .status())
                .isEqualTo(Status.EFFECTIVE);
    }

    @Test
    void ofAConstraintDeclaredTwiceTheWeakerDecides() {
        String harmless = CONSTRAINT + "  parameters: {exemptImages: ['*']}\n";
        Guardrail rule = Written.documents(ENGINE, TEMPLATE, CONSTRAINT, harmless, Written.WEB)
                .rule(Intent.PRIVILEGED);
        assertThat(rule.status()).isEqualTo(Status.VACUOUS);
    }

    @Test
    void rulesThatRepeatThePodSecurityLabelsCountUnderItsBundle() {
        String namespace = "apiVersion: v1\nkind: Namespace\n"
                + "metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: baseline}}\n";
        assertThat(Written.documents(ENGINE, TEMPLATE, CONSTRAINT, namespace, Written.WEB)
                        .guardrails()
                        .effectiveIntents("shop"))
                .containsExactly(Intent.BASELINE_HOST, Intent.BASELINE_PRIVILEGE);
    }

    private static Guardrail judged(String constraint) {
        return Written.documents(ENGINE, TEMPLATE, constraint, Written.WEB).rule(Intent.PRIVILEGED);
    }

    private static String engine(String arguments) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: gatekeeper, namespace: gatekeeper-system}
                spec:
                  template:
                    spec:
                      containers: [{name: manager, image: 'openpolicyagent/gatekeeper:v3.18.0', args: %s}]
                """.formatted(arguments);
    }

    private static String template(String kind) {
        return """
                apiVersion: templates.gatekeeper.sh/v1
                kind: ConstraintTemplate
                metadata: {name: %s}
                spec:
                  crd: {spec: {names: {kind: %s}}}
                  targets: [{target: admission.k8s.gatekeeper.sh, rego: 'package own'}]
                """.formatted(kind.toLowerCase(java.util.Locale.ROOT), kind);
    }

    private static String constraint(String kind, String match) {
        return """
                apiVersion: constraints.gatekeeper.sh/v1beta1
                kind: %s
                metadata: {name: own}
                spec:
                  match:
                    kinds: [{apiGroups: [''], kinds: [Pod]}]
                    %s
                """.formatted(kind, match);
    }
}
