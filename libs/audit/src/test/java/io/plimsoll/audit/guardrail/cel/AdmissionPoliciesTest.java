package io.plimsoll.audit.guardrail.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.audit.guardrail.Family;
import io.plimsoll.audit.guardrail.Guardrail;
import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.Status;
import io.plimsoll.audit.guardrail.Written;
import org.junit.jupiter.api.Test;

class AdmissionPoliciesTest {

    private static final String NO_PRIVILEGED = "object.spec.template.spec.containers.all(c,"
            + " !has(c.securityContext) || !has(c.securityContext.privileged) || !c.securityContext.privileged)";
    private static final String REGISTRY =
            "object.spec.template.spec.containers.all(c, c.image.startsWith('registry.corp.example/'))";
    private static final String BINDING = binding("[Deny]");
    private static final String FOREIGN = Written.deployment("foreign", "image: docker.io/library/nginx:1");

    @Test
    void aBoundRuleThatEverythingObeysIsEffective() {
        assertThat(judged(NO_PRIVILEGED).rule(Intent.PRIVILEGED).status()).isEqualTo(Status.EFFECTIVE);
    }

    @Test
    void aRuleThatWouldRefuseWhatRunsIsContradictedAndNamesIt() {
        Guardrail rule = Written.documents(policy("deployments", REGISTRY), BINDING, Written.WEB, FOREIGN)
                .rule(Intent.REGISTRY_ALLOW_LIST);
        assertThat(rule.status()).isEqualTo(Status.CONTRADICTED);
        assertThat(rule.why()).isEqualTo("shop/Deployment/foreign would be refused: keep to the rule");
    }

    @Test
    void aRuleThatOnlyReportsIsWrittenDownAllTheSame() {
        Written written =
                Written.documents(policy("deployments", REGISTRY), binding("[Audit, Warn]"), Written.WEB, FOREIGN);
        assertThat(written.rule(Intent.REGISTRY_ALLOW_LIST).status()).isEqualTo(Status.NOT_DENYING);
        assertThat(written.guardrails().codifiedIntents("shop")).containsExactly(Intent.REGISTRY_ALLOW_LIST);
        assertThat(written.guardrails().approvedRegistries("shop")).containsExactly("registry.corp.example/");
    }

    @Test
    void aPolicyWithoutBindingBindsNothing() {
        Written written = Written.documents(policy("deployments", NO_PRIVILEGED), Written.WEB);
        assertThat(written.rule(Intent.PRIVILEGED).status()).isEqualTo(Status.NOT_BOUND);
        assertThat(written.guardrails().codifiedIntents("shop")).isEmpty();
    }

