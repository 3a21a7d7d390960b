package io.plimsoll.audit.export;

import io.plimsoll.audit.control.CatalogueControl;
import io.plimsoll.audit.control.Logic;
import io.plimsoll.audit.export.Exportable.Each;
import io.plimsoll.audit.guardrail.review.ResourceNames;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Controls of the catalogue whose folder says them in CEL. Parameters have their defaults, written into the policy. */
final class CatalogueExpressions {

    private static final String WORKLOAD = "workload";
    private static final String STANDARD = "standard-";

    /** Kinds that no admission policy is asked about, and what is no object of an API server. */
    private static final Pattern NEVER_ASKED =
            Pattern.compile("cluster|\\*|.*\\.(admissionregistration\\.k8s\\.io|.*\\.config\\.k8s\\.io)");

    private static final Pattern PARAMETER = Pattern.compile("(?<![\\w.])params\\.");

    private static final ResourceNames NAMES =
            new ResourceNames(new ClusterState("export", ClusterMode.MANIFESTS, List.of()));

    private CatalogueExpressions() {}

    /**
     * Empty for a control that has no expression, or is about what no policy is asked.
     *
     * @param standard the families of the Pod Security Standards in the version wanted: a control that is one of them is said
     *     as that version says it
     */
    static Optional<Exportable> of(CatalogueControl control, Map<String, List<Exportable.Part>> standard) {
        if (control.logic().java().startsWith(STANDARD)) {
            String family = control.logic().java().substring(STANDARD.length()).replace('-', '_');
            if (standard.containsKey(family)) {
                return Optional.of(Exportable.ofPods(control.id(), control.title(), standard.get(family)));
            }
        }
        List<String> kinds = control.kinds().stream()
                .filter(kind -> !NEVER_ASKED.matcher(kind).matches())
                .toList();
        if (kinds.isEmpty()) {
            return Optional.empty();
        }
        return control.logic().cel().map(logic -> {
            Map<String, String> variables = new LinkedHashMap<>();
            if (!control.parameters().isEmpty()) {
                variables.put("params", defaults(control));
            }
            logic.variables().forEach((name, expression) -> variables.put(name, withParameters(expression)));
            return new Exportable(
                    control.id(),
                    control.title(),
                    targets(kinds),
                    variables,
                    List.of(new Exportable.Part(
                            each(logic.each()), withParameters(logic.expression()), logic.message())));
        });
    }

    private static Each each(Logic.Each each) {
        return switch (each) {
            case OBJECT -> Each.OBJECT;
            case POD -> Each.POD;
            case CONTAINER -> Each.CONTAINER;
        };
    }

    private static String withParameters(String expression) {
        return PARAMETER.matcher(expression).replaceAll("variables.params.");
    }

    private static Targets targets(List<String> kinds) {
        List<Targets.Resources> rules = new ArrayList<>();
        if (kinds.contains(WORKLOAD)) {
            rules.addAll(Targets.PODS.rules());
        }
        Map<String, List<String>> byGroup = new TreeMap<>();
        for (String kind : kinds) {
            int dot = kind.indexOf('.');
            if (!kind.equals(WORKLOAD)) {
                String group = dot < 0 ? "" : kind.substring(dot + 1);
                String name = dot < 0 ? kind : kind.substring(0, dot);
                byGroup.computeIfAbsent(group, each -> new ArrayList<>()).add(NAMES.plural(group, name));
            }
        }
        byGroup.forEach((group, names) -> rules.add(new Targets.Resources(group, List.of("*"), names)));
        return new Targets(rules, kinds.contains(WORKLOAD));
    }

    private static String defaults(CatalogueControl control) {
        return control.parameters().entrySet().stream()
                .map(each ->
                        text(each.getKey()) + ": dyn(" + literal(each.getValue().standard()) + ")")
                .sorted()
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String literal(Value value) {
        return switch (value) {
            case Value.Text text -> text(text.raw());
            case Value.Bool bool -> Boolean.toString(bool.raw());
            case Value.Num num -> number(num.raw());
            case Value.Arr arr ->
                arr.values().stream().map(CatalogueExpressions::literal).collect(Collectors.joining(", ", "[", "]"));
            case Value.Obj obj -> throw new IllegalArgumentException("a parameter is no mapping");
            case Value.Null nothing -> "null";
        };
    }

    private static String number(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        return plain.scale() <= 0 ? plain.toBigInteger().toString() : plain.toPlainString();
    }

    private static String text(String raw) {
        return "'" + raw.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
    }
}
