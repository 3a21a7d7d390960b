package io.plimsoll.audit.guardrail.cel;

import io.plimsoll.audit.guardrail.review.Review;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.audit.guardrail.rule.Verdict;
import io.plimsoll.kubernetes.value.Value;

/**
 * All validations of one policy as one rule, for engines that take the API server's expressions over.
 *
 * @param spec with variables, matchConditions, validations and failurePolicy
 */
public record Expressions(Programs programs, Value spec) {

    public static Expressions of(Programs programs, Value spec) {
        return new Expressions(programs, spec);
    }

    /** The first refusal decides, then what cannot be told. */
    public Verdict judge(Review review, Scope scope) {
        Verdict verdict = Verdict.NOT_ASKED;
        int validations = spec.items("validations").size();
        for (int i = 0; i < validations; i++) {
            Verdict each = programs.of(spec).judge(i, review, scope, null);
            if (each instanceof Verdict.Refused) {
                return each;
            }
            verdict = verdict instanceof Verdict.Unknown || each instanceof Verdict.NotAsked ? verdict : each;
        }
        return verdict;
    }
}
