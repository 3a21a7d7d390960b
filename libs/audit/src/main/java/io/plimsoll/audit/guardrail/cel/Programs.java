package io.plimsoll.audit.guardrail.cel;

import io.plimsoll.audit.guardrail.review.ResourceNames;
import io.plimsoll.kubernetes.value.Value;
import java.util.IdentityHashMap;

/** Compiled policies, each compiled when it is first asked: without a bound policy CEL is never loaded. */
public final class Programs {

    private final ResourceNames names;
    private final IdentityHashMap<Value, PolicyProgram> compiled = new IdentityHashMap<>();

    public Programs(ResourceNames names) {
        this.names = names;
    }

    ResourceNames names() {
        return names;
    }

    synchronized PolicyProgram of(Value spec) {
        return compiled.computeIfAbsent(spec, each -> new PolicyProgram(each, names));
    }
}
