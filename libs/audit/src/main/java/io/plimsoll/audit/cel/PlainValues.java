package io.plimsoll.audit.cel;

import dev.cel.common.values.NullValue;
import io.plimsoll.kubernetes.value.Value;
import java.math.BigDecimal;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Manifest values as expressions meet them: whole numbers are integers, and a field that is null is not there. Views, not
 * copies: an expression touches a few fields of a large object.
 */
public final class PlainValues {

    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    private PlainValues() {}

    /** A map, list, text, whole number, other number, truth value or CEL's null. */
    public static Object of(Value value) {
        return switch (value) {
            case Value.Obj obj -> new Fields(obj);
            case Value.Arr arr -> new Items(arr.values());
            case Value.Text text -> text.raw();
            case Value.Bool bool -> bool.raw();
            case Value.Num num -> number(num);
            case Value.Null nothing -> NullValue.NULL_VALUE;
        };
    }

    private static Object number(Value.Num num) {
        // As JSON is decoded in Kubernetes: what is a whole number and fits becomes an integer, however it is written.
        OptionalLong whole = num.integer();
        if (whole.isPresent()) {
            return whole.getAsLong();
        }
        BigDecimal raw = num.raw();
        boolean fits = raw.signum() == 0
                || raw.stripTrailingZeros().scale() <= 0
                        && raw.precision() - raw.scale() <= 19
                        && raw.abs().compareTo(LONG_MAX) <= 0;
        return fits ? (Object) raw.longValueExact() : (Object) raw.doubleValue();
    }

    private static final class Items extends AbstractList<Object> {
        private final List<Value> values;

        Items(List<Value> values) {
            this.values = values;
        }

        @Override
        public Object get(int index) {
            return of(values.get(index));
        }

        @Override
        public int size() {
            return values.size();
        }
    }

    private static final class Fields extends AbstractMap<String, Object> {
        private final Value.Obj obj;

        Fields(Value.Obj obj) {
            this.obj = obj;
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            Value value = field(key);
            return value == null ? null : of(value);
        }

        /** The field of that name, else of the name that is meant where the key is an escaped one. */
        private @Nullable Value field(@Nullable Object key) {
            Value value = obj.fields().get(key);
            if (value == null && key instanceof String name) {
                value = EscapedName.meant(name).map(obj.fields()::get).orElse(null);
            }
            return value == null || !value.present() ? null : value;
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return field(key) != null;
        }

        @Override
        public Set<Map.Entry<String, Object>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Map.Entry<String, Object>> iterator() {
                    return obj.fields().entrySet().stream()
                            .filter(field -> field.getValue().present())
                            .map(field -> Map.entry(field.getKey(), of(field.getValue())))
                            .iterator();
                }

                @Override
                public int size() {
                    return Fields.this.size();
                }
            };
        }

        @Override
        public int size() {
            int present = 0;
            for (Value value : obj.fields().values()) {
                present += value.present() ? 1 : 0;
            }
            return present;
        }

        @Override
        public boolean isEmpty() {
            for (Value value : obj.fields().values()) {
                if (value.present()) {
                    return false;
                }
            }
            return true;
        }
    }
}
