package io.plimsoll.audit.cel.library;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelByteString;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * {@code [1, 2].sum()} and its kin: KEP-2876, since the beginning. Kubernetes declares each for the types it can add or
 * compare; here one declaration takes lists of anything, and {@link ItemTypes} refuses the others when it compiles.
 */
final class Lists {

    /** Most items of {@code lists.range}. */
    private static final long RANGE_MAX = 100_000;

    private Lists() {}

    static FunctionLibrary library() {
        return FunctionLibrary.builder()
                .member("isSorted", "list_is_sorted", SimpleType.BOOL, Parameter.LIST, Lists::sorted)
                .member("sum", "list_sum", Parameter.ITEM.type(), Parameter.LIST, Lists::sum)
                .member("min", "list_min", Parameter.ITEM.type(), Parameter.LIST, list -> extreme(list, "min", -1))
                .member("max", "list_max", Parameter.ITEM.type(), Parameter.LIST, list -> extreme(list, "max", 1))
                .member(
                        "indexOf",
                        "list_a_index_of_int",
                        SimpleType.INT,
                        Parameter.LIST,
                        Parameter.ITEM,
                        (list, item) -> index(list, item, false))
                .member(
                        "lastIndexOf",
                        "list_a_last_index_of_int",
                        SimpleType.INT,
                        Parameter.LIST,
                        Parameter.ITEM,
                        (list, item) -> index(list, item, true))
                .build();
    }

    /** {@code x.includes(y)}: of a list, or the thing itself; since 1.37. */
    static FunctionLibrary includes() {
        return FunctionLibrary.builder()
                .member(
                        "includes",
                        "list_includes_dyn_dyn",
                        SimpleType.BOOL,
                        Parameter.DYN,
                        Parameter.DYN,
                        (target, item) ->
                                target instanceof List<?> list ? index(list, item, false) >= 0 : same(target, item))
                .build();
    }

    /** {@code lists.range(n)} with a bound, which its common implementation has not. */
    static FunctionLibrary range() {
        return FunctionLibrary.builder()
                .bind("lists_range", List.of(Parameter.INT), arguments -> {
                    long end = (Long) arguments[0];
                    if (end > RANGE_MAX) {
                        throw Effort.tooMuch("a range of more than " + RANGE_MAX + " items");
                    }
                    Effort.spend(end);
                    return java.util.stream.LongStream.range(0, end).boxed().toList();
                })
                .build();
    }

    private static boolean sorted(List<?> list) {
        Effort.spend(list.size());
        for (int i = 1; i < list.size(); i++) {
            if (compare(list.get(i - 1), list.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static Object sum(List<?> list) {
        Effort.spend(list.size());
        Object sum = 0L;
        boolean first = true;
        for (Object item : list) {
            sum = first ? summand(item) : add(sum, item);
            first = false;
        }
        return sum;
    }

    private static Object summand(Object item) {
        return switch (item) {
            case Long number -> number;
            case UnsignedLong number -> number;
            case Double number -> number;
            case Duration duration -> duration;
            default -> throw new IllegalArgumentException("no such overload: items that cannot be added");
        };
    }

    private static Object add(Object sum, Object item) {
        if (sum instanceof Long a && item instanceof Long b) {
            return Math.addExact(a, b);
        }
        if (sum instanceof Double a && item instanceof Double b) {
            return a + b;
        }
        if (sum instanceof UnsignedLong a && item instanceof UnsignedLong b) {
            if (b.compareTo(UnsignedLong.MAX_VALUE.minus(a)) > 0) {
                throw new ArithmeticException("unsigned integer overflow");
            }
            return a.plus(b);
        }
        if (sum instanceof Duration a && item instanceof Duration b) {
            return a.plus(b);
        }
        throw new IllegalArgumentException("no such overload: items that cannot be added");
    }

    private static Object extreme(List<?> list, String name, int sign) {
        Effort.spend(list.size());
        Object found = null;
        for (Object item : list) {
            // Compared with itself the first time: an item that cannot be compared fails even alone.
            found = compare(item, found == null ? item : found) * sign > 0 || found == null ? item : found;
        }
        if (found == null) {
            throw new IllegalArgumentException(name + " called on empty list");
        }
        return found;
    }

    private static long index(List<?> list, Object item, boolean last) {
        Effort.spend(list.size());
        for (int i = 0; i < list.size(); i++) {
            int at = last ? list.size() - 1 - i : i;
            if (same(list.get(at), item)) {
                return at;
            }
        }
        return -1;
    }

    /** CEL's equality: numbers of any kind by value, everything else only with its like. */
    static boolean same(Object a, Object b) {
        if (isNumber(a) && isNumber(b)) {
            return comparesNumbers(a, b) && decimal(a).compareTo(decimal(b)) == 0;
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            if (x.size() != y.size()) {
                return false;
            }
            for (int i = 0; i < x.size(); i++) {
                if (!same(x.get(i), y.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return Objects.equals(a, b);
    }

    private static int compare(Object a, Object b) {
        if (isNumber(a) && isNumber(b) && a.getClass() == b.getClass()) {
            return comparesNumbers(a, b) ? decimal(a).compareTo(decimal(b)) : ((Double) a).compareTo((Double) b);
        }
        if (a instanceof String x && b instanceof String y) {
            return x.compareTo(y);
        }
        if (a instanceof Boolean x && b instanceof Boolean y) {
            return x.compareTo(y);
        }
        if (a instanceof Duration x && b instanceof Duration y) {
            return x.compareTo(y);
        }
        if (a instanceof Instant x && b instanceof Instant y) {
            return x.compareTo(y);
        }
        if (a instanceof CelByteString x && b instanceof CelByteString y) {
            return java.util.Arrays.compareUnsigned(x.toByteArray(), y.toByteArray());
        }
        throw new IllegalArgumentException("no such overload: items that cannot be compared");
    }

    private static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof UnsignedLong;
    }

    private static boolean comparesNumbers(Object a, Object b) {
        return finite(a) && finite(b);
    }

    private static boolean finite(Object number) {
        return !(number instanceof Double value) || Double.isFinite(value);
    }

    private static BigDecimal decimal(Object number) {
        return switch (number) {
            case Long whole -> BigDecimal.valueOf(whole);
            case UnsignedLong whole -> new BigDecimal(whole.bigIntegerValue());
            case Double real -> new BigDecimal(real);
            default -> throw new IllegalArgumentException("no number: " + number);
        };
    }
}
