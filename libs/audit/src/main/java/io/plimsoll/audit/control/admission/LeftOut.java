package io.plimsoll.audit.control.admission;

import io.plimsoll.audit.cel.Activation;
import io.plimsoll.audit.cel.CelEnvironment;
import io.plimsoll.audit.cel.Compiled;
import io.plimsoll.audit.cel.Outcome;
import io.plimsoll.audit.cel.TargetVersion;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which namespace a match condition leaves out: the condition is asked of a bare Pod in it, and of the same Pod in a namespace
 * nobody has. Only what holds there and not here is about the namespace.
 */
final class LeftOut {

    private static final List<String> NAMES = List.of("object", "oldObject", "request", "namespaceObject");
    /** A namespace that nobody has. */
    private static final String NOBODYS = "a-namespace-nobody-has";
    /** A text in an expression that may be the name of a namespace. */
    private static final Pattern NAME = Pattern.compile("[\"']([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)[\"']");

    private static final int NAMES_MAX = 200;

    private LeftOut() {}

    /** @param known namespaces to try, beside those the expression names */
    static Optional<String> by(String expression, Set<String> known, Set<String> allowed) {
        Compiled compiled = CelEnvironment.naming(TargetVersion.NEWEST, NAMES).compile(expression);
        if (!holds(compiled, NOBODYS)) {
            return Optional.empty();
        }
        Set<String> candidates = new LinkedHashSet<>();
        Matcher named = NAME.matcher(expression);
        while (named.find() && candidates.size() < NAMES_MAX) {
            candidates.add(named.group(1));
        }
        known.stream().limit(NAMES_MAX).forEach(candidates::add);
        return candidates.stream()
                .filter(each -> !allowed.contains(each))
                .filter(each -> fails(compiled, each))
                .findFirst();
    }

    private static boolean holds(Compiled compiled, String namespace) {
        return ask(compiled, namespace) instanceof Outcome.Result result && Boolean.TRUE.equals(result.value());
    }

    private static boolean fails(Compiled compiled, String namespace) {
        return ask(compiled, namespace) instanceof Outcome.Result result && Boolean.FALSE.equals(result.value());
    }

    private static Outcome ask(Compiled compiled, String namespace) {
        Map<String, Object> metadata =
                Map.of("name", "pod", "namespace", namespace, "labels", Map.of(), "annotations", Map.of());
        Map<String, Object> object = Map.of(
                "apiVersion", "v1", "kind", "Pod", "metadata", metadata, "spec", Map.of("containers", List.of()));
        Map<String, Object> resource = Map.of("group", "", "version", "v1", "resource", "pods");
        Map<String, Object> kind = Map.of("group", "", "version", "v1", "kind", "Pod");
        Map<String, Object> request = Map.of(
                "operation", "CREATE", "namespace", namespace, "name", "pod", "resource", resource, "kind", kind);
        Map<String, Object> namespaceObject = Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Namespace",
                "metadata",
                Map.of("name", namespace, "labels", Map.of("kubernetes.io/metadata.name", namespace)));
        Map<String, Object> known = Map.of("object", object, "request", request, "namespaceObject", namespaceObject);
        return new Activation(known, Map.of()).evaluate(compiled);
    }
}
