package io.plimsoll.kubernetes.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One value of a manifest, with the line it stands on (one-based, 0 when unknown). Immutable.
 *
 * <p>Navigation never fails: what is missing, or has another shape than asked for, is {@link #MISSING}, an empty list or an
 * empty optional. Manifests are other people's; a map where a list belongs is normal input.
 */
public sealed interface Value {

    Value MISSING = new Null(0);

    int line();

    /** A mapping, in the order of the file. */
    record Obj(Map<String, Value> fields, int line) implements Value {
        public Obj {
            fields = Fields.copyOf(fields);
        }
    }

    /** A sequence. */
    record Arr(List<Value> values, int line) implements Value {
        public Arr {
            values = List.copyOf(values);
        }
    }

    record Text(String raw, int line) implements Value {}

    record Num(BigDecimal raw, int line) implements Value {}

    record Bool(boolean raw, int line) implements Value {}

    /** An explicit null, or what is not there. */
    record Null(int line) implements Value {}

    /** The value under {@code path}, key by key; {@link #MISSING} where there is none. */
    default Value at(String... path) {
        Value here = this;
        for (String key : path) {
            here = here instanceof Obj obj ? obj.fields().getOrDefault(key, MISSING) : MISSING;
        }
        return here;
    }

    /** True unless missing or null. */
    default boolean present() {
        return !(this instanceof Null);
    }

    /** True where the key is written down, even with null or nothing behind it. */
    default boolean hasKey(String key) {
        return this instanceof Obj obj && obj.fields().containsKey(key);
    }

    /** The items of a sequence; nothing for every other shape. */
    default List<Value> items() {
        return this instanceof Arr arr ? arr.values() : List.of();
    }

    /** The items of the sequence under {@code path}. */
    default List<Value> items(String... path) {
        return at(path).items();
    }

    /** The fields of a mapping; nothing for every other shape. */
    default Map<String, Value> fields() {
        return Map.of();
    }

    /** Text of a scalar as Kubernetes would print it; empty for mappings, sequences and null. */
    default Optional<String> text() {
        return switch (this) {
            case Text text -> Optional.of(text.raw());
            case Num num -> Optional.of(num.raw().toPlainString());
            case Bool bool -> Optional.of(Boolean.toString(bool.raw()));
            case Obj obj -> Optional.empty();
            case Arr arr -> Optional.empty();
            case Null nothing -> Optional.empty();
        };
    }

    default String text(String key) {
        return at(key).text().orElse("");
    }

    /** Only a real boolean is one: Kubernetes refuses the text "true". */
    default Optional<Boolean> bool() {
        return this instanceof Bool bool ? Optional.of(bool.raw()) : Optional.empty();
    }

    default boolean isTrue(String... path) {
        return at(path).bool().orElse(false);
    }

    default OptionalLong integer() {
        if (this instanceof Num num
                && num.raw().stripTrailingZeros().scale() <= 0
                && num.raw().precision() - num.raw().scale() <= 18) {
            return OptionalLong.of(num.raw().longValue());
        }
        return OptionalLong.empty();
    }

    /** A mapping of scalars as text, for labels and annotations; other values are left out. */
    default Map<String, String> textMap() {
        if (!(this instanceof Obj obj) || obj.fields().isEmpty()) {
            return Map.of();
        }
        Map<String, String> texts = Fields.texts(obj);
        if (texts != null) {
            return texts;
        }
        Map<String, String> map = new LinkedHashMap<>();
        obj.fields().forEach((key, value) -> value.text().ifPresent(text -> map.put(key, text)));
        return Collections.unmodifiableMap(map);
    }

    /** The texts of a sequence of scalars. */
    default List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (Value item : items()) {
            item.text().ifPresent(texts::add);
        }
        return texts;
    }
}
