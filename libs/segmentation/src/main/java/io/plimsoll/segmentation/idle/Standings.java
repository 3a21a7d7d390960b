package io.plimsoll.segmentation.idle;

import io.plimsoll.segmentation.policy.Action;

/**
 * How all points stand while the rules of a tier are asked one after the other: for each outcome the points that may have it. A point in
 * two of the sets is one of which it is not known; each is in at least one. Never changed.
 */
record Standings(Points undecided, Points passed, Points accepted, Points denied) {

    /** Nobody was asked. */
    static Standings untouched(Points all) {
        Points none = all.copy().minus(all);
        return new Standings(all, none, none, none);
    }

    /** Isolated by NetworkPolicy. */
    static Standings isolated(Points all, Points allowed, Points perhaps) {
        Points none = all.copy().minus(all);
        return new Standings(none, none, allowed.copy().or(perhaps), all.copy().minus(allowed));
    }

    /** After a rule that matches some points for sure and others perhaps. */
    Standings decide(Action action, Points certain, Points unsure) {
        Standings after = step(action, certain, action != Action.UNREADABLE);
        return unsure.isEmpty() ? after : after.step(action, unsure, false);
    }

    private Standings step(Action action, Points matched, boolean settles) {
        Points hit = matched.copy().and(undecided);
        if (hit.isEmpty()) {
            return this;
        }
        Points left = settles ? undecided.copy().minus(hit) : undecided;
        return switch (action) {
            case ACCEPT -> new Standings(left, passed, accepted.copy().or(hit), denied);
            case DENY -> new Standings(left, passed, accepted, denied.copy().or(hit));
            case PASS -> new Standings(left, passed.copy().or(hit), accepted, denied);
            case UNREADABLE ->
                new Standings(
                        left,
                        passed.copy().or(hit),
                        accepted.copy().or(hit),
                        denied.copy().or(hit));
        };
    }

    /** Where this leaves a point open, the next decides. */
    Standings then(Standings next) {
        return new Standings(
                undecided.copy().and(next.undecided),
                passed.copy().or(next.passed.copy().and(undecided)),
                accepted.copy().or(next.accepted.copy().and(undecided)),
                denied.copy().or(next.denied.copy().and(undecided)));
    }

    /** Both are asked, and it is not known which of the two first. */
    Standings besides(Standings other) {
        return new Standings(
                undecided.copy().and(other.undecided),
                passed.copy().or(other.passed),
                accepted.copy().or(other.accepted),
                denied.copy().or(other.denied));
    }

    /** It is not known which of the two it is. */
    Standings or(Standings other) {
        return new Standings(
                undecided.copy().or(other.undecided),
                passed.copy().or(other.passed),
                accepted.copy().or(other.accepted),
                denied.copy().or(other.denied));
    }

    /** What was passed is open again for the next tier. */
    Standings endOfTier() {
        Points none = passed.copy().minus(passed);
        return new Standings(undecided.copy().or(passed), none, accepted, denied);
    }

    /** What certainly or perhaps passes when nobody else is asked: all but what may be denied, and what may be accepted or is open. */
    Outcome outcome(Points all) {
        return new Outcome(
                all.copy().minus(denied), accepted.copy().or(undecided).or(passed));
    }

    /** The part at some points, for comparison. */
    Standings at(Points some) {
        return new Standings(
                undecided.copy().and(some),
                passed.copy().and(some),
                accepted.copy().and(some),
                denied.copy().and(some));
    }

    /** Points that certainly pass, and those that may. */
    record Outcome(Points allowed, Points possible) {
        Outcome at(Points some) {
            return new Outcome(allowed.copy().and(some), possible.copy().and(some));
        }
    }
}
