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
import java.util.function.IntFunction;
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
            // Names that were read are mostly the very instances that code asks by: then no key has to be looked into.
            for (int i = 0; i < keys.length; i++) {
                if (isVery(keys[i], name)) {
                    return i;
                }
            }
            int hash = name.hashCode();
            for (int i = 0; i < keys.length; i++) {
                if (keys[i].hashCode() == hash && keys[i].equals(name)) {
                    return i;
                }
            }
        }
        return -1;
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isVery(String key, String name) {
        return key == name;
    }

    /** The mapping as texts without a copy; null where any value is none. */
    static @Nullable Map<String, String> texts(Value.Obj obj) {
        if (!(obj.fields() instanceof Fields fields)) {
            return null;
        }
        for (Value each : fields.values) {
            if (!(each instanceof Value.Text)) {
                return null;
            }
        }
        return new TextView(fields);
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

    /** Mostly of mappings with the same fields in the same order: then nothing has to be looked up. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Fields fields)) {
            return super.equals(other);
        }
        if (other == this) {
            return true;
        }
        if (keys.length != fields.keys.length) {
            return false;
        }
        for (int i = 0; i < keys.length; i++) {
            Value there = keys[i].equals(fields.keys[i]) ? fields.values[i] : fields.get(keys[i]);
            if (!values[i].equals(there)) {
                return false;
            }
        }
        return true;
    }

    /** As of any map. */
    @Override
    public int hashCode() {
        int hash = 0;
        for (int i = 0; i < keys.length; i++) {
            hash += keys[i].hashCode() ^ values[i].hashCode();
        }
        return hash;
    }

    @Override
    public Set<Map.Entry<String, Value>> entrySet() {
        return entries(place -> values[place]);
    }

    /** The keys in their order, each with what is made of its place. */
    private <V> Set<Map.Entry<String, V>> entries(IntFunction<V> at) {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, V>> iterator() {
                return new Iterator<>() {
                    private int next;

                    @Override
                    public boolean hasNext() {
                        return next < keys.length;
                    }

                    @Override
                    public Map.Entry<String, V> next() {
                        if (next == keys.length) {
                            throw new NoSuchElementException();
                        }
                        return new SimpleImmutableEntry<>(keys[next], at.apply(next++));
                    }
                };
            }

            @Override
            public int size() {
                return keys.length;
            }
        };
    }

    /** Fields of which all are texts, seen as such. */
    private static final class TextView extends AbstractMap<String, String> {

        private final Fields fields;

        TextView(Fields fields) {
            this.fields = fields;
        }

        private String text(int place) {
            return ((Value.Text) fields.values[place]).raw();
        }

        @Override
        public int size() {
            return fields.size();
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return fields.containsKey(key);
        }

        @Override
        public @Nullable String get(@Nullable Object key) {
            int place = fields.place(key);
            return place < 0 ? null : text(place);
        }

        @Override
        public String getOrDefault(@Nullable Object key, String otherwise) {
            int place = fields.place(key);
            return place < 0 ? otherwise : text(place);
        }

        @Override
        public void forEach(BiConsumer<? super String, ? super String> action) {
            for (int i = 0; i < fields.keys.length; i++) {
                action.accept(fields.keys[i], text(i));
            }
        }

        @Override
        public Set<Map.Entry<String, String>> entrySet() {
            return fields.entries(this::text);
        }
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
