package io.plimsoll.audit.guardrail.rule;

/** What a rule says about one object. */
public sealed interface Verdict {

    Verdict ADMITTED = new Admitted();
    Verdict NOT_ASKED = new NotAsked();

    record Admitted() implements Verdict {}

    /** @param why what of the object breaks the rule, a few words */
    record Refused(String why) implements Verdict {}

    /** The rule is not about this object, or asks nothing of it. */
    record NotAsked() implements Verdict {}

    /** @param why it cannot be told outside a cluster */
    record Unknown(String why) implements Verdict {}

    static Verdict refusedIf(boolean broken, String why) {
        return broken ? new Refused(why) : ADMITTED;
    }
}
