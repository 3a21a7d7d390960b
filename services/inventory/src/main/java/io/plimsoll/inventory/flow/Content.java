package io.plimsoll.inventory.flow;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A record without its version.
 *
 * @param hash SHA-256 of the bytes
 */
public record Content(byte[] bytes, byte[] hash) {

    public Content(byte[] bytes) {
        this(bytes, sha256().digest(bytes));
    }

    /** A fresh digest. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
