package io.plimsoll.scanning.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.scanning.reference.Digest;
import io.plimsoll.scanning.trust.Endorsement.Kind;
import io.plimsoll.scanning.trust.Endorsement.Unverified;
import io.plimsoll.scanning.trust.Endorsement.Verified;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only what a given key signed over this image is verified; everything else says why it is not. */
class TrustTest {

    private static final Digest IMAGE = Digest.sha256("image".getBytes(StandardCharsets.UTF_8));
    private static final Digest OTHER = Digest.sha256("other".getBytes(StandardCharsets.UTF_8));

    private final KeyPair pair = pair("EC");

    private static KeyPair pair(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(256);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TrustedKey key(KeyPair pair) throws IOException {
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        return TrustedKey.read("team.pub", new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] sign(KeyPair pair, String algorithm, byte[] bytes) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(pair.getPrivate());
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] payload(Digest digest) {
        return ("{\"critical\":{\"identity\":{\"docker-reference\":\"r/a\"},\"image\":{\"docker-manifest-digest\":\""
                        + digest + "\"},\"type\":\"cosign container image signature\"},\"optional\":null}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Attachment signature(byte[] payload, byte[] signature) {
        return new Attachment(
                "tag x.sig",
                Trust.SIMPLE_SIGNING,
                Map.of("dev.cosignproject.cosign/signature", base64(signature)),
                payload);
    }

    private Endorsement judge(Attachment attachment, TrustedKey... keys) {
        List<Endorsement> judged = new Trust(List.of(keys), List.of(IMAGE)).judge(List.of(attachment));
        assertThat(judged).hasSize(1);
        return judged.getFirst();
    }

    @ParameterizedTest
    @CsvSource({"EC,SHA256withECDSA", "EC,SHA384withECDSA", "Ed25519,Ed25519", "RSA,SHA256withRSA"})
    void verifiesSignaturesOfTheKindsCosignMakes(String kind, String algorithm) throws IOException {
        KeyPair signer = pair(kind);
        Attachment signed = signature(payload(IMAGE), sign(signer, algorithm, payload(IMAGE)));
        assertThat(judge(signed, key(signer)).standing()).isEqualTo(new Verified("team.pub"));
        assertThat(judge(signed, key(pair("EC")), key(signer)).isVerified()).isTrue();
        assertThat(judge(signed, key(pair("EC"))).standing()).isEqualTo(new Unverified("not signed by a given key"));
        assertThat(judge(signed).standing()).isEqualTo(new Unverified("no key was given"));
    }

    @Test
    void takesNoSignatureOfAnotherImageOrOfOtherBytes() throws IOException {
        byte[] moved = payload(OTHER);
        assertThat(judge(signature(moved, sign(pair, "SHA256withECDSA", moved)), key(pair))
                        .standing())
                .isEqualTo(new Unverified("it is about another image"));
        byte[] changed = payload(IMAGE);
        changed[changed.length - 2] ^= 1;
        assertThat(judge(signature(payload(IMAGE), sign(pair, "SHA256withECDSA", changed)), key(pair))
                        .isVerified())
                .isFalse();
        assertThat(judge(signature(payload(IMAGE), new byte[0]), key(pair)).isVerified())
                .isFalse();
        assertThat(judge(signature("[".getBytes(StandardCharsets.UTF_8), new byte[64]), key(pair))
                        .standing())
                .isInstanceOfSatisfying(
                        Unverified.class, not -> assertThat(not.why()).contains("not JSON"));
    }

    private static byte[] statement(Digest digest, String type, String predicate) {
        return ("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"r/a\",\"digest\":{\"sha256\":\""
                        + digest.hex() + "\"}}],\"predicateType\":\"" + type + "\",\"predicate\":" + predicate + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private String envelope(byte[] statement, String type) {
        byte[] signature = sign(pair, "SHA256withECDSA", new Envelope(type, statement, List.of()).encoded());
        return "{\"payloadType\":\"" + type + "\",\"payload\":\"" + base64(statement) + "\",\"signatures\":[{\"sig\":\""
                + base64(signature) + "\"}]}";
    }

    private static Attachment attestation(String mediaType, String content) {
        return new Attachment("tag x.att", mediaType, Map.of(), content.getBytes(StandardCharsets.UTF_8));
    }

    private static final String SLSA_1 =
            "{\"buildDefinition\":{\"externalParameters\":{\"workflow\":{\"repository\":\"https://git.example.org/a\"}},"
                    + "\"resolvedDependencies\":[{\"uri\":\"git+https://git.example.org/a\",\"digest\":{\"gitCommit\":\"abc\"}}]},"
                    + "\"runDetails\":{\"builder\":{\"id\":\"https://ci.example.org\"}}}";

    @Test
    void readsProvenanceOutOfASignedEnvelopeAndABundle() throws IOException {
        byte[] statement = statement(IMAGE, "https://slsa.dev/provenance/v1", SLSA_1);
        String envelope = envelope(statement, "application/vnd.in-toto+json");
        Provenance expected = new Provenance("https://ci.example.org", "https://git.example.org/a", "abc");
        Endorsement dsse = judge(attestation("application/vnd.dsse.envelope.v1+json", envelope), key(pair));
        assertThat(dsse.standing()).isEqualTo(new Verified("team.pub"));
        assertThat(dsse.provenance()).contains(expected);
        Endorsement bundle = judge(
                attestation("application/vnd.dev.sigstore.bundle.v0.3+json", "{\"dsseEnvelope\":" + envelope + "}"),
                key(pair));
        assertThat(bundle.isVerified()).isTrue();
        assertThat(bundle.kind()).isEqualTo(Kind.ATTESTATION);
    }

    @Test
    void takesABundleThatSignsTheImageForASignature() throws IOException {
        byte[] statement = statement(IMAGE, "https://sigstore.dev/cosign/sign/v1", "{}");
        Endorsement signed = judge(
                attestation(
                        "application/vnd.dev.sigstore.bundle.v0.3+json",
                        "{\"dsseEnvelope\":" + envelope(statement, "application/vnd.in-toto+json") + "}"),
                key(pair));
        assertThat(signed.kind()).isEqualTo(Kind.SIGNATURE);
        assertThat(signed.isVerified()).isTrue();
    }

    @Test
    void showsProvenanceThatNobodySignedAsAClaim() {
        byte[] statement = statement(
                IMAGE,
                "https://slsa.dev/provenance/v0.2",
                "{\"builder\":{\"id\":\"b\"},\"invocation\":{\"configSource\":{\"uri\":\"git://x\",\"digest\":{\"sha1\":\"ff\"}}}}");
        Endorsement bare =
                judge(attestation("application/vnd.in-toto+json", new String(statement, StandardCharsets.UTF_8)));
        assertThat(bare.standing()).isEqualTo(new Unverified("not signed"));
        assertThat(bare.provenance()).isEqualTo(Optional.of(new Provenance("b", "git://x", "ff")));
    }

    @Test
    void believesNoEnvelopeOfAnotherTypeImageOrSigner() throws IOException {
        String dsse = "application/vnd.dsse.envelope.v1+json";
        byte[] statement = statement(IMAGE, "https://slsa.dev/provenance/v1", SLSA_1);
        // A signed document of another kind must not be taken for a statement.
        assertThat(judge(attestation(dsse, envelope(statement, "text/plain")), key(pair))
                        .isVerified())
                .isFalse();
        // The type is signed too: it cannot be exchanged afterwards.
        String exchanged = envelope(statement, "text/plain").replace("text/plain", "application/vnd.in-toto+json");
        assertThat(judge(attestation(dsse, exchanged), key(pair)).isVerified()).isFalse();
        Endorsement other = judge(
                attestation(
                        dsse,
                        envelope(
                                statement(OTHER, "https://slsa.dev/provenance/v1", SLSA_1),
                                "application/vnd.in-toto+json")),
                key(pair));
        assertThat(other.standing()).isEqualTo(new Unverified("it is about another image"));
        assertThat(other.provenance()).isEmpty();
        assertThat(judge(attestation(dsse, "{\"payload\":\"%%%\"}"), key(pair)).isVerified())
                .isFalse();
        assertThat(judge(attestation(dsse, "{}"), key(pair)).isVerified()).isFalse();
    }

    private static final String BILL =
            "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[{\"type\":\"library\",\"purl\":\"pkg:npm/%s@1\"}]}";

    @Test
    void takesTheBillThatAKeySignedBeforeAnyOther() throws IOException {
        Attachment loose = new Attachment(
                "tag x.sbom",
                "application/vnd.cyclonedx+json",
                Map.of(),
                BILL.formatted("loose").getBytes(StandardCharsets.UTF_8));
        Attachment signed = attestation(
                "application/vnd.dsse.envelope.v1+json",
                envelope(
                        statement(IMAGE, "https://cyclonedx.org/bom", BILL.formatted("signed")),
                        "application/vnd.in-toto+json"));
        Attachment other = attestation(
                "application/vnd.dsse.envelope.v1+json",
                envelope(
                        statement(OTHER, "https://cyclonedx.org/bom", BILL.formatted("other")),
                        "application/vnd.in-toto+json"));
        Attachment broken = new Attachment("tag y.sbom", "text/spdx+json", Map.of(), new byte[] {'{'});
        List<Attachment> all = List.of(broken, other, loose, signed);
        List<String> problems = new java.util.ArrayList<>();

        AttachedBill verified = new Trust(List.of(key(pair)), List.of(IMAGE))
                .bill(all, problems)
                .orElseThrow();
        assertThat(verified.bill().packages().getFirst().name()).isEqualTo("signed");
        assertThat(verified.how()).isEqualTo("attached (tag x.att), signed by team.pub");
        assertThat(problems).hasSize(1).first().asString().startsWith("tag y.sbom: ");
        AttachedBill first =
                new Trust(List.of(), List.of(IMAGE)).bill(all, problems).orElseThrow();
        assertThat(first.bill().packages().getFirst().name()).isEqualTo("loose");
        assertThat(first.how()).contains("unverified: not signed");
        // With a key nothing is taken that it did not sign.
        assertThat(new Trust(List.of(key(pair("EC"))), List.of(IMAGE)).bill(all, problems))
                .isEmpty();
    }

    @Test
    void refusesWhatIsNoKeyOrAWeakOne() throws GeneralSecurityException {
        assertThatThrownBy(() -> TrustedKey.read("k", new ByteArrayInputStream(new byte[10])))
                .hasMessage("k: no PUBLIC KEY in PEM");
        KeyPairGenerator weak = KeyPairGenerator.getInstance("RSA");
        weak.initialize(1024);
        assertThatThrownBy(() -> key(weak.generateKeyPair())).hasMessageContaining("fewer than 2048 bits");
    }
}
