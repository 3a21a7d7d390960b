package io.plimsoll.audit.cel;

import dev.cel.common.types.CelType;
import dev.cel.runtime.CelRuntime;
import java.util.Optional;

/** One expression after reading it. */
public sealed interface Compiled {

    /**
     * May be run any number of times, by any thread.
     *
     * @param thorough counts all that it does
     * @param quick counts only the turns of its loops, which are few; for expressions that can do no harm otherwise
     * @param type of what it gives; dynamic where that depends on the object
     */
    record Ready(CelRuntime.Program thorough, Optional<CelRuntime.Program> quick, CelType type) implements Compiled {}

    /** @param why it cannot be evaluated here: the API server would refuse it, it asks for what only a cluster knows, or it is too large */
    record Unreadable(String why) implements Compiled {}
}
