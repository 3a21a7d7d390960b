package io.plimsoll.scanning.trust;

import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.document.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Signatures without a key that is kept: a certificate that names an identity for some minutes, and a log that witnessed the signature within them
 * (sigstore's "Client Specification"). Checked offline against a given root: the certificate's chain at the time the log gives, the log's promise over the
 * entry, that the entry is of this signature and certificate, and that the identity is one that is trusted. Timestamps embedded by certificate logs are not
 * checked. Immutable.
 *
 * @param identities at least one; any will do
 */
public record Keyless(TrustedRoot root, List<Identity> identities) {

    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    /** Fulcio's extensions for the issuer of the identity: as UTF8String, and before that as bare text. */
    private static final String ISSUER = "1.3.6.1.4.1.57264.1.8";

    private static final String ISSUER_BARE = "1.3.6.1.4.1.57264.1.1";
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final int EMAIL = 1;
    private static final int URI = 6;

    /**
     * Who may sign.
     *
     * @param name an address or URI as the certificate has it; {@code *} stands for any characters
     * @param issuer who vouched for the name, exactly; never empty: a name is nothing without who says so
     */
    public record Identity(String name, String issuer) {
        public Identity {
            if (name.isBlank() || issuer.isBlank()) {
                throw new IllegalArgumentException("an identity has a name and an issuer");
            }
        }

        boolean is(String seen, String by) {
            return issuer.equals(by) && matches(name, seen);
        }

        /** Without regular expressions: what stands between stars is looked for from left to right. */
        private static boolean matches(String pattern, String text) {
            String[] parts = pattern.split("\\*", -1);
            if (parts.length == 1) {
                return pattern.equals(text);
            }
            if (!text.startsWith(parts[0]) || !text.endsWith(parts[parts.length - 1])) {
                return false;
            }
            int at = parts[0].length();
            int end = text.length() - parts[parts.length - 1].length();
            for (String part : Arrays.asList(parts).subList(1, parts.length - 1)) {
                int found = text.indexOf(part, at);
                if (found < 0 || found + part.length() > end) {
                    return false;
                }
                at = found + part.length();
            }
            return at <= end;
        }
    }

    public Keyless {
        identities = List.copyOf(identities);
        if (identities.isEmpty()) {
            throw new IllegalArgumentException("whom to trust is not said: give an identity and its issuer");
        }
    }

    /** What came with a signature. */
    record Material(X509Certificate certificate, LogEntry entry) {}

    /**
     * Something signed.
     *
     * @param bytes what the signatures are over
     * @param content what the log has the digest of, where it is not the same: an envelope's payload
     */
    record Signed(byte[] bytes, byte[] content, List<byte[]> signatures) {}

    /** Who signed it. Empty text is never given: it is refused with a reason. */
    String signer(Signed signed, Material material) throws IOException {
        Instant when = Instant.ofEpochSecond(material.entry().time());
        witnessed(material.entry(), when);
        X509Certificate certificate = material.certificate();
        certified(certificate, when);
        TrustedKey key = new TrustedKey("certificate", certificate.getPublicKey());
        byte[] signature = signed.signatures().stream()
                .filter(each -> key.signed(signed.bytes(), each))
                .findFirst()
                .orElseThrow(() -> new MalformedDocument("its certificate's key did not sign it"));
        logged(material, signed, signature);
        String issuer = issuer(certificate);
        List<String> names = names(certificate);
        return names.stream()
                .filter(name -> identities.stream().anyMatch(identity -> identity.is(name, issuer)))
                .findFirst()
                .map(name -> name + " (" + issuer + ")")
                .orElseThrow(() -> new MalformedDocument(
                        "signed by " + String.join(", ", names) + " (" + issuer + "), which is not trusted"));
    }

    private void witnessed(LogEntry entry, Instant when) throws MalformedDocument {
        boolean promised = root.logs().stream()
                .anyMatch(log -> log.id().equals(entry.log())
                        && log.span().holds(when)
                        && log.key().signed(entry.promised(), entry.promise()));
        if (!promised) {
            throw new MalformedDocument("no trusted log promised to have taken it in");
        }
    }

    private void certified(X509Certificate certificate, Instant when) throws MalformedDocument {
        for (TrustedRoot.Authority authority : root.authorities()) {
            if (authority.span().holds(when) && isIssued(certificate, authority.chain(), when)) {
                return;
            }
        }
        throw new MalformedDocument("no trusted authority certified its signer at " + when);
    }

    private static boolean isIssued(X509Certificate certificate, List<X509Certificate> chain, Instant when) {
        try {
            List<String> uses = certificate.getExtendedKeyUsage();
            if (uses == null || !uses.contains(CODE_SIGNING)) {
                return false;
            }
            List<X509Certificate> path = new ArrayList<>(List.of(certificate));
            path.addAll(chain.subList(0, chain.size() - 1));
            PKIXParameters rules = new PKIXParameters(Set.of(new TrustAnchor(chain.getLast(), null)));
            rules.setRevocationEnabled(false);
            rules.setDate(Date.from(when));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), rules);
            return true;
        } catch (InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("one anchor is given", e);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The entry must be of this signature by this certificate: a promise over another one proves nothing. */
    private static void logged(Material material, Signed signed, byte[] signature) throws IOException {
        Node entry = material.entry().content();
        Node spec = entry.get("spec");
        boolean same =
                switch (entry.text("kind")) {
                    case "hashedrekord" ->
                        isHash(spec.get("data").get("hash"), signed.bytes())
                                && isSame(spec.get("signature").text("content"), signature)
                                && isCertificate(
                                        spec.get("signature").get("publicKey").text("content"), material.certificate());
                    case "dsse" ->
                        isHash(spec.get("payloadHash"), signed.content())
                                && any(
                                        spec.get("signatures").items(),
                                        each -> isSame(each.text("signature"), signature)
                                                && isCertificate(each.text("verifier"), material.certificate()));
                    case "intoto" ->
                        isHash(spec.get("content").get("payloadHash"), signed.content())
                                && any(
                                        spec.get("content")
                                                .get("envelope")
                                                .get("signatures")
                                                .items(),
                                        each -> isCertificate(each.text("publicKey"), material.certificate()));
                    default -> throw new MalformedDocument("its log entry is of a kind that is not read");
                };
        if (!same) {
            throw new MalformedDocument("its log entry is of another signature");
        }
    }

    private interface Check {
        boolean holds(Node each) throws MalformedDocument;
    }

    private static boolean any(List<Node> nodes, Check check) throws MalformedDocument {
        for (Node each : nodes) {
            if (check.holds(each)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHash(Node hash, byte[] content) {
        return hash.text("algorithm").equals("sha256")
                && hash.text("value")
                        .equals(io.plimsoll.scanning.reference.Digest.sha256(content)
                                .hex());
    }

    private static boolean isSame(String base64, byte[] bytes) throws MalformedDocument {
        return Arrays.equals(Envelope.base64(base64), bytes);
    }

    private static boolean isCertificate(String base64OfPem, X509Certificate certificate) throws MalformedDocument {
        String pem = new String(Envelope.base64(base64OfPem), StandardCharsets.US_ASCII);
        return pem(pem).filter(certificate::equals).isPresent();
    }

    /** The first certificate of a text in PEM. */
    static Optional<X509Certificate> pem(String text) throws MalformedDocument {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf("-----END CERTIFICATE-----", begin + 1);
        if (begin < 0 || end < 0) {
            return Optional.empty();
        }
        String base64 = text.substring(begin + BEGIN.length(), end).replaceAll("\\s", "");
        return Optional.of(TrustedRoot.certificate(Envelope.base64(base64)));
    }

    private static List<String> names(X509Certificate certificate) throws MalformedDocument {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            List<String> names = new ArrayList<>();
            for (List<?> each : all == null ? List.<List<?>>of() : all) {
                boolean named = each.get(0) instanceof Integer kind && (kind == EMAIL || kind == URI);
                if (named && each.get(1) instanceof String name) {
                    names.add(name);
                }
            }
            return names;
        } catch (CertificateParsingException e) {
            throw new MalformedDocument("its certificate's names cannot be read");
        }
    }

    private static String issuer(X509Certificate certificate) throws MalformedDocument {
        byte[] wrapped = certificate.getExtensionValue(ISSUER);
        if (wrapped != null) {
            return new String(content(content(wrapped, 0x04), 0x0c), StandardCharsets.UTF_8);
        }
        byte[] bare = certificate.getExtensionValue(ISSUER_BARE);
        return bare == null ? "" : new String(content(bare, 0x04), StandardCharsets.UTF_8);
    }

    /** What a DER value of this tag holds; its length is one byte, or said in one or two more. */
    private static byte[] content(byte[] der, int tag) throws MalformedDocument {
        if (der.length < 2 || (der[0] & 0xff) != tag) {
            throw new MalformedDocument("an extension of its certificate cannot be read");
        }
        int first = der[1] & 0xff;
        int more = first < 0x80 ? 0 : first - 0x80;
        if (more > 2 || der.length < 2 + more) {
            throw new MalformedDocument("an extension of its certificate is too long");
        }
        int length = first < 0x80 ? first : Integer.parseInt(HexFormat.of().formatHex(der, 2, 2 + more), 16);
        if (der.length != 2 + more + length) {
            throw new MalformedDocument("an extension of its certificate cannot be read");
        }
        return Arrays.copyOfRange(der, 2 + more, der.length);
    }
}
