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
 * only where {@code matchPolicy} is Exact: else the API server converts. Immutable, any thread.
 */
final class ResourceRules {

    private static final Set<String> WRITES = Set.of("CREATE", "UPDATE", "*");

    /** Kinds that no admission policy is asked about, lest one locks everybody out. */
    private static final Set<String> EXEMPT = Set.of(
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "MutatingAdmissionPolicy",
            "MutatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration",
            "MutatingWebhookConfiguration");

    private record Rule(
            boolean writes,
            List<String> groups,
            List<String> versions,
            List<String> resources,
            List<String> only,
            String scope) {

        static Rule of(Value rule) {
            return new Rule(
                    rule.at("operations").texts().stream().anyMatch(WRITES::contains),
                    rule.at("apiGroups").texts(),
                    rule.at("apiVersions").texts(),
                    rule.at("resources").texts(),
                    rule.at("resourceNames").texts(),
                    rule.text("scope"));
        }
    }

    private final Value namespaceSelector;
    private final Value objectSelector;
    private final boolean exact;
    private final List<Rule> rules;
    private final List<Rule> excluded;
    private final ResourceNames names;

    /** @param spec the mapping with resourceRules, excludeResourceRules, namespaceSelector and objectSelector; missing selects all */
    ResourceRules(Value spec, ResourceNames names) {
        this.namespaceSelector = spec.at("namespaceSelector");
        this.objectSelector = spec.at("objectSelector");
        this.exact = spec.text("matchPolicy").equals("Exact");
        this.rules = spec.items("resourceRules").stream().map(Rule::of).toList();
        this.excluded =
                spec.items("excludeResourceRules").stream().map(Rule::of).toList();
        this.names = names;
    }

    boolean covers(Scope scope) {
        return scope.namespace().isEmpty() || LabelSelector.matches(namespaceSelector, scope.labels());
    }

    boolean selects(Review review) {
        if (review.group().equals("admissionregistration.k8s.io") && EXEMPT.contains(review.kind())) {
            return false;
        }
        if (!rules.isEmpty() && !any(rules, review)) {
            return false;
        }
        return !any(excluded, review)
                && (!objectSelector.present() || LabelSelector.matches(objectSelector, review.labels()));
    }

    /** False for rules about deleting or connecting alone: no object of a file obeys or breaks them. */
    boolean aboutWrites() {
        return rules.isEmpty() || rules.stream().anyMatch(Rule::writes);
    }

    /** The resources named, for telling what a policy is about. */
    List<String> resources() {
        return rules.stream()
                .flatMap(rule -> rule.resources().stream())
                .distinct()
                .toList();
    }

    private boolean any(List<Rule> among, Review review) {
        if (among.isEmpty()) {
            return false;
        }
        String plural = names.plural(review.group(), review.kind());
        for (Rule rule : among) {
            if (matches(rule, review, plural)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(Rule rule, Review review, String plural) {
        return rule.writes()
                && (exact
                        ? contains(rule.groups(), review.group()) && contains(rule.versions(), review.version())
                        : groups(review).stream().anyMatch(group -> contains(rule.groups(), group)))
                && resource(rule.resources(), plural)
                && (rule.only().isEmpty() || rule.only().contains(review.name()))
                && switch (rule.scope()) {
                    case "Namespaced" ->
                        !review.is("Namespace", "") && !review.namespace().isEmpty();
                    case "Cluster" ->
                        review.is("Namespace", "") || review.namespace().isEmpty();
                    default -> true;
                };
    }

    /** The groups that serve the same object: where the match is not exact, a rule about any of them takes it in. */
    private static List<String> groups(Review review) {
        return switch (review.kind()) {
            case "Deployment", "DaemonSet", "ReplicaSet" -> either(review.group(), "apps", "extensions");
            case "Ingress", "NetworkPolicy" -> either(review.group(), "networking.k8s.io", "extensions");
            case "Event" -> either(review.group(), "", "events.k8s.io");
            default -> List.of(review.group());
        };
    }

    private static List<String> either(String group, String one, String other) {
        return group.equals(one) || group.equals(other) ? List.of(one, other) : List.of(group);
    }

    private static boolean resource(List<String> wanted, String plural) {
        return wanted.contains("*")
                || wanted.contains("*/*")
                || wanted.contains(plural)
                || wanted.contains(plural + "/*");
    }

    private static boolean contains(List<String> wanted, String value) {
        return wanted.contains("*") || wanted.contains(value);
    }
}
