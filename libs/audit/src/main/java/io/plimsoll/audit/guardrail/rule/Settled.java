package io.plimsoll.audit.guardrail.rule;

import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.review.Scope;

/** A rule of one namespace, or one whose standing is the same everywhere. */
public record Settled(Declaration declaration, Intent intent, Standing standing) implements Rule {

    @Override
    public Standing in(Scope scope) {
        return standing;
    }
}
