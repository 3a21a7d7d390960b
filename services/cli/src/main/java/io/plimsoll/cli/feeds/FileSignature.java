package io.plimsoll.cli.feeds;

import io.plimsoll.cli.UsageProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A detached signature of a file: Ed25519 over its bytes, in base64 or raw, with the public key in PEM. */
final class FileSignature {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");
    private static final int SIGNATURE_BYTES = 64;

    private FileSignature() {}

    /** @throws UsageProblem when the signature is not the key's over this file */
    static void require(Path file, Path signature, Path key) throws IOException {
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(publicKey(key));
            byte[] buffer = new byte[1 << 16];
            try (var in = Files.newInputStream(file)) {
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    check.update(buffer, 0, count);
                }
            }
            if (!check.verify(bytes(signature))) {
                throw new UsageProblem(
                        file + ": the signature is not by this key over this file; nothing was imported");
            }
        } catch (GeneralSecurityException e) {
            throw new UsageProblem(signature + ": cannot be checked: " + e.getMessage());
        }
    }

    private static PublicKey publicKey(Path file) throws IOException, GeneralSecurityException {
        Matcher pem = PEM.matcher(Files.readString(file));
        if (!pem.find()) {
            throw new UsageProblem(file + ": no public key in PEM");
        }
        byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    private static byte[] bytes(Path signature) throws IOException {
        byte[] content = Files.readAllBytes(signature);
        if (content.length == SIGNATURE_BYTES) {
            return content;
        }
        try {
            return Base64.getMimeDecoder().decode(new String(content, StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new UsageProblem(signature + ": neither a raw nor a base64 signature");
        }
    }
}
