package io.plimsoll.maturity.model;

import io.plimsoll.kernel.EvidenceClass;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.kubernetes.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The stage model: a versioned file of gates and populations. A change of it draws a visible break in histories, so every
 * report names its id, version and digest.
 */
public record StageModel(
        String id,
        String version,
        String digest,
        Map<String, Population> populations,
        Map<String, Depth> depths,
        List<Gate> gates) {

    /**
     * How many rules a control about guardrails asks for.
     *
     * @param intents distinct intents in force
     * @param families that they must spread over
     */
    public record Depth(int intents, int families) {}

    /**
     * Controls that gates ask for only as one of several ways to hold them: who goes another way has done nothing wrong.
     */
    public Set<String> optionalControls() {
        Set<String> optional = new HashSet<>();
        Set<String> demanded = new HashSet<>();
        for (Gate gate : gates) {
            Set<String> side = gate.alternatives().size() > 1 ? optional : demanded;
            gate.alternatives().forEach(group -> group.forEach(clause -> side.add(clause.control())));
        }
        optional.removeAll(demanded);
        return optional;
    }

    private static final String BUILTIN = "container-security-maturity.yaml";

    /** The model that ships with Plimsoll. */
    public static StageModel builtin() {
        try (InputStream in = StageModel.class.getResourceAsStream(BUILTIN)) {
            if (in == null) {
                throw new IllegalStateException("the stage model is not on the class path");
            }
            return read(BUILTIN, in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param name of the file, for messages
     * @throws IllegalArgumentException naming the place and what is wrong there
     */
    public static StageModel read(String name, InputStream in) throws IOException {
        Value root = SingleDocument.read(name, in);
        if (!root.text("format").equals("plimsoll.model/v1")) {
            throw new IllegalArgumentException(name + ": not a stage model (format: plimsoll.model/v1)");
        }
        Map<String, Population> populations = new LinkedHashMap<>();
        for (Value each : root.items("populations")) {
            Population population = new Population(
                    each.text("id"),
                    constant(name, each, each.text("subject"), SubjectKind.values()),
                    each.at("where").texts(),
                    each.text("whenEmpty"));
            populations.put(population.id(), population);
        }
        checkFallbacks(name, populations);
        List<Gate> gates = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Value each : root.items("gates")) {
            Gate gate = gate(name, each, populations);
            if (!ids.add(gate.id())) {
                throw new IllegalArgumentException(
                        name + ":" + each.line() + ": gate " + gate.id() + " is given twice");
            }
            gates.add(gate);
        }
        return new StageModel(
                root.text("id"),
                root.text("version"),
                Canonical.digest(root),
                Map.copyOf(populations),
                depths(name, root),
                List.copyOf(gates));
    }

    private static Map<String, Depth> depths(String file, Value root) {
        Map<String, Depth> depths = new LinkedHashMap<>();
        for (Value each : root.items("guardrails")) {
            int intents = (int) each.at("intents").integer().orElse(0);
            int families = (int) each.at("families").integer().orElse(0);
            if (intents < 1 || families < 1 || each.text("control").isEmpty()) {
                throw new IllegalArgumentException(
                        file + ":" + each.line() + ": guardrails need control, intents and families");
            }
            depths.put(each.text("control"), new Depth(intents, families));
        }
        return Map.copyOf(depths);
    }

    private static Gate gate(String file, Value value, Map<String, Population> populations) {
        List<List<Clause>> alternatives = new ArrayList<>();
        if (!value.items("clauses").isEmpty()) {
            alternatives.add(clauses(file, value.items("clauses"), populations));
        }
        for (Value group : value.items("alternatives")) {
            alternatives.add(clauses(file, group.items(), populations));
        }
        Set<ScopeKind> asked = EnumSet.noneOf(ScopeKind.class);
        for (String kind : value.at("scopes", "asked").texts()) {
            asked.add(constant(file, value, kind, ScopeKind.values()));
        }
        return new Gate(
                value.text("id"),
                (int) value.at("stage").integer().orElse(0),
                value.at("sentence").texts(),
                value.text("question"),
                constant(file, value, value.text("class"), EvidenceClass.values()),
                asked,
                value.at("scopes", "elsewhere").text().orElse("inherited").equals("inherited"),
                alternatives,
                value.text("notApplicable"),
                value.isTrue("advice"),
                value.text("target"),
                value.text("settledBy"));
    }

    /** The constant of that name in lower case. */
    private static <E extends Enum<E>> E constant(String file, Value at, String text, E[] constants) {
        for (E constant : constants) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(file + ":" + at.line() + ": \"" + text + "\" is none of "
                + Arrays.toString(constants).toLowerCase(Locale.ROOT));
    }

    /** A chain of populations asked instead of empty ones must end. */
    private static void checkFallbacks(String file, Map<String, Population> populations) {
        for (Population population : populations.values()) {
            Set<String> seen = new HashSet<>();
            Population here = population;
            while (!here.whenEmpty().isEmpty()) {
                Population next = populations.get(here.whenEmpty());
                if (next == null || !seen.add(here.id())) {
                    throw new IllegalArgumentException(file + ": population " + here.id() + ": whenEmpty "
                            + here.whenEmpty() + (next == null ? " does not exist" : " leads back to itself"));
                }
                here = next;
            }
        }
    }

    private static List<Clause> clauses(String file, List<Value> values, Map<String, Population> populations) {
        List<Clause> clauses = new ArrayList<>();
        for (Value value : values) {
            String population = value.text("population");
            if (!populations.containsKey(population)) {
                throw new IllegalArgumentException(file + ":" + value.line() + ": no population " + population);
            }
            double threshold = number(value.at("threshold"), 1);
            clauses.add(new Clause(
                    value.text("control"),
                    population,
                    threshold,
                    number(value.at("failBelow"), threshold),
                    (int) value.at("allowedMisses").integer().orElse(0),
                    (int) value.at("allowedMissesFrom").integer().orElse(0),
                    value.isTrue("emptyFails")));
        }
        return clauses;
    }

    private static double number(Value value, double otherwise) {
        return value instanceof Value.Num num
                ? num.raw().doubleValue()
                : BigDecimal.valueOf(otherwise).doubleValue();
    }
}
