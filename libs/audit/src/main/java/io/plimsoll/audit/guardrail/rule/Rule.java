package io.plimsoll.audit.guardrail.rule;

import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.review.Scope;
import java.util.List;

/** One thing one object of the input asks for. Pure, any thread. */
public interface Rule {

    Declaration declaration();

    Intent intent();

    /** What becomes of it in one namespace. */
    Standing in(Scope scope);

    /** Prefixes of the images it allows, where it is a list of approved registries that can be read. */
    default List<String> registries() {
        return List.of();
    }
}
