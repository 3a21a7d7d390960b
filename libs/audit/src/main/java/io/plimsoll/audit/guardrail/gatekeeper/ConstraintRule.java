package io.plimsoll.audit.guardrail.gatekeeper;

import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.review.Review;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.audit.guardrail.rule.Declaration;
import io.plimsoll.audit.guardrail.rule.Judgement;
import io.plimsoll.audit.guardrail.rule.Rule;
import io.plimsoll.audit.guardrail.rule.Standing;
import io.plimsoll.audit.guardrail.rule.Verdict;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One constraint, for one of the things its template is for.
 *
 * @param template null when it is none of the library's
 */
record ConstraintRule(
        Declaration declaration,
        Intent intent,
        Action action,
        Match match,
        Value parameters,
        @Nullable Template template,
        Installation installation,
        ClusterState state)
        implements Rule {

    @Override
    public Standing in(Scope scope) {
        Optional<String> excluded = match.excludes(scope).or(() -> installation.ignores(scope));
        if (excluded.isPresent()) {
            return Standing.excluded(action, excluded.get());
        }
        Standing standing = template == null
                ? Standing.notEvaluated(action, "its template is none that is known here")
                : Judgement.of(action, intent, scope, review -> judge(template, review));
        return installation.runs() ? standing : standing.without("Gatekeeper");
    }

    @Override
    public List<String> registries() {
        if (!intent.equals(Intent.REGISTRY_ALLOW_LIST)) {
            return List.of();
        }
        List<String> prefixes = new ArrayList<>(parameters.at("repos").texts());
        parameters.at("allowedImages").texts().forEach(image -> prefixes.add(image.replaceFirst("\\*$", "")));
        return prefixes;
    }

    private Verdict judge(Template known, Review review) {
        return match.selects(review)
                ? known.check().apply(new Call(review, parameters, installation, state))
                : Verdict.NOT_ASKED;
    }
}
