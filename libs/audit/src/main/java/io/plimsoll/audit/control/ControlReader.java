package io.plimsoll.audit.control;

import io.plimsoll.kernel.EvidenceClass;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.kubernetes.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads the {@code control.yaml} of a control, whose form is {@code api-specs/schemas/control.schema.json}. Every fault is
 * reported with its line; a control with a fault is not returned.
 */
public final class ControlReader {

    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*|[A-Z][A-Z0-9]*(-[A-Z0-9]+)+");
    private static final Pattern SENTENCE = Pattern.compile("L[0-9]{1,2}(\\.[0-9]{1,2})?");
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]*");
    private static final int ID_CHARS_MAX = 100;
    private static final int TEXT_CHARS_MAX = 2000;

    private static final Set<String> KEYS = Set.of(
            "id",
            "title",
            "rationale",
            "severity",
            "severityRule",
            "subject",
            "class",
            "kinds",
            "stage",
            "remediation",
            "sentence",
            "mappings",
            "gateControls",
            "parameters",
            "logic",
            "fix");

    private final String file;
    private final Value root;
    private final Consumer<Problem> problems;
    private boolean faulty;

    private ControlReader(String file, Value root, Consumer<Problem> problems) {
        this.file = file;
        this.root = root;
        this.problems = problems;
    }

    /**
     * @param file its name, for messages
     * @param problems takes each fault
     */
    public static Optional<CatalogueControl> read(String file, Value root, Consumer<Problem> problems) {
        return new ControlReader(file, root, problems).read();
    }

    private Optional<CatalogueControl> read() {
        if (!(root instanceof Value.Obj)) {
            fault(root, "a control is a mapping");
            return Optional.empty();
        }
        for (Map.Entry<String, Value> field : root.fields().entrySet()) {
            if (!KEYS.contains(field.getKey())) {
                fault(field.getValue(), "unknown key " + field.getKey());
            }
        }
        String id = text("id", ID_CHARS_MAX);
        if (!id.isEmpty() && !ID.matcher(id).matches()) {
            fault(root.at("id"), "not an id: " + id + "; write for instance image-pinned or ACME-POD-001");
        }
        String title = text("title", 200);
        String rationale = text("rationale", TEXT_CHARS_MAX);
        String remediation = text("remediation", TEXT_CHARS_MAX);
        Severity severity = oneOf("severity", Severity.class, Severity.MEDIUM);
        SubjectKind subject = oneOf("subject", SubjectKind.class, SubjectKind.WORKLOAD);
        EvidenceClass evidenceClass = oneOf("class", EvidenceClass.class, EvidenceClass.INTRINSIC);
        List<String> sentences = texts("sentence", SENTENCE, true);
        List<String> kinds = texts("kinds", Pattern.compile("[A-Za-z0-9.*-]{1,253}"), true);
        int stage = (int) root.at("stage").integer().orElse(2);
        if (stage < 1 || stage > 5) {
            fault(root.at("stage"), "stage is 1 to 5");
        }
        TreeMap<String, List<String>> mappings = mappings();
        Map<String, Parameter> parameters = parameters();
        Optional<Logic> logic = logic();
        if (faulty || logic.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CatalogueControl(
                id,
                title,
                rationale,
                severity,
                root.text("severityRule"),
                subject,
                evidenceClass,
                kinds,
                stage,
                remediation,
                sentences,
                java.util.Collections.unmodifiableSortedMap(mappings),
                root.at("gateControls").texts(),
                Map.copyOf(parameters),
                logic.get(),
                fix(),
                new Source(file, 1, root.line())));
    }

    /** A scalar, or a list of texts, in flow style. */
    private String fix() {
        Value value = root.at("fix", "value");
        if (value instanceof Value.Arr) {
            return "[" + String.join(", ", value.texts()) + "]";
        }
        return value.text().orElse("");
    }

    private String text(String key, int charsMax) {
        Value value = root.at(key);
        String text = value.text().orElse("").strip();
        if (text.isEmpty()) {
            fault(value.present() ? value : root, key + " is missing");
        } else if (text.length() > charsMax) {
            fault(value, key + " has more than " + charsMax + " characters");
        }
        return text;
    }

    private <E extends Enum<E>> E oneOf(String key, Class<E> type, E otherwise) {
        Value value = root.at(key);
        String text = value.text().orElse("");
        for (E each : type.getEnumConstants()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
                return each;
            }
        }
        List<String> words = java.util.Arrays.stream(type.getEnumConstants())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
        fault(value.present() ? value : root, key + " is one of " + String.join(", ", words));
        return otherwise;
    }

    private List<String> texts(String key, Pattern form, boolean wanted) {
        List<Value> items = root.items(key);
        if (wanted && items.isEmpty()) {
            fault(root.at(key).present() ? root.at(key) : root, key + " is a list with at least one item");
        }
        for (Value item : items) {
            if (!form.matcher(item.text().orElse("")).matches()) {
                fault(item, "not an item of " + key + ": " + item.text().orElse("a " + "mapping or list"));
            }
        }
        return root.at(key).texts();
    }

    private TreeMap<String, List<String>> mappings() {
        TreeMap<String, List<String>> mappings = new TreeMap<>();
        for (Map.Entry<String, Value> each : root.at("mappings").fields().entrySet()) {
            if (each.getValue().items().isEmpty()) {
                fault(each.getValue(), "mappings." + each.getKey() + " is a list of ids");
            }
            mappings.put(each.getKey(), each.getValue().texts());
        }
        return mappings;
    }

    private Map<String, Parameter> parameters() {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, Value> each : root.at("parameters").fields().entrySet()) {
            Value body = each.getValue();
            Parameter.Type type = null;
            for (Parameter.Type one : Parameter.Type.values()) {
                if (one.name().toLowerCase(Locale.ROOT).equals(body.text("type"))) {
                    type = one;
                }
            }
            if (type == null || !NAME.matcher(each.getKey()).matches()) {
                fault(
                        body,
                        "parameter " + each.getKey()
                                + ": a name like minReplicas, and type text, number, boolean or list");
            } else if (!type.fits(body.at("default"))) {
                fault(body, "parameter " + each.getKey() + ": its default is no " + body.text("type"));
            } else if (body.text("description").isBlank()) {
                fault(body, "parameter " + each.getKey() + ": description is missing");
            } else {
                parameters.put(
                        each.getKey(),
                        new Parameter(each.getKey(), type, body.text("description"), body.at("default")));
            }
        }
        return parameters;
    }

    private Optional<Logic> logic() {
        Value logic = root.at("logic");
        String java = logic.text("java");
        Value cel = logic.at("cel");
        if (java.isEmpty() && !cel.present()) {
            fault(
                    logic.present() ? logic : root,
                    "logic is missing: logic.cel.expression, or logic.java with the name of a judge");
            return Optional.empty();
        }
        if (!java.isEmpty() && !NamedJudges.known(java)) {
            fault(logic.at("java"), "no judge of this name: " + java);
            return Optional.empty();
        }
        return cel.present()
                ? expression(cel).map(each -> new Logic(java, Optional.of(each)))
                : Optional.of(new Logic(java, Optional.empty()));
    }

    private Optional<Logic.Expression> expression(Value cel) {
        String expression = cel.text("expression");
        String message = cel.text("message");
        if (expression.isBlank() || message.isBlank()) {
            fault(cel, "logic.cel needs an expression and a message");
            return Optional.empty();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (Value variable : cel.items("variables")) {
            if (!NAME.matcher(variable.text("name")).matches()
                    || variable.text("expression").isBlank()) {
                fault(variable, "a variable has a name like userIds and an expression");
                return Optional.empty();
            }
            variables.put(variable.text("name"), variable.text("expression"));
        }
        Logic.Each each =
                switch (cel.text("each")) {
                    case "", "object" -> Logic.Each.OBJECT;
                    case "pod" -> Logic.Each.POD;
                    case "container" -> Logic.Each.CONTAINER;
                    default -> {
                        fault(cel.at("each"), "each is object, pod or container");
                        yield Logic.Each.OBJECT;
                    }
                };
        return Optional.of(new Logic.Expression(
                each, java.util.Collections.unmodifiableMap(variables), expression, cel.text("path"), message));
    }

    private void fault(Value at, String message) {
        faulty = true;
        problems.accept(Problem.skipped(new Source(file, 1, Math.max(at.line(), root.line())), message));
    }
}
