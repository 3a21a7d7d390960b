package io.plimsoll.audit.guardrail.cel;

import io.plimsoll.audit.guardrail.review.LabelSelector;
import io.plimsoll.audit.guardrail.review.ResourceNames;
import io.plimsoll.audit.guardrail.review.Review;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.kubernetes.value.Value;
import java.util.List;
import java.util.Set;

/**
 * Which objects a policy, or its binding, is about: {@code matchConstraints} and {@code matchResources}. Versions are compared
 * only where {@code matchPolicy} is Exact: else the API server converts.
 *
 * @param spec the mapping with resourceRules, excludeResourceRules, namespaceSelector and objectSelector; missing selects all
 */
record ResourceRules(Value spec, ResourceNames names) {

    private static final List<String> WRITES = List.of("CREATE", "UPDATE", "*");

    /** Kinds that no admission policy is asked about, lest one locks everybody out. */
    private static final Set<String> EXEMPT = Set.of(
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "MutatingAdmissionPolicy",
            "MutatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration",
            "MutatingWebhookConfiguration");

    boolean covers(Scope scope) {
        return scope.namespace().isEmpty() || LabelSelector.matches(spec.at("namespaceSelector"), scope.labels());
    }

    boolean selects(Review review) {
        return !(review.group().equals("admissionregistration.k8s.io") && EXEMPT.contains(review.kind()))
                && LabelSelector.matches(spec.at("objectSelector"), review.labels())
                && (rules().isEmpty() || rules().stream().anyMatch(rule -> matches(rule, review)))
                && spec.items("excludeResourceRules").stream().noneMatch(rule -> matches(rule, review));
    }

    /** False for rules about deleting or connecting alone: no object of a file obeys or breaks them. */
    boolean aboutWrites() {
        return rules().isEmpty() || rules().stream().anyMatch(ResourceRules::writes);
    }

    /** The resources named, for telling what a policy is about. */
    List<String> resources() {
        return rules().stream()
                .flatMap(rule -> rule.at("resources").texts().stream())
                .distinct()
                .toList();
    }

    private List<Value> rules() {
        return spec.items("resourceRules");
    }

    private static boolean writes(Value rule) {
        return rule.at("operations").texts().stream().anyMatch(WRITES::contains);
    }

    private boolean matches(Value rule, Review review) {
        List<String> only = rule.at("resourceNames").texts();
        return writes(rule)
                && contains(rule.at("apiGroups").texts(), review.group())
                && (!spec.text("matchPolicy").equals("Exact")
                        || contains(rule.at("apiVersions").texts(), review.version()))
                && resource(rule.at("resources").texts(), review)
                && (only.isEmpty() || only.contains(review.name()))
                && switch (rule.text("scope")) {
                    case "Namespaced" ->
                        !review.is("Namespace", "") && !review.namespace().isEmpty();
                    case "Cluster" ->
                        review.is("Namespace", "") || review.namespace().isEmpty();
                    default -> true;
                };
    }

    private boolean resource(List<String> wanted, Review review) {
        String plural = names.plural(review.group(), review.kind());
        return wanted.contains("*")
                || wanted.contains("*/*")
                || wanted.contains(plural)
                || wanted.contains(plural + "/*");
    }

    private static boolean contains(List<String> wanted, String value) {
        return wanted.contains("*") || wanted.contains(value);
    }
}
