package io.plimsoll.scanning.trust;

import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.document.Node;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a signature's certificate and log entry stand: cosign's annotations, or a sigstore bundle's verification material. */
final class Certificates {

    private static final String CERTIFICATE = "dev.sigstore.cosign/certificate";
    private static final String BUNDLE = "dev.sigstore.cosign/bundle";

    private Certificates() {}

    /** Empty where nothing of the kind came with a signature. */
    interface Source {
        Optional<Keyless.Material> read() throws IOException;
    }

    static Optional<Keyless.Material> ofAnnotations(Map<String, String> annotations) throws IOException {
        String pem = annotations.getOrDefault(CERTIFICATE, "");
        if (pem.isEmpty()) {
            return Optional.empty();
        }
        String bundle = annotations.getOrDefault(BUNDLE, "");
        if (bundle.isEmpty()) {
            throw new MalformedDocument("no log entry came with its certificate");
        }
        X509Certificate certificate =
                Keyless.pem(pem).orElseThrow(() -> new MalformedDocument("no certificate where one is expected"));
        return Optional.of(new Keyless.Material(certificate, LogEntry.ofCosign(bundle)));
    }

    /** Bundles of 0.1 and 0.2 hold a chain, of 0.3 one certificate. */
    static Optional<Keyless.Material> ofBundle(Node material) throws IOException {
        String raw = material.get("certificate").text("rawBytes");
        if (raw.isEmpty()) {
            raw = material.get("x509CertificateChain").get("certificates").items().stream()
                    .findFirst()
                    .map(each -> each.text("rawBytes"))
                    .orElse("");
        }
        if (raw.isEmpty()) {
            return Optional.empty();
        }
        List<Node> entries = material.get("tlogEntries").items();
        if (entries.isEmpty()) {
            throw new MalformedDocument("no log entry came with its certificate");
        }
        return Optional.of(new Keyless.Material(
                TrustedRoot.certificate(Envelope.base64(raw)), LogEntry.ofBundle(entries.getFirst())));
    }
}
