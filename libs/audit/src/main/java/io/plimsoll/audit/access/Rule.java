package io.plimsoll.audit.access;

import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.kubernetes.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a role, matched as the RBAC authorizer matches: {@code *} stands for everything, subresources included, and
 * {@code *}{@code /scale} for one subresource of every resource.
 */
public record Rule(Field field) {

    private static final String ALL = "*";
    /** All that can be done to an object. */
    private static final List<String> VERBS = List.of("get", "list", "watch", "create", "update", "patch", "delete");

    /** The rules of a role, in the order of the file. */
    public static List<Rule> of(Field role) {
        return role.at("rules").items().stream().map(Rule::new).toList();
    }

    /** True when any of the verbs is given on any of the resources of a group. */
    boolean gives(List<String> verbs, String group, List<String> resources) {
        return holdsAny("verbs", verbs)
                && holds("apiGroups", group)
                && resources.stream().anyMatch(this::resource);
    }

    private boolean resource(String wanted) {
        int slash = wanted.indexOf('/');
        String everywhere = slash < 0 ? ALL : ALL + wanted.substring(slash);
        for (String written : texts("resources")) {
            if (written.equals(ALL) || written.equals(wanted) || written.equals(everywhere)) {
                return true;
            }
        }
        return false;
    }

    /** True when it speaks of certain objects by name only. */
    public boolean named() {
        return !field.at("resourceNames").items().isEmpty();
    }

    boolean holdsAny(String key, List<String> wanted) {
        return wanted.stream().anyMatch(each -> holds(key, each));
    }

    boolean holds(String key, String wanted) {
        List<String> written = texts(key);
        return written.contains(wanted) || written.contains(ALL);
    }

    /** Everything on everything. */
    boolean everything() {
        List<String> verbs = texts("verbs");
        return (verbs.contains(ALL) || verbs.containsAll(VERBS))
                && texts("resources").contains(ALL)
                && texts("apiGroups").contains(ALL);
    }

    /** The first of the three keys that holds a wildcard; null when none does. */
    public @Nullable Field wildcard() {
        for (String key : new String[] {"verbs", "resources", "apiGroups"}) {
            for (Field item : field.at(key).items()) {
                if (item.value() instanceof Value.Text text && text.raw().equals(ALL)) {
                    return item;
                }
            }
        }
        return null;
    }

    List<String> texts(String key) {
        return field.value().at(key).texts();
    }
}
