package io.plimsoll.gateway.upload;

import java.io.IOException;

/** An upload of which nothing is taken. The message is for people; {@link #limit} and {@link #place} say the same for programs. */
public final class UploadRefused extends IOException {

    private static final long serialVersionUID = 1L;

    /** Which rule was broken. */
    public enum Rule {
        /** More bytes than a bound allows, packed or unpacked. */
        TOO_LARGE,
        /** Unpacks to out of proportion: a bomb. */
        RATIO,
        /** More entries than the bound. */
        TOO_MANY_ENTRIES,
        /** A name that is absolute, steps outside, is too long or holds what no name may hold. */
        NAME,
        /** Not what its media type says, damaged, or ends early. */
        MALFORMED,
        /** Came in too slowly. */
        TOO_SLOW
    }

    private final Rule rule;
    private final String limit;
    private final String place;

    /**
     * @param limit the bound with its unit; empty when no bound is concerned
     * @param place the entry or the byte concerned; empty when it is the whole
     */
    UploadRefused(Rule rule, String message, String limit, String place) {
        super(message);
        this.rule = rule;
        this.limit = limit;
        this.place = place;
    }

    public Rule rule() {
        return rule;
    }

    /** The bound with its unit, for instance {@code 67108864 bytes}; empty when no bound is concerned. */
    public String limit() {
        return limit;
    }

    /** The entry or the byte concerned; empty when it is the whole. */
    public String place() {
        return place;
    }
}
