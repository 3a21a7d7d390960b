package io.plimsoll.maturity.model;

import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.kubernetes.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
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
        String id, String version, String digest, Map<String, Population> populations, List<Gate> gates) {

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
        List<Value> documents = new ArrayList<>();
        new ManifestReader(ManifestLimits.DEFAULTS).read(name, in, new DocumentSink() {
            @Override
            public void document(Document document) {
                documents.add(document.body());
            }

            @Override
            public void problem(Problem problem) {
                throw new IllegalArgumentException(problem.toString());
            }
        });
        Value root = documents.isEmpty() ? Value.MISSING : documents.getFirst();
        if (!root.text("format").equals("plimsoll.model/v1")) {
            throw new IllegalArgumentException(name + ": not a stage model (format: plimsoll.model/v1)");
        }
        Map<String, Population> populations = new LinkedHashMap<>();
        for (Value each : root.items("populations")) {
            Population population = new Population(
                    each.text("id"),
                    SubjectKind.valueOf(each.text("subject").toUpperCase(Locale.ROOT)),
                    each.at("where").texts(),
                    each.text("whenEmpty"));
            populations.put(population.id(), population);
        }
        List<Gate> gates = new ArrayList<>();
        for (Value each : root.items("gates")) {
            gates.add(gate(name, each, populations));
        }
        return new StageModel(
                root.text("id"),
                root.text("version"),
                Canonical.digest(root),
                Map.copyOf(populations),
                List.copyOf(gates));
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
            asked.add(ScopeKind.valueOf(kind.toUpperCase(Locale.ROOT)));
        }
        return new Gate(
                value.text("id"),
                (int) value.at("stage").integer().orElse(0),
                value.at("sentence").texts(),
                value.text("question"),
                asked,
                value.at("scopes", "elsewhere").text().orElse("inherited").equals("inherited"),
                alternatives,
                value.text("notApplicable"),
                value.isTrue("advice"),
                value.text("target"),
                value.text("settledBy"));
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
