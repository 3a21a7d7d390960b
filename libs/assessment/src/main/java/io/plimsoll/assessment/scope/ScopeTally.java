package io.plimsoll.assessment.scope;

import io.plimsoll.maturity.adoption.AdoptionTally;
import io.plimsoll.maturity.tally.Tally;

/** What one part contributes to one scope. A commutative monoid with {@link #NONE}. */
public record ScopeTally(Tally gates, AdoptionTally adoption) {

    public static final ScopeTally NONE = new ScopeTally(Tally.NONE, AdoptionTally.NONE);

    public ScopeTally plus(ScopeTally other) {
        return new ScopeTally(gates.plus(other.gates), adoption.plus(other.adoption));
    }
}
