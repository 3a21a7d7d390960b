package io.plimsoll.audit.cel.library;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;

/** {@code quantity('1Gi')}: KEP-2876, since 1.28. */
final class Quantities {

    private static final Parameter<Amount> QUANTITY = Parameter.opaque("kubernetes.Quantity", Amount.class);
    private static final CelType TYPE = QUANTITY.type();

    private Quantities() {}

    static FunctionLibrary library() {
        return FunctionLibrary.builder()
                .global("quantity", "string_to_quantity", TYPE, Parameter.STRING, Amount::parse)
                .global("isQuantity", "is_quantity_string", SimpleType.BOOL, Parameter.STRING, Amount::isQuantity)
                // Declared as a function, not a method, in Kubernetes; its documentation writes a method.
                .global("sign", "quantity_sign", SimpleType.INT, QUANTITY, Amount::sign)
                .member("sign", "quantity_sign_member", SimpleType.INT, QUANTITY, Amount::sign)
                .member("isInteger", "quantity_is_integer", SimpleType.BOOL, QUANTITY, Amount::whole)
                .member("asInteger", "quantity_get_int", SimpleType.INT, QUANTITY, Amount::integer)
                .member("asApproximateFloat", "quantity_get_float", SimpleType.DOUBLE, QUANTITY, Amount::approximate)
                .member(
                        "isGreaterThan",
                        "quantity_is_greater_than",
                        SimpleType.BOOL,
                        QUANTITY,
                        QUANTITY,
                        (a, b) -> a.compareTo(b) > 0)
                .member(
                        "isLessThan",
                        "quantity_is_less_than",
                        SimpleType.BOOL,
                        QUANTITY,
                        QUANTITY,
                        (a, b) -> a.compareTo(b) < 0)
                .member("compareTo", "quantity_compare_to", SimpleType.INT, QUANTITY, QUANTITY, Amount::compareTo)
                .member("add", "quantity_add", TYPE, QUANTITY, QUANTITY, Amount::add)
                .member("add", "quantity_add_int", TYPE, QUANTITY, Parameter.INT, (a, b) -> a.add(Amount.of(b)))
                .member("sub", "quantity_sub", TYPE, QUANTITY, QUANTITY, Amount::subtract)
                .member("sub", "quantity_sub_int", TYPE, QUANTITY, Parameter.INT, (a, b) -> a.subtract(Amount.of(b)))
                .build();
    }
}
