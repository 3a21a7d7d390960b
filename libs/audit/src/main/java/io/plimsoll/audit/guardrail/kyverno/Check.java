package io.plimsoll.audit.guardrail.kyverno;

import io.plimsoll.audit.guardrail.PodLevels;
import io.plimsoll.audit.guardrail.cel.Expressions;
import io.plimsoll.audit.guardrail.review.Review;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.audit.guardrail.rule.Verdict;
import io.plimsoll.kubernetes.value.Value;
import java.util.List;

/** What a rule asks of an object it is about. */
sealed interface Check {

    Verdict judge(Review review, Scope scope);

    /** The Pod Security Standards, at one level. */
    record PodSecurity(PodLevels levels, boolean restricted) implements Check {
        @Override
        public Verdict judge(Review review, Scope scope) {
            return review.pod()
                    .map(pod -> Verdict.refusedIf(
                            restricted ? levels.restrictedViolated(pod) : levels.baselineViolated(pod),
                            "it breaks " + (restricted ? "restricted" : "baseline")))
                    .orElse(Verdict.NOT_ASKED);
        }
    }

    /** CEL, as in validating admission policies. */
    record Cel(Expressions expressions) implements Check {
        @Override
        public Verdict judge(Review review, Scope scope) {
            return expressions.judge(review, scope);
        }
    }

    /** Patterns, of which the object must fit one. */
    record Patterns(List<Value> patterns, String message) implements Check {
        @Override
        public Verdict judge(Review review, Scope scope) {
            try {
                boolean fits = patterns.stream().anyMatch(pattern -> Pattern.matches(pattern, review.body()));
                return Verdict.refusedIf(!fits, message.isEmpty() ? "it does not fit the pattern" : message);
            } catch (Pattern.Unreadable e) {
                return new Verdict.Unknown("its pattern cannot be read exactly");
            }
        }
    }

    record Unreadable(String why) implements Check {
        @Override
        public Verdict judge(Review review, Scope scope) {
            return new Verdict.Unknown(why);
        }
    }
}
