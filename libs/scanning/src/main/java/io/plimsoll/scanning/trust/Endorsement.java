package io.plimsoll.scanning.trust;

import java.util.Optional;

/**
 * One thing said of an image by somebody.
 *
 * @param from where it was found
 * @param predicateType what an attestation says: provenance, a bill of materials; empty for a signature
 * @param provenance when it is one, even unverified: then only as a claim
 */
public record Endorsement(
        Kind kind, String from, String predicateType, Standing standing, Optional<Provenance> provenance) {

    /** The two kinds. */
    public enum Kind {
        /** "This image", signed. */
        SIGNATURE,
        /** A statement about this image (in-toto). */
        ATTESTATION
    }

    /** Whether it can be relied on. */
    public sealed interface Standing {}

    /** Signed by a given key, over this image's digest. */
    public record Verified(String key) implements Standing {}

    /** Not, and why. */
    public record Unverified(String why) implements Standing {}

    public boolean isVerified() {
        return standing instanceof Verified;
    }
}
