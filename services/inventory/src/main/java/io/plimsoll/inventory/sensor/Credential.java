package io.plimsoll.inventory.sensor;

import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a sensor shows that it is its cluster's. Kept as a hash.
 *
 * @param secret SHA-256 of what the sensor shows
 * @param expires null: never
 * @param revoked null: not
 * @param used when a stream was last opened with it; null: never
 */
public record Credential(
        String id,
        String cluster,
        byte[] secret,
        Instant created,
        String createdBy,
        @Nullable Instant expires,
        @Nullable Instant revoked,
        @Nullable Instant used) {

    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;
    private static final int SHOWN_CHARS_MAX = 200;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** One that was just made, and the only time its secret is to be had. */
    public record Issued(Credential credential, String shown) {}

    static Issued issue(String cluster, String by, @Nullable Instant expires, Instant now) {
        byte[] id = new byte[ID_BYTES];
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(id);
        RANDOM.nextBytes(secret);
        String name = HexFormat.of().formatHex(id);
        String shown = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        return new Issued(new Credential(name, cluster, hash(shown), now, by, expires, null, null), name + "." + shown);
    }

    /** As a sensor shows it. */
    record Shown(String id, byte[] secret) {

        /** @throws ProblemException of {@link Problem#UNAUTHENTICATED} when it is none */
        static Shown of(String text) {
            int dot = text.indexOf('.');
            if (dot < 1 || text.length() > SHOWN_CHARS_MAX) {
                throw new ProblemException(Problem.UNAUTHENTICATED, "a sensor's credential is needed");
            }
            return new Shown(text.substring(0, dot), hash(text.substring(dot + 1)));
        }
    }

    private static byte[] hash(String secret) {
        return Canonical.sha256(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws ProblemException of {@link Problem#UNAUTHENTICATED} when it is another one */
    void requireShown(Shown shown) {
        if (!MessageDigest.isEqual(secret, shown.secret())) {
            throw new ProblemException(Problem.UNAUTHENTICATED, "this credential is not known");
        }
    }

    /** @throws ProblemException of {@link Problem#UNAUTHENTICATED} when it has ended */
    void requireValid(Instant now) {
        if (revoked != null) {
            throw new ProblemException(
                    Problem.UNAUTHENTICATED,
                    "credential " + id + " of cluster " + cluster + " was revoked at " + revoked);
        }
        if (expires != null && !now.isBefore(expires)) {
            throw new ProblemException(
                    Problem.UNAUTHENTICATED, "credential " + id + " of cluster " + cluster + " expired at " + expires);
        }
    }
}
