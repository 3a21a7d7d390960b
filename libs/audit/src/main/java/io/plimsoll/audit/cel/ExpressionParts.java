package io.plimsoll.audit.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExprVisitor;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What one look at an expression tells before it is checked. */
final class ExpressionParts extends CelExprVisitor {

    private static final Set<String> OF_THE_USER = Set.of("userInfo", "uid", "options");

    /** Functions that make nothing larger than what they are given, and take no longer than reading it. */
    private static final Set<String> FRUGAL = Set.of(
            "_&&_",
            "_||_",
            "!_",
            "_?_:_",
            "@not_strictly_false",
            "_==_",
            "_!=_",
            "_<_",
            "_<=_",
            "_>_",
            "_>=_",
            "@in",
            "_[_]",
            "_[?_]",
            "_?._",
            "optional.of",
            "optional.none",
            "optional.ofNonZeroValue",
            "or",
            "orValue",
            "value",
            "hasValue",
            "size",
            "startsWith",
            "endsWith",
            "contains",
            "dyn",
            "bool",
            "int",
            "double",
            "type");

    private String clusterOnly = "";
    private boolean frugal = true;
    private final Set<String> functions = new HashSet<>();

    private ExpressionParts() {}

    static ExpressionParts of(CelAbstractSyntaxTree parsed) {
        ExpressionParts parts = new ExpressionParts();
        parts.visit(parsed);
        return parts;
    }

    /** What it asks that no file tells: who makes the request, and what they may do; empty where it asks nothing of the kind. */
    Optional<String> clusterOnly() {
        return clusterOnly.isEmpty() ? Optional.empty() : Optional.of(clusterOnly);
    }

    /**
     * True where a small number of turns of its loops bounds all it can do: it calls only frugal functions, and puts together
     * only the lists that its own loops make.
     */
    boolean frugal() {
        return frugal;
    }

    /** Names of all it calls, operators among them. */
    Set<String> functions() {
        return functions;
    }

    @Override
    protected void visit(CelExpr expr, CelExpr.CelIdent ident) {
        if (ident.name().equals("authorizer")) {
            clusterOnly = "it asks the authorizer who may do what";
        }
    }

    @Override
    protected void visit(CelExpr expr, CelExpr.CelSelect select) {
        CelExpr operand = select.operand();
        if (OF_THE_USER.contains(select.field())
                && operand.exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT
                && operand.ident().name().equals("request")) {
            clusterOnly = "it asks who makes the request";
        }
        super.visit(expr, select);
    }

    @Override
    protected void visit(CelExpr expr, CelExpr.CelCall call) {
        functions.add(call.function());
        boolean known = FRUGAL.contains(call.function());
        boolean optionalSelect = call.function().equals("_?._");
        if (!known && !collects(call)) {
            frugal = false;
        }
        if (optionalSelect
                && isRequest(call.args().getFirst())
                && ofTheUser(call.args().get(1))) {
            clusterOnly = "it asks who makes the request";
        }
        super.visit(expr, call);
    }

    /** {@code @result + [item]}: what map and filter are made of. */
    private static boolean collects(CelExpr.CelCall call) {
        if (!call.function().equals("_+_")) {
            return false;
        }
        CelExpr first = call.args().getFirst();
        return first.exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT
                && first.ident().name().startsWith("@");
    }

    private static boolean isRequest(CelExpr expr) {
        return expr.exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT
                && expr.ident().name().equals("request");
    }

    private static boolean ofTheUser(CelExpr expr) {
        return expr.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE
                && OF_THE_USER.contains(expr.constant().stringValue());
    }
}
