package io.plimsoll.audit.guardrail.kyverno;

import io.plimsoll.audit.guardrail.review.LabelSelector;
import io.plimsoll.audit.guardrail.review.Review;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.audit.guardrail.review.Wildcard;
import io.plimsoll.kubernetes.value.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a rule is about.
 *
 * @param namespace of the policy, empty for a cluster-wide one
 * @param excepted matches of exceptions
 */
record Matching(String namespace, Value match, Value exclude, List<Value> excepted) {

    private static final List<String> USER = List.of("subjects", "roles", "clusterRoles");

    /** It asks who makes the request, which files do not say. */
    boolean asksUser() {
        return filters(match)
                .anyMatch(filter ->
                        USER.stream().anyMatch(key -> !filter.items(key).isEmpty()));
    }

    boolean covers(Scope scope) {
        boolean own = namespace.isEmpty() || namespace.equals(scope.namespace());
        boolean left = filters(exclude).anyMatch(filter -> namespaceOnly(filter) && here(filter, scope));
        Stream<Value> wanted = filters(match);
        return own
                && !left
                && (all(match)
                        ? wanted.allMatch(filter -> here(filter, scope))
                        : wanted.anyMatch(filter -> here(filter, scope)));
    }

    boolean selects(Review review, Scope scope) {
        return selects(match, review, scope)
                && (!exclude.present() || !excludes(review, scope))
                && excepted.stream().noneMatch(exception -> selects(exception, review, scope));
    }

    static List<String> kinds(Value match) {
        return filters(match)
                .flatMap(filter -> filter.at("resources", "kinds").texts().stream())
                .map(kind -> kind.substring(kind.lastIndexOf('/') + 1))
                .toList();
    }

    /** A user that is let off is somebody in particular, so such a filter excludes no object here. */
    private boolean excludes(Review review, Scope scope) {
        return filters(exclude).noneMatch(Matching::asksUser) && selects(exclude, review, scope);
    }

    private static boolean asksUser(Value filter) {
        return USER.stream().anyMatch(key -> !filter.items(key).isEmpty());
    }

    private static boolean selects(Value filters, Review review, Scope scope) {
        Stream<Value> each = filters(filters);
        return all(filters)
                ? each.allMatch(filter -> fits(filter, review, scope))
                : each.anyMatch(filter -> fits(filter, review, scope));
    }

    private static boolean all(Value filters) {
        return !filters.items("all").isEmpty();
    }

    private static Stream<Value> filters(Value filters) {
        if (all(filters)) {
            return filters.items("all").stream();
        }
        return filters.items("any").isEmpty() && filters.at("resources").present()
                ? Stream.of(filters)
                : filters.items("any").stream();
    }

    private static boolean fits(Value filter, Review review, Scope scope) {
        Value wanted = filter.at("resources");
        Map<String, String> annotations = review.annotations();
        return here(filter, scope)
                && (wanted.items("kinds").isEmpty()
                        || wanted.at("kinds").texts().stream().anyMatch(kind -> kind(kind, review)))
                && named(wanted, review)
                && LabelSelector.matches(wanted.at("selector"), review.labels())
                && wanted.at("annotations").textMap().entrySet().stream()
                        .allMatch(each ->
                                Wildcard.matches(each.getValue(), annotations.getOrDefault(each.getKey(), "\0")));
    }

    private static boolean here(Value filter, Scope scope) {
        Value wanted = filter.at("resources");
        List<String> namespaces = wanted.at("namespaces").texts();
        return (namespaces.isEmpty() || namespaces.stream().anyMatch(each -> Wildcard.matches(each, scope.namespace())))
                && LabelSelector.matches(wanted.at("namespaceSelector"), scope.labels());
    }

    private static boolean named(Value wanted, Review review) {
        List<String> names = wanted.at("names").texts();
        String name = wanted.text("name");
        return (names.isEmpty() || names.stream().anyMatch(each -> Wildcard.matches(each, review.name())))
                && (name.isEmpty() || Wildcard.matches(name, review.name()));
    }

    private static boolean namespaceOnly(Value filter) {
        Value wanted = filter.at("resources");
        boolean whole = wanted.items("kinds").isEmpty()
                || wanted.at("kinds").texts().contains("*")
                || wanted.at("kinds").texts().contains("Pod");
        return whole
                && !asksUser(filter)
                && (!wanted.items("namespaces").isEmpty()
                        || wanted.at("namespaceSelector").present())
                && wanted.items("names").isEmpty()
                && wanted.text("name").isEmpty()
                && !wanted.at("selector").present()
                && !wanted.at("annotations").present();
    }

    /** {@code Pod}, {@code v1/Pod}, {@code apps/v1/Deployment}; with a subresource it is about no object of a file. */
    private static boolean kind(String written, Review review) {
        String[] parts = written.split("/");
        String kind = parts[parts.length - 1];
        String group = parts.length == 3 ? parts[0] : "*";
        // Kinds begin with a capital, subresources do not, so neither meets the other.
        return Wildcard.matches(kind, review.kind()) && Wildcard.matches(group, review.group());
    }
}
