package io.plimsoll.audit.cel.library;

import com.google.common.collect.ImmutableList;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.cel.parser.CelParserBuilder;
import java.util.Optional;

/**
 * {@code list.sortBy(e, key)}. The common macro makes pairs of a key and an item, which an environment that takes only lists
 * of one type refuses; here both are dynamic.
 */
final class SortBy implements CelCompilerLibrary {

    @Override
    public void setParserOptions(CelParserBuilder builder) {
        builder.addMacros(CelMacro.newReceiverMacro("sortBy", 2, SortBy::expand));
    }

    @Override
    public void setCheckerOptions(dev.cel.checker.CelCheckerBuilder builder) {}

    private static Optional<CelExpr> expand(
            CelMacroExprFactory make, CelExpr target, ImmutableList<CelExpr> arguments) {
        CelExpr item = arguments.get(0);
        if (item.exprKind().getKind() != CelExpr.ExprKind.Kind.IDENT) {
            return Optional.empty();
        }
        String all = make.getAccumulatorVarName();
        CelExpr pair = make.newList(
                make.newGlobalCall("dyn", arguments.get(1)),
                make.newGlobalCall("dyn", make.newIdentifier(item.ident().name())));
        CelExpr pairs = make.fold(
                item.ident().name(),
                target,
                all,
                make.newList(),
                make.newBoolLiteral(true),
                make.newGlobalCall(Operator.ADD.getFunction(), make.newIdentifier(all), make.newList(pair)),
                make.newIdentifier(all));
        return Optional.of(make.newGlobalCall("lists.@sortByAssociatedKeys", make.newGlobalCall("dyn", pairs)));
    }
}
