package io.plimsoll.scanning.trust;

import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.document.Node;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom a Sigstore root file ({@code trusted_root.json}, sigstore's TrustedRoot message) trusts: authorities that certify identities, and logs that
 * witness signatures. Each for a time.
 */
public record TrustedRoot(List<Authority> authorities, List<Log> logs) {

    private static final int BYTES_MAX = 1 << 20;
    private static final int ENTRIES_MAX = 100;

    /** From and to are inclusive; an authority that is still in use ends at {@link Instant#MAX}. */
    public record Span(Instant from, Instant to) {
        boolean holds(Instant when) {
            return !when.isBefore(from) && !when.isAfter(to);
        }
    }

    /** @param chain from the certificate that signs identities to the root */
    public record Authority(List<X509Certificate> chain, Span span) {
        public Authority {
            chain = List.copyOf(chain);
        }
    }

    /** @param id SHA-256 of the key, in hex */
    public record Log(String id, TrustedKey key, Span span) {}

    public TrustedRoot {
        authorities = List.copyOf(authorities);
        logs = List.copyOf(logs);
    }

    /**
     * Reads the file.
     *
     * @throws IOException saying what of it cannot be used
     */
    public static TrustedRoot read(String name, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(BYTES_MAX + 1);
        if (bytes.length > BYTES_MAX) {
            throw new IOException(name + ": larger than " + BYTES_MAX + " bytes");
        }
        try {
            Node root = Documents.json(new ByteArrayInputStream(bytes));
            if (!root.text("mediaType").startsWith("application/vnd.dev.sigstore.trustedroot")) {
                throw new MalformedDocument("no Sigstore root file");
            }
            List<Authority> authorities = new ArrayList<>();
            for (Node each : bounded(root.get("certificateAuthorities"))) {
                authorities.add(authority(each));
            }
            List<Log> logs = new ArrayList<>();
            for (Node each : bounded(root.get("tlogs"))) {
                logs.add(log(each));
            }
            if (authorities.isEmpty() || logs.isEmpty()) {
                throw new MalformedDocument("it trusts no authority, or no log");
            }
            return new TrustedRoot(authorities, logs);
        } catch (MalformedDocument e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        }
    }

    private static List<Node> bounded(Node list) throws MalformedDocument {
        if (list.items().size() > ENTRIES_MAX) {
            throw new MalformedDocument("more than " + ENTRIES_MAX + " entries in one list");
        }
        return list.items();
    }

    private static Authority authority(Node node) throws MalformedDocument {
        List<X509Certificate> chain = new ArrayList<>();
        for (Node each : bounded(node.get("certChain").get("certificates"))) {
            chain.add(certificate(Envelope.base64(each.text("rawBytes"))));
        }
        if (chain.isEmpty()) {
            throw new MalformedDocument("an authority without a certificate");
        }
        return new Authority(chain, span(node.get("validFor")));
    }

    static X509Certificate certificate(byte[] der) throws MalformedDocument {
        try {
            if (CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der))
                    instanceof X509Certificate read) {
                return read;
            }
        } catch (CertificateException e) {
            // Said below.
        }
        throw new MalformedDocument("no certificate where one is expected");
    }

    private static Log log(Node node) throws MalformedDocument {
        Node key = node.get("publicKey");
        byte[] encoded = Envelope.base64(key.text("rawBytes"));
        try {
            byte[] id = MessageDigest.getInstance("SHA-256").digest(encoded);
            return new Log(
                    java.util.HexFormat.of().formatHex(id),
                    new TrustedKey(node.text("baseUrl"), publicKey(encoded)),
                    span(key.get("validFor")));
        } catch (GeneralSecurityException e) {
            throw new MalformedDocument("a log whose key is of no kind we know");
        }
    }

    private static PublicKey publicKey(byte[] encoded) throws GeneralSecurityException {
        GeneralSecurityException last = new GeneralSecurityException("no algorithm");
        for (String algorithm : List.of("EC", "Ed25519", "RSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw last;
    }

    private static Span span(Node node) throws MalformedDocument {
        return new Span(time(node.text("start"), Instant.MIN), time(node.text("end"), Instant.MAX));
    }

    private static Instant time(String written, Instant otherwise) throws MalformedDocument {
        try {
            return written.isEmpty() ? otherwise : OffsetDateTime.parse(written).toInstant();
        } catch (DateTimeException e) {
            throw new MalformedDocument("not a time: " + written);
        }
    }
}
