package io.plimsoll.audit.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationListener;
import io.plimsoll.audit.cel.library.Effort;
import java.util.Collection;

/**
 * Charges every part of an expression that is evaluated, by the size of what it gives: the next part works on that. What is
 * made anew counts in full, what is only handed on an eighth.
 */
final class Steps implements CelEvaluationListener {

    /** So that a million steps are the budget, as a million is the API server's limit for one expression. */
    private static final int STEP = 16;

    private static final int HANDED_ON = 8;

    private final Effort effort;

    Steps(Effort effort) {
        this.effort = effort;
    }

    @Override
    public void callback(CelExpr expr, Object result) {
        long size =
                switch (result) {
                    case String text -> text.length();
                    case Collection<?> items -> items.size();
                    default -> 0;
                };
        boolean made = expr.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL;
        effort.charge(STEP + (made ? size : size / HANDED_ON));
    }
}
