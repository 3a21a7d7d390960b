package io.plimsoll.audit.guardrail.rule;

import io.plimsoll.audit.guardrail.Engine;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;

/** Where a rule is written down, and who keeps it. */
public record Declaration(Engine engine, ResourceId id, Source source) {

    public static Declaration of(Engine engine, Resource resource) {
        return new Declaration(engine, resource.id(), resource.source());
    }
}
