package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.Action;
import io.plimsoll.segmentation.policy.PortSet;

/**
 * How one peer stands while policies are asked one after the other: for each outcome the ports that may have it. A port in two
 * of the sets is one of which it is not known; each port is in at least one.
 */
record Standing(PortSet undecided, PortSet passed, PortSet accepted, PortSet denied) {

    /** Nobody was asked. */
    static final Standing UNTOUCHED = new Standing(PortSet.ALL, PortSet.NONE, PortSet.NONE, PortSet.NONE);

    /** Isolated, and nothing is allowed yet. */
    static final Standing DENIED = new Standing(PortSet.NONE, PortSet.NONE, PortSet.NONE, PortSet.ALL);

    /** Whatever may be. */
    static final Standing UNKNOWN = new Standing(PortSet.NONE, PortSet.NONE, PortSet.ALL, PortSet.ALL);

    /** As isolated by NetworkPolicy, with some ports allowed. */
    static Standing allowing(PortSet ports) {
        return new Standing(PortSet.NONE, PortSet.NONE, ports, PortSet.ALL.minus(ports));
    }

    /** After a rule of these ports, of which it is certain that it matches the peer or not. */
    Standing decide(Action action, PortSet ports, boolean certain) {
        PortSet hit = undecided.intersect(ports);
        if (hit.isEmpty()) {
            return this;
        }
        PortSet left = certain && action != Action.UNREADABLE ? undecided.minus(hit) : undecided;
        return switch (action) {
            case ACCEPT -> new Standing(left, passed, accepted.union(hit), denied);
            case DENY -> new Standing(left, passed, accepted, denied.union(hit));
            case PASS -> new Standing(left, passed.union(hit), accepted, denied);
            case UNREADABLE -> new Standing(left, passed.union(hit), accepted.union(hit), denied.union(hit));
        };
    }

    /** With one more port set allowed by NetworkPolicy. */
    Standing allow(PortSet ports) {
        return new Standing(undecided, passed, accepted.union(ports), denied.minus(ports));
    }

    /** With one more port set of which it is not known whether NetworkPolicy allows it. */
    Standing allowPerhaps(PortSet ports) {
        return new Standing(undecided, passed, accepted.union(ports), denied);
    }

    /** Where this leaves a port open, the next decides. */
    Standing then(Standing next) {
        if (undecided.isEmpty()) {
            return this;
        }
        return new Standing(
                undecided.intersect(next.undecided),
                passed.union(undecided.intersect(next.passed)),
                accepted.union(undecided.intersect(next.accepted)),
                denied.union(undecided.intersect(next.denied)));
    }

    /** Both are asked, and it is not known which of the two first. */
    Standing besides(Standing other) {
        return new Standing(
                undecided.intersect(other.undecided),
                passed.union(other.passed),
                accepted.union(other.accepted),
                denied.union(other.denied));
    }

    /** Some port gets one outcome here and another there. */
    boolean disagreesWith(Standing other) {
        return meets(accepted, other.denied.union(other.passed))
                || meets(denied, other.accepted.union(other.passed))
                || meets(passed, other.accepted.union(other.denied));
    }

    private static boolean meets(PortSet some, PortSet others) {
        return !some.intersect(others).isEmpty();
    }

    /** It is not known which of the two it is. */
    Standing or(Standing other) {
        return new Standing(
                undecided.union(other.undecided),
                passed.union(other.passed),
                accepted.union(other.accepted),
                denied.union(other.denied));
    }

    /** What was passed is open again for the next tier. */
    Standing endOfTier() {
        return passed.isEmpty() ? this : new Standing(undecided.union(passed), PortSet.NONE, accepted, denied);
    }

    /** When nobody else is asked, what is open is allowed. */
    Verdict verdict() {
        PortSet open = undecided.union(passed);
        return new Verdict(PortSet.ALL.minus(denied), accepted.union(open));
    }
}
