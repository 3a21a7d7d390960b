package io.plimsoll.audit.guardrail.cel;

import io.plimsoll.audit.cel.TargetVersion;
import io.plimsoll.audit.guardrail.review.ResourceNames;
import io.plimsoll.kubernetes.value.Value;
import java.util.IdentityHashMap;

/** Compiled policies, each compiled when it is first asked: without a bound policy CEL is never loaded. */
public final class Programs {

    private final ResourceNames names;
    private final TargetVersion target;
    private final IdentityHashMap<Value, PolicyProgram> compiled = new IdentityHashMap<>();

    /** For the newest API server: what a cluster holds, its own API server has taken. */
    public Programs(ResourceNames names) {
        this(names, TargetVersion.NEWEST);
    }

    /** @param target the API server whose CEL the policies are read with */
    public Programs(ResourceNames names, TargetVersion target) {
        this.names = names;
        this.target = target;
    }

    ResourceNames names() {
        return names;
    }

    synchronized PolicyProgram of(Value spec) {
        return compiled.computeIfAbsent(spec, each -> new PolicyProgram(each, new RequestNames(names), target));
    }
}
