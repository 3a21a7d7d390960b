package io.plimsoll.audit.guardrail.cel;

import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.review.Review;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.audit.guardrail.rule.Declaration;
import io.plimsoll.audit.guardrail.rule.Judgement;
import io.plimsoll.audit.guardrail.rule.Rule;
import io.plimsoll.audit.guardrail.rule.Standing;
import io.plimsoll.audit.guardrail.rule.Verdict;
import io.plimsoll.kubernetes.value.Value;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One validation of a bound policy.
 *
 * @param validation its place in the policy, from 0
 */
record BoundValidation(Declaration declaration, Intent intent, Binding binding, int validation) implements Rule {

    private static final Pattern PREFIX = Pattern.compile("\\.image\\.startsWith\\(\\s*['\"]([^'\"]+)['\"]\\s*\\)");

    @Override
    public List<String> registries() {
        if (!intent.equals(Intent.REGISTRY_ALLOW_LIST)) {
            return List.of();
        }
        Value spec = binding.spec();
        String expression = spec.items("validations").get(validation).text("expression");
        return PREFIX.matcher(VariableText.of(expression, spec.items("variables")))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Override
    public Standing in(Scope scope) {
        if (!binding.covers(scope)) {
            return Standing.excluded(binding.action(), "binding " + binding.name() + " does not select this namespace");
        }
        if (!binding.aboutWrites()) {
            return Standing.notEvaluated(binding.action(), "it is about deleting or connecting alone");
        }
        return switch (binding.parameters().in(scope.namespace())) {
            case Parameters.Found.None none ->
                Judgement.of(binding.action(), intent, scope, review -> judge(review, scope, null));
            case Parameters.Found.These these ->
                these.values().stream()
                        .map(each ->
                                Judgement.of(binding.action(), intent, scope, review -> judge(review, scope, each)))
                        .reduce(Standing::weaker)
                        .orElseThrow();
            case Parameters.Found.Skipped skipped ->
                Standing.vacuous(binding.action(), "its parameters are not there, and it allows what it has none for");
            case Parameters.Found.Error error ->
                Judgement.of(
                        binding.action(),
                        intent,
                        scope,
                        review -> !binding.selects(review)
                                ? Verdict.NOT_ASKED
                                : binding.failClosed() ? new Verdict.Refused(error.why()) : Verdict.NOT_ASKED);
            case Parameters.Found.NotGiven notGiven ->
                Standing.notEvaluated(binding.action(), "its parameters are not among the objects given");
        };
    }

    private Verdict judge(Review review, Scope scope, @Nullable Value parameters) {
        if (!binding.selects(review)) {
            return Verdict.NOT_ASKED;
        }
        return binding.programs().of(binding.spec()).judge(validation, review, scope, parameters);
    }
}