    @Test
    void aBindingWithoutPolicyBindsNothing() {
        assertThat(Written.documents(BINDING, Written.WEB).rules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.status()).isEqualTo(Status.NOT_BOUND));
    }

    @Test
    void aRuleOnPodsIsJudgedByThePodsOfControllers() {
        String onPods = policy("pods", "object.spec.containers.all(c, c.image.startsWith('registry.corp.example/'))")
                .replace("apiGroups: [apps]", "apiGroups: ['']");
        Guardrail rule = Written.documents(onPods, BINDING, FOREIGN).rule(Intent.REGISTRY_ALLOW_LIST);
        assertThat(rule.why()).contains("shop/Deployment/foreign");
    }

    @Test
    void aRuleOnKindsThatAreNotThereIsVacuous() {
        assertThat(Written.documents(policy("statefulsets", NO_PRIVILEGED), BINDING, Written.WEB)
                        .rule(Intent.PRIVILEGED)
                        .status())
                .isEqualTo(Status.VACUOUS);
    }

    @Test
    void aNamespaceThatTheBindingDoesNotSelectIsExcluded() {
        String elsewhere = BINDING + "  matchResources: {namespaceSelector: {matchLabels: {env: prod}}}\n";
        assertThat(Written.documents(policy("deployments", NO_PRIVILEGED), elsewhere, Written.WEB)
                        .rule(Intent.PRIVILEGED)
                        .status())
                .isEqualTo(Status.EXCLUDED);
    }

    @Test
    void anExpressionThatFailsRefusesUnlessThePolicyIgnoresFailure() {
        String text = "object.spec.template.spec.hostNetwork == false";
        assertThat(judged(text).rule(Intent.HOST_NAMESPACES).status()).isEqualTo(Status.CONTRADICTED);
        String ignoring = policy("deployments", text).replace("failurePolicy: Fail", "failurePolicy: Ignore");
        assertThat(Written.documents(ignoring, BINDING, Written.WEB)
                        .rule(Intent.HOST_NAMESPACES)
                        .status())
                .isEqualTo(Status.VACUOUS);
    }

    @Test
    void aRuleThatIsAlwaysTrueHasNoTeeth() {
        assertThat(judged(NO_PRIVILEGED + " || true").rule(Intent.PRIVILEGED).status())
                .isEqualTo(Status.VACUOUS);
        assertThat(judged("1 == 1").rules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.status()).isEqualTo(Status.VACUOUS));
    }

    @Test
    void anExpressionThatNeedsTheClusterIsNotEvaluated() {
        for (String text : new String[] {
            "authorizer.group('apps').resource('deployments').check('create').allowed() || object.spec.replicas > 0",
            "request.userInfo.username != 'root' || object.spec.replicas > 0",
            "cel.bind(n, object.spec.replicas, n > 0)"
        }) {
            assertThat(judged(text).rule(Intent.REPLICAS)).satisfies(rule -> {
                assertThat(rule.status()).isEqualTo(Status.NOT_EVALUATED);
                assertThat(rule.why()).startsWith("not auditable");
            });
        }
    }

    @Test
    void anExpressionOverTheBoundIsNotEvaluated() {
        String loop = "[1,2,3,4,5,6,7,8,9,10].all(%s, %s)";
        String text = "object.spec.replicas > 0";
        for (String name : new String[] {"a", "b", "c", "d", "e"}) {
            text = loop.formatted(name, text);
        }
        Guardrail rule = judged(text).rule(Intent.REPLICAS);
        assertThat(rule.status()).isEqualTo(Status.NOT_EVALUATED);
        assertThat(rule.why()).startsWith("budget");
    }

    @Test
    void fieldsLeftOutHaveTheDefaultsOfTheApiServer() {
        assertThat(judged("object.spec.replicas == 1").rule(Intent.REPLICAS).status())
                .isEqualTo(Status.EFFECTIVE);
    }

    @Test
    void variablesAreEvaluatedWhenTheyAreNeeded() {
        String policy = policy("deployments", "true || variables.broken || variables.privileged.size() == 9")
                .replace("validations:", """
                        variables:
                          - {name: broken, expression: object.nothing.here}
                          - {name: containers, expression: object.spec.template.spec.containers}
                          - name: privileged
                            expression: variables.containers.filter(c, c.?securityContext.?privileged.orValue(false))
                          validations:""");
        String asked = policy.replace(
                "true || variables.broken || variables.privileged.size() == 9", "variables.privileged.size() == 0");
        assertThat(Written.documents(policy, BINDING, Written.WEB)
                        .rule(Intent.PRIVILEGED)
                        .why())
                .contains("made to break it");
        assertThat(Written.documents(asked, BINDING, Written.WEB)
                        .rule(Intent.PRIVILEGED)
                        .status())
                .isEqualTo(Status.EFFECTIVE);
    }

    @Test
    void anObjectThatTheMatchConditionsLeaveOutIsNotAsked() {
        String policy = policy("deployments", REGISTRY).replace("validations:", """
                        matchConditions:
                          - {name: not-foreign, expression: object.metadata.name != 'foreign'}
                          validations:""");
        assertThat(Written.documents(policy, BINDING, Written.WEB, FOREIGN)
                        .rule(Intent.REGISTRY_ALLOW_LIST)
                        .status())
                .isEqualTo(Status.EFFECTIVE);
    }

    @Test
    void parametersComeFromTheObjectThatTheBindingNames() {
        String policy = policy("deployments", "object.spec.replicas <= int(params.data.most)")
                .replace("validations:", "paramKind: {apiVersion: v1, kind: ConfigMap}\n  validations:");
        String bound = BINDING + "  paramRef: {name: bounds, namespace: rules, parameterNotFoundAction: Deny}\n";
        String bounds =
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bounds, namespace: rules}\ndata: {most: '3'}\n";
        assertThat(Written.documents(policy, bound, bounds, Written.WEB)
                        .rule(Intent.REPLICAS)
                        .status())
                .isEqualTo(Status.EFFECTIVE);
        assertThat(Written.documents(policy, bound, Written.WEB)
                        .rule(Intent.REPLICAS)
                        .status())
                .isEqualTo(Status.NOT_EVALUATED);
    }

    @Test
    void rulesWhoseWordsSayNothingCountOncePerFamily() {
        String one = policy("deployments", "object.metadata.name != 'x'");
        String two = one.replace("name: own", "name: other");
        String bindTwo = BINDING.replace("name: own", "name: other").replace("policyName: own", "policyName: other");
        assertThat(Written.documents(one, two, BINDING, bindTwo, Written.WEB)
                        .guardrails()
                        .effectiveIntents("shop"))
                .containsExactly(Intent.of("custom-pod", Family.POD));
    }

    @Test
    void aRuleAboutDeletingIsNotJudgedByFiles() {
        String policy = policy("deployments", NO_PRIVILEGED).replace("[CREATE, UPDATE]", "[DELETE]");
        assertThat(Written.documents(policy, BINDING, Written.WEB)
                        .rule(Intent.PRIVILEGED)
                        .status())
                .isEqualTo(Status.NOT_EVALUATED);
    }

    private static Written judged(String expression) {
        return Written.documents(policy("deployments", expression), BINDING, Written.WEB);
    }

    private static String policy(String resource, String expression) {
        return """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: own}
                spec:
                  failurePolicy: Fail
                  matchConstraints:
                    resourceRules:
                      - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [%s]}
                  validations:
                    - expression: "%s"
                      message: keep to the rule
                """.formatted(resource, expression);
    }

    private static String binding(String actions) {
        return """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: own}
                spec:
                  policyName: own
                  validationActions: %s
                """.formatted(actions);
    }
}
