package io.plimsoll.audit.export;

import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.review.Draft;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.regex.Pattern;

/**
 * One control as a ValidatingAdmissionPolicy and its binding, {@code admissionregistration.k8s.io/v1} (KEP-3488).
 *
 * @param exempt namespaces that the binding leaves out
 */
public record PolicyDocument(Exportable control, Action action, SortedSet<String> exempt) {

    private static final String API_VERSION = "admissionregistration.k8s.io/v1";
    private static final Pattern NOT_OF_A_NAME = Pattern.compile("[^a-z0-9.-]+");

    /** Name of the policy: {@code plimsoll-} and the control's id as far as names of objects allow. */
    public String name() {
        String id = NOT_OF_A_NAME.matcher(control.id().toLowerCase(Locale.ROOT)).replaceAll("-");
        return "plimsoll-" + id;
    }

    /** As the API server takes it. */
    public Value policy() {
        return object("ValidatingAdmissionPolicy", name())
                .put(
                        "spec",
                        Draft.empty()
                                .put("failurePolicy", "Fail")
                                .put("matchConstraints", constraints())
                                .put("matchConditions", list(List.of(changed())))
                                .put("variables", variables())
                                .put("validations", list(validations()))
                                .done())
                .done();
    }

    /** As the API server takes it. */
    public Value binding() {
        Draft spec = Draft.empty().put("policyName", name()).put("validationActions", texts(List.of(written(action))));
        if (!exempt.isEmpty()) {
            Value outside = Draft.empty()
                    .put("key", "kubernetes.io/metadata.name")
                    .put("operator", "NotIn")
                    .put("values", texts(List.copyOf(exempt)))
                    .done();
            Value selector = Draft.empty()
                    .put("matchExpressions", list(List.of(outside)))
                    .done();
            spec.put(
                    "matchResources",
                    Draft.empty().put("namespaceSelector", selector).done());
        }
        return object("ValidatingAdmissionPolicyBinding", name())
                .put("spec", spec.done())
                .done();
    }

    /** Both as YAML, the policy first. */
    public String yaml() {
        return ManifestText.of(policy()) + "---\n" + ManifestText.of(binding());
    }

    private Draft object(String kind, String name) {
        Value metadata = Draft.empty()
                .put("name", name)
                .put(
                        "labels",
                        Draft.empty()
                                .put("app.kubernetes.io/managed-by", "plimsoll")
                                .done())
                .put(
                        "annotations",
                        Draft.empty()
                                .put("plimsoll.io/control", control.id())
                                .put("plimsoll.io/title", control.title())
                                .done())
                .done();
        return Draft.empty().put("apiVersion", API_VERSION).put("kind", kind).put("metadata", metadata);
    }

    private Value constraints() {
        List<Value> rules = new ArrayList<>();
        for (Targets.Resources each : control.targets().rules()) {
            rules.add(Draft.empty()
                    .put("apiGroups", texts(List.of(each.group())))
                    .put("apiVersions", texts(each.versions()))
                    .put("operations", texts(List.of("CREATE", "UPDATE")))
                    .put("resources", texts(each.names()))
                    .done());
        }
        return Draft.empty()
                .put("matchPolicy", "Equivalent")
                .put("resourceRules", list(rules))
                .done();
    }

    /**
     * What is there already must be let go: the finalizer of a pod that breaks the rule is removed by an update, and an update
     * that changes nothing of what is asked is not asked.
     */
    private Value changed() {
        String expression = control.targets().pods()
                ? "request.operation != 'UPDATE' || object.?spec != oldObject.?spec || object.?template != oldObject.?template"
                        + " || object.metadata.?annotations != oldObject.metadata.?annotations"
                : "request.operation != 'UPDATE' || !has(object.metadata.deletionTimestamp)";
        return Draft.empty()
                .put("name", "asked-for-now")
                .put("expression", expression)
                .done();
    }

    private Value variables() {
        Map<String, String> all = new LinkedHashMap<>();
        if (control.targets().pods()) {
            all.putAll(PodVariables.ALL);
        }
        all.putAll(control.variables());
        List<Value> variables = new ArrayList<>();
        all.forEach((name, expression) -> variables.add(
                Draft.empty().put("name", name).put("expression", expression).done()));
        return list(variables);
    }

    private List<Value> validations() {
        List<Value> validations = new ArrayList<>();
        for (Exportable.Part part : control.parts()) {
            Draft validation = Draft.empty();
            switch (part.each()) {
                case OBJECT, POD ->
                    validation.put("expression", part.expression()).put("message", part.message());
                case CONTAINER ->
                    validation
                            .put("expression", "variables.containers.all(container, " + part.expression() + ")")
                            .put("message", "a container " + part.message())
                            .put("messageExpression", naming(part));
            }
            validations.add(validation.put("reason", "Invalid").done());
        }
        return validations;
    }

    /** The names of the containers in front of what is wrong with them. */
    private static String naming(Exportable.Part part) {
        return "'container ' + variables.containers.filter(container, !(" + part.expression()
                + ")).map(container, string(container.?name.orValue('?'))).join(', ') + ' " + quoted(part.message())
                + "'";
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("'", "\\'");
    }

    private static String written(Action action) {
        return switch (action) {
            case DENY -> "Deny";
            case WARN -> "Warn";
            case AUDIT -> "Audit";
        };
    }

    private static Value texts(List<String> texts) {
        return list(texts.stream().<Value>map(text -> new Value.Text(text, 0)).toList());
    }

    private static Value list(List<Value> values) {
        return new Value.Arr(values, 0);
    }
}
