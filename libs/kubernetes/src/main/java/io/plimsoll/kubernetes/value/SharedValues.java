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
    record Node(Value value, int hash) {}

    /**
     * The value as {@link Canonical#of} has it. Where all of it stands on the object's own line, as in JSON without line
     * breaks, its positions are given up: a position that is unknown is that of the object.
     *
     * @param line of the object
     */
    public Value canonical(Value object, int line) {
        return node(object, line != 0 && standsOn(object, line) ? line : NONE_GIVEN_UP)
                .value();
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
            case Value.Arr arr -> {
                Node[] items = new Node[arr.values().size()];
                for (int i = 0; i < items.length; i++) {
                    items[i] = node(arr.values().get(i), givenUp);
                }
                yield sequence(items, line);
            }
            case Value.Text text -> text(text.raw(), line);
            case Value.Num num -> number(num, line);
            case Value.Bool bool -> bool(bool.raw(), line);
            case Value.Null nothing -> nothing(line);
        };
    }

    Node text(String text, int line) {
        String raw = text(text);
        int hash = 31 * raw.hashCode() + line;
        Node known = known(hash);
        return known != null
                        && known.value() instanceof Value.Text same
                        && same.line() == line
                        && same.raw().equals(raw)
                ? known
                : fresh(new Value.Text(raw, line), hash);
    }

    Node number(Value.Num num, int line) {
        Value.Num normal = Canonical.number(num, line);
        int hash = 37 * normal.raw().hashCode() + line;
        Node known = known(hash);
        return known != null && normal.equals(known.value()) ? known : fresh(normal, hash);
    }

    Node bool(boolean raw, int line) {
        int hash = 41 * Boolean.hashCode(raw) + line;
        Node known = known(hash);
        return known != null && known.value() instanceof Value.Bool same && same.raw() == raw && same.line() == line
                ? known
                : fresh(new Value.Bool(raw, line), hash);
    }

    Node nothing(int line) {
        int hash = 43 + line;
        Node known = known(hash);
        return known != null && known.value() instanceof Value.Null same && same.line() == line
                ? known
                : fresh(new Value.Null(line), hash);
    }

    private Node mapping(Value.Obj obj, int line, int givenUp) {
        int already = Fields.sharedAs(obj);
        if (already != 0 && givenUp == NONE_GIVEN_UP) {
            return new Node(obj, already);
        }
        int size = obj.fields().size();
        String[] names = new String[size];
        Node[] fields = new Node[size];
        int i = 0;
        for (Map.Entry<String, Value> each : Canonical.sorted(obj).entrySet()) {
            names[i] = text(each.getKey());
            fields[i++] = node(each.getValue(), givenUp);
        }
        return mapping(names, fields, line);
    }

    /** @param names in their order, each once; neither array may change from here on */
    Node mapping(String[] names, Node[] fields, int line) {
        int hash = 47 + line;
        for (int i = 0; i < names.length; i++) {
            hash = 31 * (31 * hash + names[i].hashCode()) + fields[i].hash();
        }
        Node known = known(hash);
        if (known != null
                && known.value() instanceof Value.Obj same
                && same.line() == line
                && sameFields(same.fields(), names, fields)) {
            return known;
        }
        return fresh(new Value.Obj(Fields.shared(keys(names), values(fields), hash), line), hash);
    }

    Node sequence(Node[] items, int line) {
        int hash = 53 + line;
        for (Node item : items) {
            hash = 31 * hash + item.hash();
        }
        Node known = known(hash);
        return known != null
                        && known.value() instanceof Value.Arr same
                        && same.line() == line
                        && sameItems(same.values(), items)
                ? known
                : fresh(new Value.Arr(List.of(values(items)), line), hash);
    }

    private static Value[] values(Node[] nodes) {
        Value[] values = new Value[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            values[i] = nodes[i].value();
        }
        return values;
    }

    /** Of the same instances: equal ones that are not are kept apart, which is only a saving lost. */
    @SuppressWarnings("ReferenceEquality") // Comparing by content would walk the whole value at every level of it.
    private static boolean sameFields(Map<String, Value> fields, String[] names, Node[] nodes) {
        if (fields.size() != names.length) {
            return false;
        }
        int i = 0;
        for (Map.Entry<String, Value> each : fields.entrySet()) {
            if (each.getValue() != nodes[i].value() || !each.getKey().equals(names[i++])) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // As above.
    private static boolean sameItems(List<Value> items, Node[] nodes) {
        if (items.size() != nodes.length) {
            return false;
        }
        for (int i = 0; i < nodes.length; i++) {
            if (items.get(i) != nodes[i].value()) {
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

    private @Nullable Node known(int hash) {
        Node node = nodes[slot(hash, nodes.length)];
        return node == null || node.hash() != hash ? null : node;
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
