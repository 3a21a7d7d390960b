package io.plimsoll.audit.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import java.util.Optional;
import java.util.Set;

/** What an expression asks for that no file tells: who makes the request, and what they may do. */
final class ClusterOnly {

    private static final Set<String> OF_THE_USER = Set.of("userInfo", "uid", "options");

    private ClusterOnly() {}

    /** What it asks; empty where it asks nothing of the kind. */
    static Optional<String> asked(CelAbstractSyntaxTree parsed) {
        return CelNavigableAst.fromAst(parsed)
                .getRoot()
                .allNodes()
                .flatMap(node -> asked(node.expr()).stream())
                .findFirst();
    }

    private static Optional<String> asked(CelExpr expr) {
        return switch (expr.exprKind().getKind()) {
            case IDENT ->
                expr.ident().name().equals("authorizer")
                        ? Optional.of("it asks the authorizer who may do what")
                        : Optional.empty();
            case SELECT -> {
                CelExpr operand = expr.select().operand();
                boolean user = OF_THE_USER.contains(expr.select().field())
                        && operand.exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT
                        && operand.ident().name().equals("request");
                yield user ? Optional.of("it asks who makes the request") : Optional.empty();
            }
            case NOT_SET, CONSTANT, CALL, LIST, STRUCT, MAP, COMPREHENSION -> Optional.empty();
        };
    }
}
