package io.plimsoll.audit.cel.library;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code object.?spec.?containers[0]}: where the types are not known, the number may be a place in a list or the key of a map,
 * which the common implementation gives up on. Such a call is led to a body that looks.
 */
public final class OptionalIndex {

    private static final String OVERLOAD = "optional_dyn_index_dyn";
    private static final Set<String> LISTS = Set.of("optional_list_optindex_optional_int", "optional_list_index_int");
    private static final Set<String> MAPS = Set.of("optional_map_optindex_optional_value", "optional_map_index_value");

    @SuppressWarnings("rawtypes") // a class literal has no type arguments
    private static final Parameter<Optional> OPTIONAL =
            new Parameter<>(dev.cel.common.types.SimpleType.DYN, Optional.class);

    private OptionalIndex() {}

    static FunctionLibrary library() {
        return FunctionLibrary.builder()
                .bind(
                        OVERLOAD,
                        List.of(OPTIONAL, Parameter.DYN),
                        arguments -> ((Optional<?>) arguments[0]).flatMap(value -> index(value, arguments[1])))
                .build();
    }

    /** The same tree with every such call led there. */
    public static CelAbstractSyntaxTree resolved(CelAbstractSyntaxTree checked) {
        Map<Long, CelReference> references = new HashMap<>(checked.getReferenceMap());
        boolean changed = false;
        for (Map.Entry<Long, CelReference> each : references.entrySet()) {
            List<String> overloads = each.getValue().overloadIds();
            if (overloads.stream().anyMatch(LISTS::contains)
                    && overloads.stream().anyMatch(MAPS::contains)) {
                List<String> others = overloads.stream()
                        .filter(overload -> !LISTS.contains(overload) && !MAPS.contains(overload))
                        .toList();
                each.setValue(CelReference.newBuilder()
                        .setName(each.getValue().name())
                        .addOverloadIds(others)
                        .addOverloadIds(OVERLOAD)
                        .build());
                changed = true;
            }
        }
        return changed
                ? CelAbstractSyntaxTree.newCheckedAst(
                        checked.getExpr(), checked.getSource(), references, checked.getTypeMap())
                : checked;
    }

    private static Optional<Object> index(Object value, Object key) {
        return switch (value) {
            case List<?> list
            when key instanceof Long at ->
                at >= 0 && at < list.size() ? Optional.of(list.get(at.intValue())) : Optional.empty();
            case Map<?, ?> map -> Optional.ofNullable(map.get(key));
            default -> throw new IllegalArgumentException("no such overload: only lists and maps are indexed");
        };
    }
}
