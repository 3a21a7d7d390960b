package io.plimsoll.maturity.model;

import java.util.Locale;

/** Where a stage is given. A workload has evidence but no stage of its own. Widest first. */
public enum ScopeKind {
    ORGANISATION,
    TEAM,
    CLUSTER,
    NAMESPACE,
    APPLICATION;

    public String slug() {
        return name().toLowerCase(Locale.ROOT);
    }
}
