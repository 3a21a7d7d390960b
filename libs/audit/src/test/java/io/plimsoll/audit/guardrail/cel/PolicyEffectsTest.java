package io.plimsoll.audit.guardrail.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.Written;
import io.plimsoll.audit.guardrail.review.ResourceNames;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.workload.Workloads;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API server's own code does with policies, bindings and parameters, object by object. */
class PolicyEffectsTest {

    private static final String NAMESPACES = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop, labels: {env: prod}}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: lab, labels: {env: dev}}
            """;
    private static final String SHOP = configMap("a", "shop", "3");
    private static final String LAB = configMap("a", "lab", "3");

    @Test
    void saysWhatWouldBeRefusedWhereAndWhy() {
        PolicyEffect effect = only(policy("", "object.data.n == '2'"), binding(""), NAMESPACES, SHOP, LAB);
        assertThat(effect.namespaces()).containsExactly("lab", "shop");
        assertThat(effect.actions()).containsExactly(Action.DENY, Action.AUDIT);
        assertThat(effect.asked()).isEqualTo(2);
        assertThat(effect.refused())
                .extracting(
                        refusal -> refusal.object().namespace() + " " + refusal.validation() + " " + refusal.message())
                .containsExactly(
                        "lab 0 failed expression: object.data.n == '2'",
                        "shop 0 failed expression: object.data.n == '2'");
    }

    @Test
    void coversTheNamespacesOfBothSelectors() {
        String prod = "matchResources: {namespaceSelector: {matchLabels: {env: prod}}}";
        PolicyEffect effect = only(policy("", "false"), binding(prod), NAMESPACES, SHOP, LAB);
        assertThat(effect.namespaces()).containsExactly("shop");
        assertThat(effect.refusals()).isEqualTo(1);
        String both =
                policy("namespaceSelector: {matchExpressions: [{key: env, operator: NotIn, values: [prod]}]}", "false");
        assertThat(only(both, binding(prod), NAMESPACES, SHOP, LAB)).satisfies(none -> {
            assertThat(none.namespaces()).isEmpty();
            assertThat(none.selectsNothing()).isTrue();
        });
    }

    /** Resource rules of the policy, how many of the two config maps and the namespaces they ask. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [configmaps]} | 2",
                "{apiGroups: [''], apiVersions: [v1], operations: ['*'], resources: ['*']} | 4",
                "{apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*/*']} | 4",
                "{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: ['configmaps/*']} | 2",
                "{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [configmaps/status]} | 0",
                "{apiGroups: [''], apiVersions: [v2], operations: [CREATE], resources: [configmaps]} | 2",
                "{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [configmaps]} | 0",
                "{apiGroups: [''], apiVersions: [v1], operations: [DELETE], resources: [configmaps]} | 0",
                "{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [configmaps], resourceNames: [b]} | 0",
                "{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: ['*'], scope: Namespaced} | 2",
                "{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: ['*'], scope: Cluster} | 2"
            })
    void matchesTheRulesOfResources(String rule, int asked) {
        String policy = policy("", "true").replace(ANY_CONFIG_MAP, rule);
        assertThat(only(policy, binding(""), NAMESPACES, SHOP, LAB).asked()).isEqualTo(asked);
    }

    @Test
    void comparesVersionsOnlyWhereTheMatchIsExact() {
        String other = policy("matchPolicy: Exact", "true").replace("apiVersions: [v1]", "apiVersions: [v2]");
        assertThat(only(other, binding(""), SHOP).selectsNothing()).isTrue();
        assertThat(only(policy("matchPolicy: Exact", "true"), binding(""), SHOP).asked())
                .isEqualTo(1);
    }

    @Test
    void takesInWhatAnotherGroupServes() {
        String apps = policy("", "false")
                .replace(
                        ANY_CONFIG_MAP,
                        "{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}");
        String old = Written.WEB.replace("apps/v1", "extensions/v1beta1");
        assertThat(only(apps, binding(""), old).refusals()).isEqualTo(1);
        assertThat(only(
                                apps.replace("matchConstraints:", "matchConstraints:\n    matchPolicy: Exact"),
                                binding(""),
                                old)
                        .selectsNothing())
                .isTrue();
    }

    @Test
    void leavesOutWhatIsExcludedAndWhatTheObjectSelectorDoesNotSelect() {
        String excluding = "excludeResourceRules: [" + ANY_CONFIG_MAP + "]";
        assertThat(only(policy(excluding, "true"), binding(""), SHOP).selectsNothing())
                .isTrue();
        String labelled = "objectSelector: {matchLabels: {app: x}}";
        assertThat(only(policy(labelled, "true"), binding(""), SHOP).selectsNothing())
                .isTrue();
        assertThat(only(policy("", "true"), binding("matchResources: {" + labelled + "}"), SHOP)
                        .selectsNothing())
                .isTrue();
    }

    @Test
    void neverAsksAboutAdmissionItself() {
        String everything = policy("", "false")
                .replace(ANY_CONFIG_MAP, "{apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*']}");
        assertThat(only(everything, binding("")).selectsNothing()).isTrue();
    }

    @Test
    void composesTheMessageAsTheServerDoes() {
        assertThat(message("messageExpression: \"'n is ' + object.data.n\"")).isEqualTo("n is 3");
        assertThat(message("message: ' plain '")).isEqualTo("plain");
        assertThat(message("message: plain, messageExpression: \"'a\\\\nb'\"")).isEqualTo("plain");
        assertThat(message("message: plain, messageExpression: object.nothing.here"))
                .isEqualTo("plain");
        assertThat(message("message: plain, messageExpression: \"'  '\"")).isEqualTo("plain");
        assertThat(message("message: plain, messageExpression: \"1\"")).isEqualTo("plain");
        assertThat(message("messageExpression: \"''\"")).isEqualTo("failed expression: false");
    }

    @Test
    void failsClosedUnlessThePolicySaysOtherwise() {
        String failing = policy("", "object.data.missing == '1'");
        assertThat(only(failing, binding(""), SHOP).refused())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.message()).startsWith("the expression fails"));
        assertThat(only(failing.replace("failurePolicy: Fail", "failurePolicy: Ignore"), binding(""), SHOP)
                        .refusals())
                .isZero();
    }

    @Test
    void asksWhatItsConditionsLetThrough() {
        String conditions =
                "matchConditions: [{name: a, expression: object.nothing == 1}, {name: b, expression: \"%s\"}]";
        String policy = policy("", "false");
        assertThat(only(with(policy, conditions.formatted("false")), binding(""), SHOP)
                        .selectsNothing())
                .isTrue();
        assertThat(only(with(policy, conditions.formatted("true")), binding(""), SHOP)
                        .refused())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.message()).contains("the expression fails"));
    }

    @Test
    void refusesAPolicyWhoseExpressionIsNoQuestion() {
        assertThat(only(policy("", "object.data.n"), binding(""), SHOP).unknown())
                .containsOnlyKeys("not auditable: must evaluate to bool");
        String typed = with(
                policy("", "variables.size + 1 == 4"), "variables: [{name: size, expression: size(object.data.n)}]");
        assertThat(only(typed, binding(""), SHOP).refusals()).isEqualTo(1);
        assertThat(only(typed.replace("+ 1 == 4", "+ 'a' == ''"), binding(""), SHOP)
                        .unknown())
                .hasSize(1);
    }

    @Test
    void takesParametersByNameFromTheNamespaceOfTheRequest() {
        String policy =
                with(policy("", "object.data.n == params.data.n"), "paramKind: {apiVersion: v1, kind: ConfigMap}");
        String byName = "paramRef: {name: limit, parameterNotFoundAction: %s}";
        PolicyEffect effect = only(
                policy,
                binding(byName.formatted("Deny")),
                SHOP,
                LAB,
                configMap("limit", "shop", "4"),
                configMap("limit", "lab", "3"));
        assertThat(effect.refused())
                .extracting(refusal -> refusal.object().toString())
                .containsExactly("shop/ConfigMap/a");
    }

    @Test
    void takesParametersByLabelAndAsksWithEach() {
        String policy =
                with(policy("", "object.data.n == params.data.n"), "paramKind: {apiVersion: v1, kind: ConfigMap}");
        String byLabel =
                "paramRef: {namespace: rules, selector: {matchLabels: {limit: 'yes'}}, parameterNotFoundAction: Deny}";
        String labelled =
                configMap("one", "rules", "3").replace("namespace: rules", "namespace: rules, labels: {limit: 'yes'}");
        assertThat(only(policy, binding(byLabel), SHOP, labelled).refusals()).isZero();
        assertThat(only(
                                policy,
                                binding(byLabel),
                                SHOP,
                                labelled,
                                labelled.replace("one", "two").replace("'3'", "'4'"))
                        .refused())
                .extracting(refusal -> refusal.object().toString())
                .contains("shop/ConfigMap/a");
    }

    @Test
    void asksWithoutParametersWhereTheBindingGivesNone() {
        String policy = with(policy("", "params == null"), "paramKind: {apiVersion: v1, kind: ConfigMap}");
        assertThat(only(policy, binding(""), SHOP).refusals()).isZero();
        assertThat(only(policy("", "params == null"), binding(""), SHOP).unknown())
                .containsOnlyKeys("not auditable: undeclared reference to 'params'");
    }

    /** In a live cluster what is not there is not there; files may leave it out. */
    @ParameterizedTest
    @CsvSource({"Allow,Fail,0,true", "Deny,Fail,1,false", "Deny,Ignore,0,true"})
    void doesWhatTheBindingSaysWhereParametersAreMissing(String action, String failure, int refused, boolean nothing) {
        String policy = with(
                        policy("", "object.data.n == params.data.n"), "paramKind: {apiVersion: v1, kind: ConfigMap}")
                .replace("failurePolicy: Fail", "failurePolicy: " + failure);
        String missing = binding("paramRef: {name: limit, namespace: rules, parameterNotFoundAction: " + action + "}");
        PolicyEffect live = effects(ClusterMode.LIVE, policy, missing, SHOP).getFirst();
        assertThat(live.refusals()).isEqualTo(refused);
        assertThat(live.selectsNothing()).isEqualTo(nothing);
        assertThat(only(policy, missing, SHOP).unknown())
                .containsOnlyKeys("its parameters are not among the objects given");
    }

    @Test
    void namesWhatTheRequestAndTheNamespaceSay() {
        for (String text : List.of(
                "request.operation == 'CREATE' && request.resource.resource == 'configmaps' && request.kind.kind == 'ConfigMap'",
                "request.namespace == 'shop' && request.name == 'a' && !has(request.subResource)",
                "oldObject == null && namespaceObject.metadata.labels.env == 'prod'",
                "namespaceObject.metadata.name == 'shop'")) {
            assertThat(only(policy("", text), binding(""), NAMESPACES, SHOP))
                    .as(text)
                    .satisfies(effect -> {
                        assertThat(effect.refusals()).isZero();
                        assertThat(effect.unknown()).isEmpty();
                    });
        }
    }

    @Test
    void saysThatAPolicyWithoutBindingDoesNothing() {
        assertThat(effects(ClusterMode.MANIFESTS, policy("", "false"), SHOP))
                .singleElement()
                .satisfies(effect -> {
                    assertThat(effect.binding()).isEmpty();
                    assertThat(effect.actions()).isEmpty();
                    assertThat(effect.selectsNothing()).isTrue();
                });
    }

    @Test
    void boundsWhatOnePolicyMayAskToCompile() {
        StringBuilder variables = new StringBuilder("variables: [");
        for (int i = 0; i < PolicyProgram.EXPRESSIONS_MAX + 5; i++) {
            variables.append("{name: v").append(i).append(", expression: 'true'}, ");
        }
        PolicyEffect effect =
                only(with(policy("", "true"), variables.append("]").toString()), binding(""), SHOP);
        assertThat(effect.unknown().firstKey()).startsWith("budget: a policy of more than");
    }

    private static String message(String fields) {
        return only(
                        policy("", "false")
                                .replace("{expression: \"false\"}", "{expression: \"false\", " + fields + "}"),
                        binding(""),
                        SHOP)
                .refused()
                .getFirst()
                .message();
    }

    private static final String ANY_CONFIG_MAP =
            "{apiGroups: [''], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [configmaps]}";

    private static String with(String policy, String field) {
        return policy.replace("  validations:", "  " + field + "\n  validations:");
    }

    private static String policy(String constraints, String expression) {
        return """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: own}
                spec:
                  failurePolicy: Fail
                  matchConstraints:
                    resourceRules: [%s]
                    %s
                  validations: [{expression: "%s"}]
                """.formatted(ANY_CONFIG_MAP, constraints, expression);
    }

    private static String binding(String more) {
        return """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: bound}
                spec:
                  policyName: own
                  validationActions: [Audit, Deny]
                  %s
                """.formatted(more);
    }

    private static String configMap(String name, String namespace, String n) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s, namespace: %s}\ndata: {n: '%s'}\n"
                .formatted(name, namespace, n);
    }

    private static PolicyEffect only(String... documents) {
        List<PolicyEffect> effects = effects(ClusterMode.MANIFESTS, documents);
        assertThat(effects).hasSize(1);
        return effects.getFirst();
    }

    private static List<PolicyEffect> effects(ClusterMode mode, String... documents) {
        ClusterState read = Written.documents(documents).state();
        ClusterState state = new ClusterState(read.name(), mode, read.resources());
        return new ArrayList<>(PolicyEffects.of(
                state,
                Scope.all(state.resources(), Workloads.of(state)).values(),
                new Programs(new ResourceNames(state))));
    }
}
