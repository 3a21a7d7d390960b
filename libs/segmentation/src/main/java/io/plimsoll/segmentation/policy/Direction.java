package io.plimsoll.segmentation.policy;

/** A direction of traffic, seen from the pod that a policy selects. */
public enum Direction {
    INGRESS("Ingress", "ingress", "from"),
    EGRESS("Egress", "egress", "to");

    private final String type;
    private final String field;
    private final String peersField;

    Direction(String type, String field, String peersField) {
        this.type = type;
        this.field = field;
        this.peersField = peersField;
    }

    /** As {@code spec.policyTypes} spells it. */
    public String type() {
        return type;
    }

    /** The field of the specification that holds its rules; also the word for people. */
    public String field() {
        return field;
    }

    /** The field of a rule that holds its peers. */
    public String peersField() {
        return peersField;
    }
}
