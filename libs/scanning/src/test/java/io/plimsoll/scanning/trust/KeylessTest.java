package io.plimsoll.scanning.trust;

import static io.plimsoll.scanning.trust.SmallAuthority.CODE_SIGNING;
import static io.plimsoll.scanning.trust.SmallAuthority.ISSUER;
import static io.plimsoll.scanning.trust.SmallAuthority.NOON;
import static io.plimsoll.scanning.trust.SmallAuthority.base64;
import static io.plimsoll.scanning.trust.SmallAuthority.bytes;
import static io.plimsoll.scanning.trust.SmallAuthority.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.scanning.reference.Digest;
import io.plimsoll.scanning.trust.Endorsement.Unverified;
import io.plimsoll.scanning.trust.Endorsement.Verified;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.KeyPair;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures by a certificate that a log witnessed: what is checked, and what each thing that is wrong is called. */
class KeylessTest {

    private static final Digest IMAGE = Digest.sha256(bytes("image"));
    private static final String CI = "https://git.example.com/shop/.github/workflows/release.yml@refs/heads/main";
    private static final byte[] PAYLOAD =
            bytes("{\"critical\":{\"image\":{\"docker-manifest-digest\":\"" + IMAGE + "\"}}}");

    private final SmallAuthority authority = new SmallAuthority();
    private final KeyPair signer = SmallAuthority.pair();

    /** One signature with everything that comes with it; a test spoils a part. */
    private final class Signing {
        byte[] certificate = authority.certify(signer, CI, ISSUER, CODE_SIGNING);
        byte[] signature = SmallAuthority.sign(signer, PAYLOAD);
        byte[] logged = PAYLOAD;
        long time = NOON.getEpochSecond() + 60;

        String body() {
            return base64(bytes(
                    "{\"apiVersion\":\"0.0.1\",\"kind\":\"hashedrekord\",\"spec\":{\"data\":{\"hash\":{\"algorithm\":"
                            + "\"sha256\",\"value\":\"" + Digest.sha256(logged).hex()
                            + "\"}},\"signature\":{\"content\":\""
                            + base64(signature) + "\",\"publicKey\":{\"content\":\"" + base64(bytes(pem(certificate)))
                            + "\"}}}}"));
        }

        Attachment attachment() {
            String bundle = "{\"SignedEntryTimestamp\":\"" + base64(authority.promise(body(), time, 5))
                    + "\",\"Payload\":{\"body\":\"" + body() + "\",\"integratedTime\":" + time
                    + ",\"logIndex\":5,\"logID\":\"" + authority.logId() + "\"}}";
            return new Attachment(
                    "tag x.sig",
                    Trust.SIMPLE_SIGNING,
                    Map.of(
                            "dev.cosignproject.cosign/signature", base64(signature),
                            "dev.sigstore.cosign/certificate", pem(certificate),
                            "dev.sigstore.cosign/bundle", bundle),
                    PAYLOAD);
        }
    }

