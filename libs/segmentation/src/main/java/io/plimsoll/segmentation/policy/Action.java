package io.plimsoll.segmentation.policy;

/** What a rule of a cluster-wide tier does with the traffic it matches. */
public enum Action {
    ACCEPT("allows"),
    DENY("denies"),
    /** The rest of the tier is skipped. */
    PASS("passes"),
    /** An action nobody knows: any of the three. */
    UNREADABLE("may decide");

    private final String verb;

    Action(String verb) {
        this.verb = verb;
    }

    /** For people: what the rule does to connections. */
    public String verb() {
        return verb;
    }
}
