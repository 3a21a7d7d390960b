package io.plimsoll.report.html;

import io.plimsoll.assessment.scope.ScopeAssessment;
import io.plimsoll.kernel.Reason;
import io.plimsoll.maturity.gate.ClauseResult;
import io.plimsoll.maturity.gate.GateResult;

/** Figures as the page writes them; none depends on a locale. */
final class Figures {

    private Figures() {}

    /** {@code −2 to 0}, or one number. */
    static String freeboard(ScopeAssessment scope) {
        String low = signed(scope.freeboardLow());
        return scope.freeboardLow() == scope.freeboardHigh() ? low : low + " to " + signed(scope.freeboardHigh());
    }

    private static String signed(int figure) {
        return figure < 0 ? "−" + -figure : figure > 0 ? "+" + figure : "0";
    }

    /** Rounded down, so that nothing short of all is written as all. */
    static String percent(double share) {
        return (int) Math.floor(share * 100 + 1e-9) + " %";
    }

    /** {@code 28 of 36 (77 %), 3 unknown}; nothing asked has no share. */
    static String holds(ClauseResult clause) {
        int asked = clause.counts().asked();
        if (asked == 0) {
            return "none asked";
        }
        int unknown = clause.counts().unknown();
        return clause.counts().pass() + clause.counts().waived() + " of " + asked + " (" + percent(clause.ratio()) + ")"
                + (unknown == 0 ? "" : ", " + unknown + " unknown");
    }

    /** What would settle an unknown gate. */
    static String settledBy(GateResult gate) {
        Reason reason = gate.reason();
        return gate.gate().settledBy().isEmpty() && reason != null
                ? reason.settledBy()
                : gate.gate().settledBy();
    }

    static String counted(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
