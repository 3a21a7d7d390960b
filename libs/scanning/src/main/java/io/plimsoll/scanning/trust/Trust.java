package io.plimsoll.scanning.trust;

import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.reference.Digest;
import io.plimsoll.scanning.sbom.BillReader;
import io.plimsoll.scanning.trust.Endorsement.Kind;
import io.plimsoll.scanning.trust.Endorsement.Standing;
import io.plimsoll.scanning.trust.Endorsement.Unverified;
import io.plimsoll.scanning.trust.Endorsement.Verified;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The front door: what is attached to an image, judged. Understood are cosign's simple signing payloads, DSSE envelopes with
 * in-toto statements, sigstore bundles that hold such an envelope, and bare in-toto statements. What certificates and
 * transparency logs vouch for counts where a root and identities to trust are given.
 */
public final class Trust {

    static final String SIMPLE_SIGNING = "application/vnd.dev.cosign.simplesigning.v1+json";
    private static final String SIGNATURE_ANNOTATION = "dev.cosignproject.cosign/signature";
    private static final String ENVELOPE = "application/vnd.dsse.envelope.v1+json";
    private static final String BUNDLE_PREFIX = "application/vnd.dev.sigstore.bundle";
    private static final String IN_TOTO = "application/vnd.in-toto+json";

    private static final List<String> BILLS = List.of("https://cyclonedx.org/bom", "https://spdx.dev/Document");

    private final List<TrustedKey> keys;
    private final Optional<Keyless> keyless;
    private final List<Digest> subjects;

    /** @param subjects the image's digest, and that of the index it was chosen from: either stands for it */
    public Trust(List<TrustedKey> keys, List<Digest> subjects) {
        this(keys, Optional.empty(), subjects);
    }

    /** @param keyless whose certificates count; empty for nobody's */
    public Trust(List<TrustedKey> keys, Optional<Keyless> keyless, List<Digest> subjects) {
        this.keys = List.copyOf(keys);
        this.keyless = keyless;
        this.subjects = List.copyOf(subjects);
    }

    private boolean trustsNobody() {
        return keys.isEmpty() && keyless.isEmpty();
    }

    /** In the order attached; what is neither signature nor attestation is passed over. */
    public List<Endorsement> judge(List<Attachment> attachments) {
        List<Endorsement> endorsements = new ArrayList<>();
        for (Attachment attachment : attachments) {
            String type = attachment.mediaType();
            if (type.equals(SIMPLE_SIGNING)) {
                endorsements.add(signature(attachment));
            } else if (isStatement(type)) {
                endorsements.add(attestation(attachment));
            }
        }
        return endorsements;
    }

    /**
     * The bill of materials to believe: of those attached the first that a given key signed, else, when no keys were given,
     * the first. With keys one that none of them signed is not taken.
     *
     * @param problems what could not be read is added here, one line each
     */
    public Optional<AttachedBill> bill(List<Attachment> attachments, List<String> problems) {
        Optional<AttachedBill> first = Optional.empty();
        for (Attachment attachment : attachments) {
            try {
                Optional<AttachedBill> bill = bill(attachment);
                if (bill.isPresent() && bill.get().standing() instanceof Verified) {
                    return bill;
                }
                first = first.isPresent() ? first : bill;
            } catch (IOException e) {
                problems.add(attachment.from() + ": " + e.getMessage());
            }
        }
        return trustsNobody() ? first : Optional.empty();
    }

    private Optional<AttachedBill> bill(Attachment attachment) throws IOException {
        String type = attachment.mediaType();
        if (isStatement(type)) {
            Read read = read(attachment);
            boolean bill = read.about() && BILLS.stream().anyMatch(read.predicateType()::startsWith);
            return bill
                    ? Optional.of(new AttachedBill(
                            BillReader.read(read.statement().get("predicate")), attachment.from(), read.standing()))
                    : Optional.empty();
        }
        if (type.contains("cyclonedx") || type.contains("spdx")) {
            return Optional.of(new AttachedBill(
                    BillReader.read(new ByteArrayInputStream(attachment.content()), attachment.content().length),
                    attachment.from(),
                    new Unverified("not signed")));
        }
        return Optional.empty();
    }

    private static boolean isStatement(String type) {
        return type.equals(ENVELOPE) || type.equals(IN_TOTO) || type.startsWith(BUNDLE_PREFIX);
    }

    private Endorsement signature(Attachment attachment) {
        Standing standing;
        try {
            standing = simple(attachment);
        } catch (IOException e) {
            standing = new Unverified(String.valueOf(e.getMessage()));
        }
        return new Endorsement(Kind.SIGNATURE, attachment.from(), "", standing, Optional.empty());
    }

