package io.plimsoll.kubernetes.value;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a mapping in their order, in two arrays: a cluster is some millions of small mappings, and most of what a
 * hashed map costs would be its own. Objects of one kind may share the array of keys. Immutable.
 */
final class Fields extends AbstractMap<String, Value> {

    /** Beyond it, keys are looked up by hash. */
    private static final int SIZE_MAX = 20;

    private final String[] keys;
    private final Value[] values;
    private final int shared;

    private Fields(String[] keys, Value[] values, int shared) {
        this.keys = keys;
        this.values = values;
        this.shared = shared;
    }

    /** A copy that nobody can change; the value itself where it is one already. */
    static Map<String, Value> copyOf(Map<String, Value> fields) {
        if (fields instanceof Fields || fields instanceof Large) {
            return fields;
        }
        if (fields.size() > SIZE_MAX) {
            return new Large(fields);
        }
        String[] keys = new String[fields.size()];
        Value[] values = new Value[fields.size()];
        int i = 0;
        for (Map.Entry<String, Value> each : fields.entrySet()) {
            keys[i] = each.getKey();
            values[i++] = each.getValue();
        }
        return new Fields(keys, values, 0);
    }

    /**
     * Fields of a value that is canonical and shared.
     *
     * @param keys distinct, in order, as many as values; neither array is copied or may change from here on
     * @param shared what {@link SharedValues} knows the value by
     */
    static Map<String, Value> shared(String[] keys, Value[] values, int shared) {
        if (keys.length <= SIZE_MAX) {
            return new Fields(keys, values, shared);
        }
        Map<String, Value> fields = LinkedHashMap.newLinkedHashMap(keys.length);
        for (int i = 0; i < keys.length; i++) {
            fields.put(keys[i], values[i]);
        }
        return new Large(fields);
    }

    /** What {@link SharedValues} knows the mapping by; 0 when it is none of its own, or too large to tell. */
    static int sharedAs(Value.Obj obj) {
        return obj.fields() instanceof Fields fields ? fields.shared : 0;
    }

    private int place(@Nullable Object key) {
        if (key instanceof String name) {
            int hash = name.hashCode();
            for (int i = 0; i < keys.length; i++) {
                if (keys[i].hashCode() == hash && keys[i].equals(name)) {
                    return i;
                }
            }
        }
        return -1;
    }

    @Override
    public int size() {
        return keys.length;
    }

    @Override
    public boolean isEmpty() {
        return keys.length == 0;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return place(key) >= 0;
    }

    @Override
    public @Nullable Value get(@Nullable Object key) {
        int place = place(key);
        return place < 0 ? null : values[place];
    }

    @Override
    public Value getOrDefault(@Nullable Object key, Value otherwise) {
        int place = place(key);
        return place < 0 ? otherwise : values[place];
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Value> action) {
        for (int i = 0; i < keys.length; i++) {
            action.accept(keys[i], values[i]);
        }
    }

    @Override
    public Set<Map.Entry<String, Value>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, Value>> iterator() {
                return new Iterator<>() {
                    private int next;

                    @Override
                    public boolean hasNext() {
                        return next < keys.length;
                    }

                    @Override
                    public Map.Entry<String, Value> next() {
                        if (next == keys.length) {
                            throw new NoSuchElementException();
                        }
                        return new SimpleImmutableEntry<>(keys[next], values[next++]);
                    }
                };
            }

            @Override
            public int size() {
                return keys.length;
            }
        };
    }

    /** Many fields, by hash; a type of its own so that it is known to be a copy. */
    private static final class Large extends AbstractMap<String, Value> {

        private final Map<String, Value> fields;

        Large(Map<String, Value> fields) {
            this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public @Nullable Value get(@Nullable Object key) {
            return fields.get(key);
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return fields.containsKey(key);
        }

        @Override
        public Set<Map.Entry<String, Value>> entrySet() {
            return fields.entrySet();
        }
    }
}
