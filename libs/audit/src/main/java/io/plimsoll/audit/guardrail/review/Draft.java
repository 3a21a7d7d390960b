package io.plimsoll.audit.guardrail.review;

import io.plimsoll.kubernetes.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A mapping being changed: what is added takes the line of the mapping. Not safe for use by two threads at once. */
public final class Draft {

    private final Map<String, Value> fields;
    private final int line;

    private Draft(Map<String, Value> fields, int line) {
        this.fields = fields;
        this.line = line;
    }

    /** Starts from a mapping; from an empty one where {@code value} is none. */
    public static Draft of(Value value) {
        return new Draft(
                value instanceof Value.Obj obj ? new LinkedHashMap<>(obj.fields()) : new LinkedHashMap<>(),
                value.line());
    }

    public static Draft empty() {
        return of(Value.MISSING);
    }

    public Draft put(String key, Value value) {
        fields.put(key, value);
        return this;
    }

    public Draft put(String key, String text) {
        return put(key, new Value.Text(text, line));
    }

    public Draft put(String key, boolean bool) {
        return put(key, new Value.Bool(bool, line));
    }

    public Draft put(String key, long number) {
        return put(key, new Value.Num(BigDecimal.valueOf(number), line));
    }

    public Draft remove(String key) {
        fields.remove(key);
        return this;
    }

    /** True where nothing, or null, stands under the key. */
    public boolean lacks(String key) {
        Value value = fields.get(key);
        return value == null || !value.present();
    }

    public Draft orElse(String key, String text) {
        return lacks(key) ? put(key, text) : this;
    }

    public Draft orElse(String key, long number) {
        return lacks(key) ? put(key, number) : this;
    }

    public Draft orElse(String key, Value value) {
        return lacks(key) ? put(key, value) : this;
    }

    /** Changes what stands under the key, {@link Value#MISSING} included. */
    public Draft edit(String key, UnaryOperator<Value> change) {
        fields.put(key, change.apply(fields.getOrDefault(key, Value.MISSING)));
        return this;
    }

    /** Changes each mapping of the sequence under the key; nothing where there is no sequence. */
    public Draft each(String key, UnaryOperator<Value> change) {
        if (fields.get(key) instanceof Value.Arr list) {
            List<Value> changed = new ArrayList<>(list.values().size());
            for (Value item : list.values()) {
                changed.add(item instanceof Value.Obj ? change.apply(item) : item);
            }
            fields.put(key, new Value.Arr(changed, list.line()));
        }
        return this;
    }

    /** Adds to the sequence under the key, begun where there is none. */
    public Draft add(String key, Value item) {
        Value before = fields.getOrDefault(key, Value.MISSING);
        List<Value> items = new ArrayList<>(before.items());
        items.add(item);
        fields.put(key, new Value.Arr(items, before.line()));
        return this;
    }

    public Value done() {
        return new Value.Obj(fields, line);
    }

    /** Changes the mapping at the end of {@code path}; mappings on the way are made where they are missing. */
    public static Value at(Value value, UnaryOperator<Value> change, String... path) {
        if (path.length == 0) {
            return change.apply(value);
        }
        String[] rest = java.util.Arrays.copyOfRange(path, 1, path.length);
        return of(value).edit(path[0], inner -> at(inner, change, rest)).done();
    }
}
