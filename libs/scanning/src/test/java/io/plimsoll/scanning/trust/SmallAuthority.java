package io.plimsoll.scanning.trust;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** An authority that certifies identities and a log that witnesses signatures, with the root file that trusts both. Certificates in DER (X.690). */
final class SmallAuthority {

    static final Instant NOON = Instant.parse("2026-06-30T12:00:00Z");
    static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    static final String ISSUER = "https://issuer.example.com";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    final KeyPair rootPair = pair();
    final KeyPair logPair = pair();
    final byte[] root = certificate(
            name("small root"),
            name("small root"),
            NOON.minusSeconds(86_400),
            NOON.plusSeconds(86_400),
            rootPair,
            rootPair,
            List.of(
                    extension("2.5.29.19", true, der(0x30, der(0x01, new byte[] {(byte) 0xff}))),
                    extension("2.5.29.15", true, der(0x03, new byte[] {1, 0x06}))));

    static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] sign(KeyPair pair, byte[] bytes) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Good for ten minutes from noon on, with the name as URI. */
    byte[] certify(KeyPair signer, String identity, String issuer, String use) {
        return certificate(
                der(0x30),
                name("small root"),
                NOON,
                NOON.plusSeconds(600),
                signer,
                rootPair,
                List.of(
                        extension("2.5.29.37", false, der(0x30, oid(use))),
                        extension("2.5.29.17", true, der(0x30, der(0x86, bytes(identity)))),
                        extension("1.3.6.1.4.1.57264.1.8", false, der(0x0c, bytes(issuer)))));
    }

    String trustedRoot() {
        return """
                {"mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
                 "tlogs": [{"baseUrl": "https://log.example.com", "publicKey": {"rawBytes": "%s",
                   "validFor": {"start": "2026-01-01T00:00:00Z"}}}],
                 "certificateAuthorities": [{"uri": "https://ca.example.com",
                   "certChain": {"certificates": [{"rawBytes": "%s"}]},
                   "validFor": {"start": "2026-01-01T00:00:00Z", "end": "2026-12-31T00:00:00Z"}}]}
                """.formatted(base64(logPair.getPublic().getEncoded()), base64(root));
    }

    String logId() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(logPair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The log's promise over an entry. */
    byte[] promise(String body, long time, long index) {
        return sign(
                logPair,
                bytes("{\"body\":\"" + body + "\",\"integratedTime\":" + time + ",\"logID\":\"" + logId()
                        + "\",\"logIndex\":" + index + "}"));
    }

    static String pem(byte[] certificate) {
        return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate)
                + "\n-----END CERTIFICATE-----\n";
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] certificate(
            byte[] subject, byte[] issuer, Instant from, Instant to, KeyPair of, KeyPair by, List<byte[]> extensions) {
        byte[] algorithm = der(0x30, oid("1.2.840.10045.4.3.2"));
        byte[] signed = der(
                0x30,
                der(0xa0, der(0x02, new byte[] {2})),
                der(0x02, new byte[] {7}),
                algorithm,
                issuer,
                der(0x30, der(0x18, bytes(TIME.format(from))), der(0x18, bytes(TIME.format(to)))),
                subject,
                of.getPublic().getEncoded(),
                der(0xa3, der(0x30, extensions.toArray(byte[][]::new))));
        byte[] signature = sign(by, signed);
        return der(0x30, signed, algorithm, der(0x03, new byte[] {0}, signature));
    }

    private static byte[] name(String commonName) {
        return der(0x30, der(0x31, der(0x30, oid("2.5.4.3"), der(0x0c, bytes(commonName)))));
    }

    private static byte[] extension(String id, boolean critical, byte[] value) {
        return critical
                ? der(0x30, oid(id), der(0x01, new byte[] {(byte) 0xff}), der(0x04, value))
                : der(0x30, oid(id), der(0x04, value));
    }

    private static byte[] oid(String dotted) {
        int[] parts = Arrays.stream(dotted.split("\\.", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(parts[0] * 40 + parts[1]);
        for (int n = 2; n < parts.length; n++) {
            int part = parts[n];
            for (int shift = 28; shift > 0; shift -= 7) {
                if (part >> shift != 0) {
                    out.write(0x80 | (part >> shift) & 0x7f);
                }
            }
            out.write(part & 0x7f);
        }
        return der(0x06, out.toByteArray());
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length < 0x80) {
            out.write(length);
        } else {
            byte[] written = BigInteger.valueOf(length).toByteArray();
            int skip = written[0] == 0 ? 1 : 0;
            out.write(0x80 | written.length - skip);
            out.write(written, skip, written.length - skip);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