    /** Cosign's SIGNATURE_SPEC: the payload names the image's digest, the annotation holds the signature over it. */
    private Standing simple(Attachment attachment) throws IOException {
        Node payload = document(attachment.content());
        String digest = payload.get("critical").get("image").text("docker-manifest-digest");
        if (!isSubject(digest)) {
            return new Unverified("it is about another image");
        }
        byte[] signature = Envelope.base64(attachment.annotations().getOrDefault(SIGNATURE_ANNOTATION, ""));
        return keys.stream()
                .filter(key -> key.signed(attachment.content(), signature))
                .findFirst()
                .<Standing>map(key -> new Verified(key.name()))
                .orElseGet(() -> certified(
                        new Keyless.Signed(attachment.content(), attachment.content(), List.of(signature)),
                        () -> Certificates.ofAnnotations(attachment.annotations())));
    }

    /** Where a certificate came with it that may count, what it is worth. */
    private Standing certified(Keyless.Signed signed, Certificates.Source source) {
        if (keyless.isEmpty()) {
            return byNobodyKnown();
        }
        try {
            Optional<Keyless.Material> material = source.read();
            return material.isEmpty()
                    ? byNobodyKnown()
                    : new Verified(keyless.get().signer(signed, material.get()));
        } catch (IOException e) {
            return new Unverified(String.valueOf(e.getMessage()));
        }
    }

    private Endorsement attestation(Attachment attachment) {
        try {
            return statement(attachment);
        } catch (IOException e) {
            return new Endorsement(
                    Kind.ATTESTATION,
                    attachment.from(),
                    "",
                    new Unverified(String.valueOf(e.getMessage())),
                    Optional.empty());
        }
    }

    /** @param about whether it is about this image */
    private record Read(Node statement, String predicateType, boolean about, Standing standing) {}

    private Read read(Attachment attachment) throws IOException {
        Node written = document(attachment.content());
        boolean bundled = attachment.mediaType().startsWith(BUNDLE_PREFIX);
        boolean bare = attachment.mediaType().equals(IN_TOTO)
                && !written.get("payload").isPresent();
        Optional<Envelope> envelope =
                bare ? Optional.empty() : Optional.of(Envelope.of(bundled ? written.get("dsseEnvelope") : written));
        Node statement = envelope.isPresent() ? document(envelope.get().payload()) : written;
        String predicateType = statement.text("predicateType");
        boolean about = statement.get("subject").items().stream()
                .flatMap(subject -> subject.get("digest").members().entrySet().stream())
                .anyMatch(digest ->
                        isSubject(digest.getKey() + ":" + digest.getValue().text()));
        Standing standing;
        if (!about) {
            standing = new Unverified("it is about another image");
        } else if (envelope.isEmpty()) {
            standing = new Unverified("not signed");
        } else if (!envelope.get().payloadType().equals("application/vnd.in-toto+json")) {
            standing = new Unverified("its payload is no in-toto statement");
        } else {
            Envelope of = envelope.get();
            standing = of.signer(keys)
                    .<Standing>map(key -> new Verified(key.name()))
                    .orElseGet(() -> certified(
                            new Keyless.Signed(of.encoded(), of.payload(), of.signatures()),
                            () -> bundled
                                    ? Certificates.ofBundle(written.get("verificationMaterial"))
                                    : Certificates.ofAnnotations(attachment.annotations())));
        }
        return new Read(statement, predicateType, about, standing);
    }

    private Endorsement statement(Attachment attachment) throws IOException {
        Read read = read(attachment);
        String predicateType = read.predicateType();
        // Cosign's bundles sign an image by a statement of this one type, without a predicate.
        boolean signs = predicateType.equals("https://sigstore.dev/cosign/sign/v1");
        return new Endorsement(
                signs ? Kind.SIGNATURE : Kind.ATTESTATION,
                attachment.from(),
                signs ? "" : predicateType,
                read.standing(),
                read.about() ? Provenance.of(predicateType, read.statement().get("predicate")) : Optional.empty());
    }

    private Standing byNobodyKnown() {
        return new Unverified(trustsNobody() ? "no key was given" : "not signed by a given key");
    }

    private boolean isSubject(String digest) {
        return Digest.find(digest).filter(subjects::contains).isPresent();
    }

    private static Node document(byte[] json) throws IOException {
        try {
            return Documents.json(new ByteArrayInputStream(json));
        } catch (MalformedDocument e) {
            throw new MalformedDocument("not JSON: " + e.getMessage());
        }
    }
}
