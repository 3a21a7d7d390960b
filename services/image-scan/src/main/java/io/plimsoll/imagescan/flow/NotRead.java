package io.plimsoll.imagescan.flow;

import io.plimsoll.registry.RegistryProblem;
import java.util.Locale;

/** Why an image was not read. One word each, so that they can be counted. */
public enum NotRead {
    /** Its turn has not come. */
    PENDING,
    /** No registry of that name is connected. */
    NO_CONNECTOR,
    /** What stands in the manifest names no image. */
    NO_REFERENCE,
    ADDRESS_REFUSED,
    UNREACHABLE,
    UNAUTHORIZED,
    /** Its registry wants a credential, and those the workload names were not given to the platform. */
    PULL_SECRET_MISSING,
    FORBIDDEN,
    NOT_FOUND,
    RATE_LIMITED,
    CREDENTIALS_REFUSED,
    REDIRECT_REFUSED,
    UNEXPECTED_ANSWER,
    /** What the registry gave is refused: over a bound, damaged, or not what its digest says. */
    MALFORMED,
    /** A fault of ours, with more in the log. */
    INTERNAL;

    /** The word used in answers; stable. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static NotRead of(RegistryProblem.Reason reason) {
        return switch (reason) {
            case ADDRESS_REFUSED -> ADDRESS_REFUSED;
            case UNREACHABLE -> UNREACHABLE;
            case UNAUTHORIZED -> UNAUTHORIZED;
            case FORBIDDEN -> FORBIDDEN;
            case NOT_FOUND -> NOT_FOUND;
            case RATE_LIMITED -> RATE_LIMITED;
            case CREDENTIALS_REFUSED -> CREDENTIALS_REFUSED;
            case REDIRECT_REFUSED -> REDIRECT_REFUSED;
            case UNEXPECTED_ANSWER -> UNEXPECTED_ANSWER;
        };
    }
}
