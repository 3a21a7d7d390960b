package io.plimsoll.audit.cel.library;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExprVisitor;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the API server refuses when it compiles a function of lists: items of a type that cannot be added or compared. */
public final class ItemTypes extends CelExprVisitor {

    private static final Set<CelKind> ANY = EnumSet.of(CelKind.DYN, CelKind.ANY, CelKind.TYPE_PARAM);
    private static final Set<CelKind> ADDED = EnumSet.of(CelKind.INT, CelKind.UINT, CelKind.DOUBLE, CelKind.DURATION);
    private static final Set<CelKind> COMPARED = EnumSet.of(
            CelKind.INT,
            CelKind.UINT,
            CelKind.DOUBLE,
            CelKind.BOOL,
            CelKind.DURATION,
            CelKind.TIMESTAMP,
            CelKind.STRING,
            CelKind.BYTES);
    private static final Map<String, Set<CelKind>> TAKEN =
            Map.of("sum", ADDED, "min", COMPARED, "max", COMPARED, "isSorted", COMPARED);

    private final CelAbstractSyntaxTree checked;
    private String refused = "";

    private ItemTypes(CelAbstractSyntaxTree checked) {
        this.checked = checked;
    }

    /** Why the expression is refused; empty where it is not. */
    public static Optional<String> refusal(CelAbstractSyntaxTree checked) {
        ItemTypes types = new ItemTypes(checked);
        types.visit(checked);
        return types.refused.isEmpty() ? Optional.empty() : Optional.of(types.refused);
    }

    @Override
    protected void visit(CelExpr expr, CelExpr.CelCall call) {
        if (refused(call, checked)) {
            refused = "found no matching overload for '" + call.function() + "'";
        }
        super.visit(expr, call);
    }

    private static boolean refused(CelExpr.CelCall call, CelAbstractSyntaxTree checked) {
        Set<CelKind> taken = TAKEN.get(call.function());
        if (taken == null || call.target().isEmpty() || !call.args().isEmpty()) {
            return false;
        }
        CelType type = checked.getType(call.target().get().id()).orElse(null);
        return type instanceof ListType list
                && list.hasElemType()
                && !ANY.contains(list.elemType().kind())
                && !taken.contains(list.elemType().kind());
    }
}
