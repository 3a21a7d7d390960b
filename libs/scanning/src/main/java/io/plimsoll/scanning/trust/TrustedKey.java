package io.plimsoll.scanning.trust;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A public key that an operator trusts: ECDSA over a NIST curve, Ed25519, or RSA of 2048 bits and more, as cosign makes and
 * takes them.
 *
 * @param name what to call it in answers, usually its file
 */
public record TrustedKey(String name, PublicKey key) {

    private static final int BYTES_MAX = 64 << 10;
    private static final int RSA_BITS_MIN = 2_048;
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

    /**
     * Reads a PEM file with a SubjectPublicKeyInfo (RFC 5280 section 4.1).
     *
     * @throws IOException saying what is wrong with it
     */
    public static TrustedKey read(String name, InputStream in) throws IOException {
        Matcher pem = PEM.matcher(new String(in.readNBytes(BYTES_MAX), StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw new IOException(name + ": no PUBLIC KEY in PEM");
        }
        byte[] encoded;
        try {
            encoded = Base64.getMimeDecoder().decode(pem.group(1));
        } catch (IllegalArgumentException e) {
            throw new IOException(name + ": its base64 is malformed", e);
        }
        for (String algorithm : List.of("EC", "Ed25519", "RSA")) {
            try {
                PublicKey key = KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
                if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < RSA_BITS_MIN) {
                    throw new IOException(name + ": an RSA key of fewer than " + RSA_BITS_MIN + " bits");
                }
                return new TrustedKey(name, key);
            } catch (GeneralSecurityException e) {
                // Not of this kind.
            }
        }
        throw new IOException(name + ": neither an EC, an Ed25519 nor an RSA key");
    }

    /** Whether the signature is this key's over these bytes; a malformed one is not. */
    boolean signed(byte[] bytes, byte[] signature) {
        for (String algorithm : algorithms()) {
            try {
                Signature check = Signature.getInstance(algorithm);
                check.initVerify(key);
                check.update(bytes);
                if (check.verify(signature)) {
                    return true;
                }
            } catch (SignatureException | InvalidKeyException e) {
                // Malformed, or of another algorithm: not this key's.
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the platform lacks " + algorithm, e);
            }
        }
        return false;
    }

    private List<String> algorithms() {
        return switch (key) {
            // Signers choose the hash by the curve or always SHA-256, and do not say which.
            case ECPublicKey ec -> List.of("SHA256withECDSA", "SHA384withECDSA", "SHA512withECDSA");
            case RSAPublicKey rsa -> List.of("SHA256withRSA");
            default -> List.of("Ed25519");
        };
    }
}
