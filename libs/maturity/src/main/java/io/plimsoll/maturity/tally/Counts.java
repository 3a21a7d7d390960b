package io.plimsoll.maturity.tally;

import io.plimsoll.kernel.EvidenceState;

/** How many subjects answered what. A commutative monoid: tallies of parts add up to the tally of the whole. */
public record Counts(int pass, int fail, int waived, int notApplicable, int unknown) {

    public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    public Counts plus(Counts other) {
        return new Counts(
                pass + other.pass,
                fail + other.fail,
                waived + other.waived,
                notApplicable + other.notApplicable,
                unknown + other.unknown);
    }

    public Counts plus(EvidenceState state) {
        return plus(
                switch (state) {
                    case PASS -> new Counts(1, 0, 0, 0, 0);
                    case FAIL -> new Counts(0, 1, 0, 0, 0);
                    case WAIVED -> new Counts(0, 0, 1, 0, 0);
                    case NOT_APPLICABLE -> new Counts(0, 0, 0, 1, 0);
                    case UNKNOWN -> new Counts(0, 0, 0, 0, 1);
                });
    }

    public int total() {
        return pass + fail + waived + notApplicable + unknown;
    }

    /** Subjects that are asked: all but those to which it does not apply. Waived ones stay. */
    public int asked() {
        return total() - notApplicable;
    }
}
