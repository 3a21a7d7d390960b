package io.plimsoll.scanning.advisory;

import java.util.Optional;

/** Whether an advisory's versions hold a package's version. */
public sealed interface VersionVerdict {

    /** @param fixedIn the first version after it that is no longer affected; empty when none is published */
    record Affects(Optional<String> fixedIn) implements VersionVerdict {}

    record Spares() implements VersionVerdict {}

    /** It cannot be said. @param why one clause, for people */
    record Undecided(String why) implements VersionVerdict {}

    VersionVerdict SPARES = new Spares();
}
