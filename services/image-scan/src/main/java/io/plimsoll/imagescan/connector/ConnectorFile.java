package io.plimsoll.imagescan.connector;

import io.plimsoll.imagescan.connector.Connectors.Registry;
import io.plimsoll.registry.Credentials;
import io.plimsoll.registry.Mirror;
import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.trust.Keyless;
import io.plimsoll.scanning.trust.TrustedKey;
import io.plimsoll.scanning.trust.TrustedRoot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The form {@code plimsoll.connectors/v1}: which registries may be asked. Credentials are never in it; it names files that hold them, in the form of
 * Docker's {@code config.json}, which is also that of an image pull secret. Relative names are relative to the file.
 */
public final class ConnectorFile {

    private static final String FORMAT = "plimsoll.connectors/v1";
    private static final int REGISTRIES_MAX = 1_000;
    private static final Set<String> KNOWN =
            Set.of("host", "credentials", "private", "plain", "authority", "realm", "mirror", "kind");

    private ConnectorFile() {}

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException naming the file and the place that cannot be used
     */
    public static Connectors read(Path file) {
        Node root = root(file);
        Node signatures = root.get("signatures");
        return new Connectors(
                registries(file, root.get("registries").items()),
                keys(file, signatures),
                keyless(file, signatures),
                secrets(file, root));
    }

    private static Node root(Path file) {
        Node root;
        try (InputStream in = Files.newInputStream(file)) {
            List<Node> documents = Documents.yaml(in);
            root = documents.isEmpty() ? Node.ABSENT : documents.getFirst();
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": no such file", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
        if (!root.text("format").equals(FORMAT)) {
            throw new IllegalArgumentException(file + ": format is not " + FORMAT);
        }
        return root;
    }

    private static Optional<PullSecrets> secrets(Path file, Node root) {
        String named = root.get("pullSecrets").text("folder");
        if (!root.get("pullSecrets").isPresent()) {
            return Optional.empty();
        }
        if (named.isEmpty() || !Files.isDirectory(beside(file, named))) {
            throw new IllegalArgumentException(file + ": pullSecrets.folder: " + named + " is no folder");
        }
        return Optional.of(new PullSecrets(beside(file, named)));
    }

    private static Map<String, Registry> registries(Path file, List<Node> written) {
        if (written.size() > REGISTRIES_MAX) {
            throw new IllegalArgumentException(file + ": more than " + REGISTRIES_MAX + " registries");
        }
        Map<String, Registry> registries = new TreeMap<>();
        for (int i = 0; i < written.size(); i++) {
            String place = file + ": registries[" + i + "]";
            Registry registry = registry(place, file, written.get(i));
            if (registries.put(registry.host(), registry) != null) {
                throw new IllegalArgumentException(place + ".host: " + registry.host() + " is there twice");
            }
        }
        return registries;
    }

    private static Registry registry(String place, Path file, Node node) {
        for (String field : node.members().keySet()) {
            if (!KNOWN.contains(field)) {
                throw new IllegalArgumentException(place + "." + field + ": no such field");
            }
        }
        String host = node.text("host").toLowerCase(Locale.ROOT);
        if (!host.matches("[a-z0-9.-]{1,253}(:[0-9]{1,5})?|\\[[0-9a-f:]{2,45}](:[0-9]{1,5})?")) {
            throw new IllegalArgumentException(place + ".host: a host, with its port where it has one, as in an image");
        }
        List<Mirror> mirror = new ArrayList<>();
        if (!node.text("mirror").isEmpty()) {
            try {
                mirror.add(Mirror.of(node.text("mirror")));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(place + ".mirror: " + e.getMessage(), e);
            }
        }
        return new Registry(
                host,
                credentials(place, file, node.text("credentials")),
                node.get("private").isTrue(),
                node.get("plain").isTrue(),
                node.text("realm"),
                mirror,
                authorities(place, file, node.text("authority")),
                isHarbor(place, node.text("kind")));
    }

    private static boolean isHarbor(String place, String kind) {
        return switch (kind) {
            case "", "distribution" -> false;
            case "harbor" -> true;
            default -> throw new IllegalArgumentException(place + ".kind: distribution or harbor");
        };
    }

    private static Credentials credentials(String place, Path file, String named) {
        if (named.isEmpty()) {
            return Credentials.NONE;
        }
        try (InputStream in = Files.newInputStream(beside(file, named))) {
            return Credentials.dockerConfig(in);
        } catch (IOException e) {
            // What is in it is never repeated.
            throw new IllegalArgumentException(
                    place + ".credentials: " + named + " cannot be read as a config.json", e);
        }
    }

    private static List<X509Certificate> authorities(String place, Path file, String named) {
        List<X509Certificate> read = new ArrayList<>();
        if (named.isEmpty()) {
            return read;
        }
        try (InputStream in = Files.newInputStream(beside(file, named))) {
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                if (one instanceof X509Certificate authority) {
                    read.add(authority);
                }
            }
        } catch (IOException | CertificateException e) {
            throw new IllegalArgumentException(place + ".authority: " + named + " holds no certificates in PEM", e);
        }
        if (read.isEmpty()) {
            throw new IllegalArgumentException(place + ".authority: " + named + " holds no certificates in PEM");
        }
        return read;
    }

    private static List<TrustedKey> keys(Path file, Node signatures) {
        List<TrustedKey> keys = new ArrayList<>();
        for (Node named : signatures.get("keys").items()) {
            try (InputStream in = Files.newInputStream(beside(file, named.text()))) {
                keys.add(TrustedKey.read(named.text(), in));
            } catch (IOException e) {
                throw new IllegalArgumentException(file + ": signatures.keys: " + e.getMessage(), e);
            }
        }
        return keys;
    }

    private static Optional<Keyless> keyless(Path file, Node signatures) {
        String named = signatures.text("sigstoreRoot");
        if (named.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(beside(file, named))) {
            return Optional.of(new Keyless(
                    TrustedRoot.read(named, in),
                    signatures.get("identities").items().stream()
                            .map(each -> new Keyless.Identity(each.text("name"), each.text("issuer")))
                            .toList()));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": signatures: " + e.getMessage(), e);
        }
    }

    private static Path beside(Path file, String named) {
        return file.resolveSibling(named);
    }
}
