package io.plimsoll.audit.cel.library;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import java.util.List;

/**
 * One argument of a function: its type to the checker, and the class its values have when it runs.
 *
 * @param type as declared in Kubernetes
 */
record Parameter<T>(CelType type, Class<T> java) {

    static final Parameter<String> STRING = new Parameter<>(SimpleType.STRING, String.class);
    static final Parameter<Long> INT = new Parameter<>(SimpleType.INT, Long.class);
    static final Parameter<UnsignedLong> UINT = new Parameter<>(SimpleType.UINT, UnsignedLong.class);
    static final Parameter<Boolean> BOOL = new Parameter<>(SimpleType.BOOL, Boolean.class);
    static final Parameter<Object> DYN = new Parameter<>(SimpleType.DYN, Object.class);

    /** An item of {@link #LIST}. */
    static final Parameter<Object> ITEM = new Parameter<>(TypeParamType.create("A"), Object.class);

    @SuppressWarnings("rawtypes") // a class literal has no type arguments
    static final Parameter<List> LIST = new Parameter<>(ListType.create(ITEM.type()), List.class);

    @SuppressWarnings("rawtypes") // as above
    static final Parameter<List> ANY_LIST = new Parameter<>(ListType.create(SimpleType.DYN), List.class);

    static <T> Parameter<T> opaque(String name, Class<T> java) {
        return new Parameter<>(OpaqueType.create(name), java);
    }
}
