package io.plimsoll.audit.cel;

import dev.cel.runtime.CelRuntime;

/** One expression after reading it. */
public sealed interface Compiled {

    record Ready(CelRuntime.Program program) implements Compiled {}

    /** @param why it cannot be evaluated outside an API server */
    record Unreadable(String why) implements Compiled {}
}
