package io.plimsoll.audit.guardrail.rule;

import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.Status;
import io.plimsoll.audit.guardrail.review.Review;
import io.plimsoll.audit.guardrail.review.Scope;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From what a rule says about each object of a namespace to what becomes of the rule there. */
public final class Judgement {

    private Judgement() {}

    /**
     * A rule that refuses an object of the input is declared, not in force. One that no object breaks must also have teeth:
     * it has to refuse an object that is made to break it, where its intent says how.
     *
     * @param judge pure; also asked about objects that are not in the namespace
     */
    public static Standing of(Action action, Intent intent, Scope scope, Function<Review, Verdict> judge) {
        int admitted = 0;
        Review witness = null;
        String unknown = "";
        for (Review review : scope.reviews()) {
            switch (judge.apply(review)) {
                case Verdict.Refused refused -> {
                    return contradicted(action, review.shown() + " would be refused: " + refused.why());
                }
                case Verdict.Unknown reason -> unknown = unknown.isEmpty() ? reason.why() : unknown;
                case Verdict.Admitted ok -> {
                    admitted++;
                    witness = witness == null ? review : witness;
                }
                case Verdict.NotAsked other -> {}
            }
        }
        if (!unknown.isEmpty()) {
            return Standing.notEvaluated(action, unknown);
        }
        if (admitted == 0) {
            return Standing.vacuous(action, "nothing in this namespace is asked anything");
        }
        return toothless(intent, witness, judge)
                ? Standing.vacuous(action, "it would admit an object made to break it")
                : obeyed(action, admitted);
    }

    /** An object of the input breaks the rule. */
    public static Standing contradicted(Action action, String why) {
        return action == Action.DENY
                ? new Standing(action, Status.CONTRADICTED, true, why)
                : new Standing(action, Status.NOT_DENYING, true, "reported only; " + why);
    }

    /** @param objects that are asked, all of them in order */
    public static Standing obeyed(Action action, int objects) {
        String asked = objects == 1 ? "the one object asked obeys" : "all " + objects + " objects asked obey";
        return action == Action.DENY
                ? new Standing(action, Status.EFFECTIVE, true, asked)
                : new Standing(action, Status.NOT_DENYING, true, "reported only; " + asked);
    }

    private static boolean toothless(Intent intent, @Nullable Review admitted, Function<Review, Verdict> judge) {
        if (admitted == null) {
            return false;
        }
        List<Review> breaking = Witness.breaking(intent, admitted);
        return !breaking.isEmpty() && breaking.stream().noneMatch(each -> judge.apply(each) instanceof Verdict.Refused);
    }
}
