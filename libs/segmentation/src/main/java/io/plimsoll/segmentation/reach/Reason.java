package io.plimsoll.segmentation.reach;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.policy.Action;
import io.plimsoll.segmentation.policy.Direction;

/**
 * What one policy, or one object that leads in, has to do with a verdict.
 *
 * @param object the policy, Ingress or Route
 * @param detail name of the rule, or of the Service an Ingress leads to; empty where no rule took part
 */
public record Reason(ResourceId object, Effect effect, String detail) {

    /** What it does to the ports of the part it stands in. */
    public enum Effect {
        ALLOWS,
        DENIES,
        PASSES,
        /** It is not known whether the rule matches, or what it does. */
        MAY_DECIDE,
        /** Selects the pods and has no rule at all. */
        NO_RULES,
        /** Selects the pods; no rule names the peer. */
        PEER_NOT_NAMED,
        /** A rule names the peer, on other ports. */
        OTHER_PORTS,
        /** A rule names the peer, and ports by names that the destination does not have. */
        NAMES_UNKNOWN,
        /** Of a kind that is not analysed: it could change the verdict. */
        NOT_ANALYSED,
        /** Allows some requests on the ports and not others. */
        ALLOWS_SOME_REQUESTS,
        /** Denies some requests on the ports and not others. */
        DENIES_SOME_REQUESTS,
        /** Takes mutual TLS alone, which the peer does not speak for sure. */
        WANTS_MUTUAL_TLS,
        /** An Ingress, Route or Gateway leads there. */
        LEADS_IN,
        /** An Ingress, Route or Gateway leads to other ports. */
        LEADS_TO_OTHER_PORTS
    }

    static Reason of(ResourceId policy, Effect effect) {
        return new Reason(policy, effect, "");
    }

    /** One sentence. */
    public String text(Endpoint subject, Endpoint peer, Direction direction) {
        String rule = direction.type() + " rule " + detail;
        return title()
                + switch (effect) {
                    case ALLOWS -> " allows connections by " + rule;
                    case DENIES -> " denies connections by " + rule;
                    case PASSES -> " passes connections by " + rule;
                    case MAY_DECIDE -> " may decide by " + rule;
                    case NO_RULES ->
                        " selects " + subject + ", but " + peer + " is not allowed by any " + direction.type()
                                + " rule (no rules defined)";
                    case PEER_NOT_NAMED ->
                        " selects " + subject + ", but " + peer + " is not allowed by any " + direction.type()
                                + " rule";
                    case OTHER_PORTS ->
                        " selects " + subject + ", and " + rule + " selects " + peer
                                + ", but the protocols and ports do not match";
                    case NAMES_UNKNOWN ->
                        " selects " + subject + ", and " + rule + " selects " + peer
                                + ", but named ports of the rule have no match in the configuration of the destination"
                                + " peer";
                    case ALLOWS_SOME_REQUESTS -> " allows some requests and not others by " + rule;
                    case DENIES_SOME_REQUESTS -> " denies some requests and not others by " + rule;
                    case WANTS_MUTUAL_TLS -> " takes mutual TLS alone, which " + peer + " is not known to speak";
                    case NOT_ANALYSED -> " could change this and is not analysed";
                    case LEADS_IN -> " allows ingress connections through service " + detail;
                    case LEADS_TO_OTHER_PORTS ->
                        " allows ingress to service " + detail + ", but the protocols and ports do not match";
                };
    }

    /** Kind and name: {@code NetworkPolicy 'shop/deny'}. */
    public String title() {
        String namespace = object.namespace().isEmpty() ? "" : object.namespace() + "/";
        return object.kind() + " '" + namespace + object.name() + "'";
    }

    static Effect effectOf(Action action) {
        return switch (action) {
            case ACCEPT -> Effect.ALLOWS;
            case DENY -> Effect.DENIES;
            case PASS -> Effect.PASSES;
            case UNREADABLE -> Effect.MAY_DECIDE;
        };
    }
}
