package io.plimsoll.kubernetes.value;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Canonical values of which equal ones are mostly one instance. A cluster's objects say the same few things over and over:
 * pods of one workload, names of fields, labels. What was seen is remembered in a table of fixed size where the newer takes
 * the place of the older, so memory is bounded and sharing is a saving, never a promise. Not safe for use by two threads at
 * once.
 */
public final class SharedValues {

    private static final int SLOTS_MIN = 1 << 10;

    private static final int SLOTS_MAX = 1 << 18;

    /** Longer texts are unlikely to be met again. */
    private static final int TEXT_CHARS_MAX = 256;

    private static final int NONE_GIVEN_UP = -1;

    private String[] texts = new String[SLOTS_MIN];
    private Node[] nodes = new Node[SLOTS_MIN];
    private final String[][] keys = new String[SLOTS_MIN][];
    private int seen;

    /** A value and what its content hashes to, positions included. */
    private record Node(Value value, int hash) {}

    /**
     * The value as {@link Canonical#of} has it. Where all of it stands on the object's own line, as in JSON without line
     * breaks, its positions are given up: a position that is unknown is that of the object.
     *
     * @param line of the object
     */
    public Value canonical(Value object, int line) {
        return node(object, standsOn(object, line) ? line : NONE_GIVEN_UP).value();
    }

    /** As {@link #canonical(Value, int)}, all positions kept. */
    public Value canonical(Value object) {
        return node(object, NONE_GIVEN_UP).value();
    }

    /** The text, as the one instance of it where it was met lately. */
    public String text(String text) {
        if (text.length() > TEXT_CHARS_MAX) {
            return text;
        }
        int slot = slot(text.hashCode(), texts.length);
        String known = texts[slot];
        if (text.equals(known)) {
            return known;
        }
        texts[slot] = text;
        return text;
    }

    private static boolean standsOn(Value value, int line) {
        if (value.line() != line) {
            return false;
        }
        return switch (value) {
            case Value.Obj obj -> obj.fields().values().stream().allMatch(each -> standsOn(each, line));
            case Value.Arr arr -> {
                for (Value each : arr.values()) {
                    if (!standsOn(each, line)) {
                        yield false;
                    }
                }
                yield true;
            }
            case Value.Text text -> true;
            case Value.Num num -> true;
            case Value.Bool bool -> true;
            case Value.Null nothing -> true;
        };
    }

    private Node node(Value value, int givenUp) {
        int line = value.line() == givenUp ? 0 : value.line();
        return switch (value) {
            case Value.Obj obj -> mapping(obj, line, givenUp);
            case Value.Arr arr -> sequence(arr, line, givenUp);
            case Value.Text text -> {
                String raw = text(text.raw());
                int hash = 31 * raw.hashCode() + line;
                yield known(hash) instanceof Value.Text same
                                && same.line() == line
                                && same.raw().equals(raw)
                        ? new Node(same, hash)
                        : fresh(new Value.Text(raw, line), hash);
            }
            case Value.Num num -> {
                Value.Num normal = Canonical.number(num, line);
                int hash = 37 * normal.raw().hashCode() + line;
                yield normal.equals(known(hash)) ? remembered(hash) : fresh(normal, hash);
            }
            case Value.Bool bool -> {
                Value.Bool normal = new Value.Bool(bool.raw(), line);
                int hash = 41 * Boolean.hashCode(bool.raw()) + line;
                yield normal.equals(known(hash)) ? remembered(hash) : fresh(normal, hash);
            }
            case Value.Null nothing -> {
                Value.Null normal = new Value.Null(line);
                int hash = 43 + line;
                yield normal.equals(known(hash)) ? remembered(hash) : fresh(normal, hash);
            }
        };
    }

    private Node mapping(Value.Obj obj, int line, int givenUp) {
        int already = Fields.sharedAs(obj);
        if (already != 0 && givenUp == NONE_GIVEN_UP) {
            return new Node(obj, already);
        }
        int size = obj.fields().size();
        String[] names = new String[size];
        Value[] values = new Value[size];
        int hash = 47 + line;
        int i = 0;
        for (Map.Entry<String, Value> each : Canonical.sorted(obj).entrySet()) {
            Node field = node(each.getValue(), givenUp);
            names[i] = text(each.getKey());
            values[i++] = field.value();
            hash = 31 * (31 * hash + each.getKey().hashCode()) + field.hash();
        }
        return known(hash) instanceof Value.Obj same && same.line() == line && sameFields(same.fields(), names, values)
                ? remembered(hash)
                : fresh(new Value.Obj(Fields.shared(keys(names), values, hash), line), hash);
    }

    private Node sequence(Value.Arr arr, int line, int givenUp) {
        Value[] values = new Value[arr.values().size()];
        int hash = 53 + line;
        for (int i = 0; i < values.length; i++) {
            Node item = node(arr.values().get(i), givenUp);
            values[i] = item.value();
            hash = 31 * hash + item.hash();
        }
        return known(hash) instanceof Value.Arr same && same.line() == line && sameItems(same.values(), values)
                ? remembered(hash)
                : fresh(new Value.Arr(List.of(values), line), hash);
    }

    /** Of the same instances: equal ones that are not are kept apart, which is only a saving lost. */
    @SuppressWarnings("ReferenceEquality") // Comparing by content would walk the whole value at every level of it.
    private static boolean sameFields(Map<String, Value> fields, String[] names, Value[] values) {
        if (fields.size() != names.length) {
            return false;
        }
        int i = 0;
        for (Map.Entry<String, Value> each : fields.entrySet()) {
            if (each.getValue() != values[i] || !each.getKey().equals(names[i++])) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // As above.
    private static boolean sameItems(List<Value> items, Value[] values) {
        if (items.size() != values.length) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            if (items.get(i) != values[i]) {
                return false;
            }
        }
        return true;
    }

    private String[] keys(String[] names) {
        int slot = slot(Arrays.hashCode(names), keys.length);
        String[] known = keys[slot];
        if (known != null && Arrays.equals(known, names)) {
            return known;
        }
        keys[slot] = names;
        return names;
    }

    private @Nullable Value known(int hash) {
        Node node = nodes[slot(hash, nodes.length)];
        return node == null || node.hash() != hash ? null : node.value();
    }

    private Node remembered(int hash) {
        return java.util.Objects.requireNonNull(nodes[slot(hash, nodes.length)]);
    }

    private Node fresh(Value value, int hash) {
        Node node = new Node(value, hash);
        nodes[slot(hash, nodes.length)] = node;
        if (++seen > nodes.length && nodes.length < SLOTS_MAX) {
            grow();
        }
        return node;
    }

    /** A single document needs little; so the table follows what is seen, up to its bound. */
    private void grow() {
        Node[] nodesBefore = nodes;
        String[] textsBefore = texts;
        nodes = new Node[nodesBefore.length * 4];
        texts = new String[textsBefore.length * 4];
        for (Node each : nodesBefore) {
            if (each != null) {
                nodes[slot(each.hash(), nodes.length)] = each;
            }
        }
        for (String each : textsBefore) {
            if (each != null) {
                texts[slot(each.hashCode(), texts.length)] = each;
            }
        }
    }

    private static int slot(int hash, int slots) {
        int spread = hash * 0x9E3779B9;
        return (spread ^ spread >>> 15) & slots - 1;
    }
}