    private Keyless trusting(String name, String issuer) {
        try {
            return new Keyless(
                    TrustedRoot.read("root.json", new ByteArrayInputStream(bytes(authority.trustedRoot()))),
                    List.of(new Keyless.Identity(name, issuer)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String standing(Keyless keyless, Attachment attachment) {
        Endorsement one = new Trust(List.of(), Optional.of(keyless), List.of(IMAGE))
                .judge(List.of(attachment))
                .getFirst();
        return switch (one.standing()) {
            case Verified(String key) -> "by " + key;
            case Unverified(String why) -> why;
        };
    }

    private String standing(Signing signing) {
        return standing(trusting(CI, ISSUER), signing.attachment());
    }

    @Test
    void aWitnessedSignatureOfATrustedIdentityCounts() {
        assertThat(standing(new Signing())).isEqualTo("by " + CI + " (" + ISSUER + ")");
    }

    @ParameterizedTest
    @CsvSource({
        "https://git.example.com/shop/*, true",
        "https://git.example.com/*/release.yml@refs/heads/main, true",
        "*, true",
        "https://git.example.com/other/*, false",
        "https://git.example.com/shop, false",
        "*release.yml, false",
    })
    void aStarStandsForAnything(String pattern, boolean trusted) {
        assertThat(standing(trusting(pattern, ISSUER), new Signing().attachment())
                        .startsWith("by "))
                .isEqualTo(trusted);
    }

    @Test
    void aNameVouchedForByAnotherIssuerIsNotTrusted() {
        assertThat(standing(trusting(CI, "https://other.example.com"), new Signing().attachment()))
                .contains("which is not trusted");
    }

    @Test
    void anotherAuthorityOrLogIsNotTrusted() {
        SmallAuthority other = new SmallAuthority();
        Signing signing = new Signing();
        signing.certificate = other.certify(signer, CI, ISSUER, CODE_SIGNING);
        assertThat(standing(signing)).startsWith("no trusted authority certified");
        Attachment foreign = new Signing().attachment();
        Keyless elsewhere;
        try {
            elsewhere = new Keyless(
                    TrustedRoot.read("root.json", new ByteArrayInputStream(bytes(other.trustedRoot()))),
                    List.of(new Keyless.Identity(CI, ISSUER)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(standing(elsewhere, foreign)).startsWith("no trusted log promised");
    }

    @Test
    void aCertificateCountsOnlyWhileItIsGood() {
        Signing late = new Signing();
        late.time = NOON.getEpochSecond() + 601;
        assertThat(standing(late)).startsWith("no trusted authority certified");
        Signing early = new Signing();
        early.time = NOON.getEpochSecond() - 1;
        assertThat(standing(early)).startsWith("no trusted authority certified");
    }

    @Test
    void aCertificateForAnotherUseDoesNotSignCode() {
        Signing signing = new Signing();
        signing.certificate = authority.certify(signer, CI, ISSUER, "1.3.6.1.5.5.7.3.1");
        assertThat(standing(signing)).startsWith("no trusted authority certified");
    }

    @Test
    void aSignatureOfAnotherKeyIsNotTheCertificates() {
        Signing signing = new Signing();
        signing.signature = SmallAuthority.sign(SmallAuthority.pair(), PAYLOAD);
        assertThat(standing(signing)).isEqualTo("its certificate's key did not sign it");
    }

    @Test
    void anEntryOfAnotherSignatureProvesNothing() {
        Signing signing = new Signing();
        signing.logged = bytes("something else");
        assertThat(standing(signing)).isEqualTo("its log entry is of another signature");
    }

    @Test
    void aCertificateWithoutAnEntryProvesNothing() {
        Signing signing = new Signing();
        Attachment bare = new Attachment(
                "tag x.sig",
                Trust.SIMPLE_SIGNING,
                Map.of(
                        "dev.cosignproject.cosign/signature", base64(signing.signature),
                        "dev.sigstore.cosign/certificate", pem(signing.certificate)),
                PAYLOAD);
        assertThat(standing(trusting(CI, ISSUER), bare)).isEqualTo("no log entry came with its certificate");
    }

    @Test
    void aBundleWithAnEnvelopeCounts() {
        String statement = "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"digest\":{\"sha256\":\""
                + IMAGE.hex() + "\"}}],\"predicateType\":\"https://sigstore.dev/cosign/sign/v1\",\"predicate\":{}}";
        byte[] payload = bytes(statement);
        String type = "application/vnd.in-toto+json";
        byte[] signature = SmallAuthority.sign(
                signer, bytes("DSSEv1 " + type.length() + " " + type + " " + payload.length + " " + statement));
        byte[] certificate = authority.certify(signer, CI, ISSUER, CODE_SIGNING);
        String body = base64(
                bytes("{\"apiVersion\":\"0.0.1\",\"kind\":\"dsse\",\"spec\":{\"payloadHash\":{\"algorithm\":\"sha256\","
                        + "\"value\":\"" + Digest.sha256(payload).hex() + "\"},\"signatures\":[{\"signature\":\""
                        + base64(signature) + "\",\"verifier\":\"" + base64(bytes(pem(certificate))) + "\"}]}}"));
        long time = NOON.getEpochSecond() + 1;
        String bundle = "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"verificationMaterial\":{"
                + "\"certificate\":{\"rawBytes\":\"" + base64(certificate)
                + "\"},\"tlogEntries\":[{\"logIndex\":\"5\",\"logId\":{"
                + "\"keyId\":\"" + base64(HexFormat.of().parseHex(authority.logId())) + "\"},\"integratedTime\":\""
                + time
                + "\",\"inclusionPromise\":{\"signedEntryTimestamp\":\"" + base64(authority.promise(body, time, 5))
                + "\"},\"canonicalizedBody\":\"" + body + "\"}]},\"dsseEnvelope\":{\"payload\":\"" + base64(payload)
                + "\",\"payloadType\":\"" + type + "\",\"signatures\":[{\"sig\":\"" + base64(signature) + "\"}]}}";
        Attachment attachment =
                new Attachment("referrer", "application/vnd.dev.sigstore.bundle.v0.3+json", Map.of(), bytes(bundle));
        assertThat(standing(trusting(CI, ISSUER), attachment)).isEqualTo("by " + CI + " (" + ISSUER + ")");
    }

    @Test
    void aRootFileThatCannotBeUsedIsRefusedByName() {
        for (String text : List.of(
                "{}",
                "[",
                "{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\"}",
                authority.trustedRoot().replace("\"rawBytes\": \"M", "\"rawBytes\": \"!"),
                authority.trustedRoot().replace("2026-12-31T00:00:00Z", "never"))) {
            assertThatThrownBy(() -> TrustedRoot.read("root.json", new ByteArrayInputStream(bytes(text))))
                    .as(text)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("root.json: ");
        }
    }
}
