package io.plimsoll.gateway.upstream;

import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** How long a stream may go on in a caller's name: not longer than their token. */
public final class TokenLife {

    /** A token may be taken a little after its end, because clocks differ. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private TokenLife() {}

    public static Duration left(JsonWebToken token, Instant now) {
        Duration left = Duration.between(now, Instant.ofEpochSecond(token.getExpirationTime()));
        return left.compareTo(LEAST) < 0 ? LEAST : left;
    }
}
