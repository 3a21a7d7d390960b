package io.plimsoll.audit.guardrail.kyverno;

import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.review.Review;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.audit.guardrail.rule.Declaration;
import io.plimsoll.audit.guardrail.rule.Judgement;
import io.plimsoll.audit.guardrail.rule.Rule;
import io.plimsoll.audit.guardrail.rule.Standing;
import io.plimsoll.audit.guardrail.rule.Verdict;

/** One rule of one policy, for one of the things it is for. */
record KyvernoRule(
        Declaration declaration,
        Intent intent,
        Matching matching,
        FailureAction failureAction,
        Check check,
        Installation installation)
        implements Rule {

    @Override
    public Standing in(Scope scope) {
        Action action = failureAction.in(scope);
        if (!matching.covers(scope)) {
            return Standing.excluded(action, "match and exclude leave this namespace out");
        }
        if (installation.ignores(scope)) {
            return Standing.excluded(action, "the engine's configuration leaves it alone");
        }
        Standing standing = matching.asksUser()
                ? Standing.notEvaluated(action, "not auditable: it asks who makes the request")
                : Judgement.of(action, intent, scope, review -> judge(review, scope));
        return installation.runs() ? standing : standing.without("Kyverno");
    }

    private Verdict judge(Review review, Scope scope) {
        return matching.selects(review, scope) ? check.judge(review, scope) : Verdict.NOT_ASKED;
    }
}
