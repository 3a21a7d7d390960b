package io.plimsoll.scanning.reference;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A content digest that can be checked: OCI image specification, "Digests". Only the registered algorithms are
 * accepted, since one that cannot be computed cannot be verified.
 *
 * @param algorithm {@code sha256} or {@code sha512}
 * @param hex lower case, 64 or 128 digits
 */
public record Digest(String algorithm, String hex) implements Comparable<Digest> {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]+");

    public Digest {
        int digits =
                switch (algorithm) {
                    case "sha256" -> 64;
                    case "sha512" -> 128;
                    default -> throw new IllegalArgumentException("not a digest algorithm we can verify: " + algorithm);
                };
        if (hex.length() != digits || !HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a " + algorithm + " digest: " + shown(hex));
        }
    }

    /**
     * Reads {@code sha256:…}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Digest of(String written) {
        int colon = written.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not a digest: " + shown(written));
        }
        return new Digest(written.substring(0, colon), written.substring(colon + 1));
    }

    /** As {@link #of(String)}, empty where it is none. */
    public static Optional<Digest> find(String written) {
        try {
            return Optional.of(of(written.strip().toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The sha256 digest of these bytes. */
    public static Digest sha256(byte[] content) {
        return finish("sha256", messageDigest("sha256").digest(content));
    }

    /** A fresh computation of this digest's algorithm; not thread safe. */
    public MessageDigest computation() {
        return messageDigest(algorithm);
    }

    /** Whether a finished computation gave this digest; consumes it. */
    public boolean isResultOf(MessageDigest computed) {
        return HexFormat.of().formatHex(computed.digest()).equals(hex);
    }

    private static Digest finish(String algorithm, byte[] value) {
        return new Digest(algorithm, HexFormat.of().formatHex(value));
    }

    private static MessageDigest messageDigest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.equals("sha512") ? "SHA-512" : "SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256 and SHA-512", e);
        }
    }

    private static String shown(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    @Override
    public int compareTo(Digest other) {
        int byAlgorithm = algorithm.compareTo(other.algorithm);
        return byAlgorithm != 0 ? byAlgorithm : hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }
}
