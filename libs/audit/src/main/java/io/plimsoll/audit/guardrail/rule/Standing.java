package io.plimsoll.audit.guardrail.rule;

import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.Status;

/**
 * What becomes of a rule in one namespace.
 *
 * @param written the rule is written down for this namespace and asks for something, obeyed or not, at any action: what
 *     counts where policies need only be codified
 * @param why one sentence
 */
public record Standing(Action action, Status status, boolean written, String why) {

    public static Standing excluded(Action action, String why) {
        return new Standing(action, Status.EXCLUDED, false, why);
    }

    public static Standing unbound(Action action, String why) {
        return new Standing(action, Status.NOT_BOUND, false, why);
    }

    public static Standing vacuous(Action action, String why) {
        return new Standing(action, Status.VACUOUS, false, why);
    }

    public static Standing notEvaluated(Action action, String why) {
        return new Standing(action, Status.NOT_EVALUATED, true, why);
    }

    /** An expression came to its bound before it had said anything of every object. */
    public boolean overBudget() {
        return status == Status.NOT_EVALUATED && why.startsWith("budget");
    }

    /** The same rule with nobody to keep it. */
    public Standing without(String engine) {
        return new Standing(action, Status.NOT_BOUND, written, "no " + engine + " runs among the objects given");
    }

    /** The weaker of two declarations of one rule. */
    public Standing weaker(Standing other) {
        Standing weak = status.atMost(other.status) ? this : other;
        Action action = this.action.compareTo(other.action) >= 0 ? this.action : other.action;
        return new Standing(action, weak.status, written && other.written, weak.why);
    }
}
