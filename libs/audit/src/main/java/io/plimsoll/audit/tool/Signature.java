package io.plimsoll.audit.tool;

import io.plimsoll.audit.guardrail.Engine;
import io.plimsoll.kubernetes.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One way for some tools to be effective; every demand that is made must be met.
 *
 * @param rules kinds as {@code Kind.group}, {@code *.group} for all of a group; empty for no demand, as everywhere below
 * @param results as rules
 * @param time path in a result to when it was written; empty where it does not say
 * @param daysMax how old the newest result may be; 0 for any age
 * @param labels of namespaces, as {@code name=value}
 */
record Signature(
        Set<String> addOns,
        Set<String> rules,
        Set<String> results,
        List<String> time,
        int daysMax,
        String reports,
        @Nullable Engine guardrails,
        String delivers,
        Set<String> labels,
        boolean config) {

    private static final Set<String> KEYS = Set.of(
            "addOns", "rules", "results", "time", "daysMax", "reports", "guardrails", "delivers", "labels", "config");

    Signature {
        addOns = Set.copyOf(addOns);
        rules = Set.copyOf(rules);
        results = Set.copyOf(results);
        time = List.copyOf(time);
        labels = Set.copyOf(labels);
        if (addOns.isEmpty()) {
            throw new IllegalArgumentException("a signature is of at least one add-on");
        }
        if (rules.isEmpty()
                && results.isEmpty()
                && reports.isEmpty()
                && guardrails == null
                && delivers.isEmpty()
                && labels.isEmpty()
                && !config) {
            throw new IllegalArgumentException("a signature without a demand: being there is not enough");
        }
    }

    /** @throws IllegalArgumentException for a field that is unknown, or a signature that demands nothing */
    static Signature of(Value entry) {
        if (entry instanceof Value.Obj obj) {
            obj.fields().keySet().stream().filter(key -> !KEYS.contains(key)).forEach(key -> {
                throw new IllegalArgumentException("there is no field " + key);
            });
        }
        String engine = entry.text("guardrails");
        return new Signature(
                Set.copyOf(entry.at("addOns").texts()),
                Set.copyOf(entry.at("rules").texts()),
                Set.copyOf(entry.at("results").texts()),
                entry.at("time").texts(),
                (int) entry.at("daysMax").integer().orElse(0),
                entry.text("reports"),
                engine.isEmpty() ? null : Engine.valueOf(engine.toUpperCase(Locale.ROOT)),
                entry.text("delivers"),
                Set.copyOf(entry.at("labels").texts()),
                entry.isTrue("config"));
    }
}
