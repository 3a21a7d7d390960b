package io.plimsoll.cli.scan;

import io.plimsoll.cli.UsageProblem;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.registry.Credentials;
import io.plimsoll.registry.Mirror;
import io.plimsoll.registry.RegistryOptions;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How registries are reached. */
final class RegistryFlags {

    @Option(
            names = "--registry-config",
            paramLabel = "FILE",
            description = "Credentials in Docker's form (default: ~/.docker/config.json if it is there).")
    private @Nullable Path registryConfig;

    @Option(
            names = "--private-registry",
            paramLabel = "HOST",
            description = "A registry host that may have an address that is not public; can be repeated.")
    private List<String> privateRegistries = List.of();

    @Option(
            names = "--plain-http",
            paramLabel = "HOST[:PORT]",
            description = "A registry spoken to without TLS; can be repeated.")
    private List<String> plainRegistries = List.of();

    @Option(
            names = "--registry-mirror",
            paramLabel = "HOST=URL",
            description =
                    "Asked in the place of the registry HOST, with a path in front if there is one; can be repeated.")
    private Map<String, String> mirrors = Map.of();

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Certificates in PEM, trusted beside the platform's; can be repeated.")
    private List<Path> authorities = List.of();

    @Option(names = "--signatures", description = "List what is attached in the registry: signatures, attestations.")
    private boolean signatures;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "A public key in PEM that must have signed the image (exit code 2 if not); can be repeated,"
                    + " any of them will do.")
    private List<Path> keys = List.of();

    @Option(
            names = "--sigstore-root",
            paramLabel = "FILE",
            description =
                    "A Sigstore root file (trusted_root.json): certificates of its authorities, witnessed by its logs,"
                            + " count as keys do, for the --identity given. Nothing is asked of either.")
    private @Nullable Path sigstoreRoot;

    @Option(
            names = "--identity",
            paramLabel = "NAME",
            description = "Who may have signed with a certificate: an address or URI, * stands for anything; can be"
                    + " repeated. With --sigstore-root and --issuer.")
    private List<String> identities = List.of();

    @Option(
            names = "--issuer",
            paramLabel = "URL",
            description = "Who vouched for the --identity, exactly as the certificate says it.")
    private String issuer = "";

    @Option(
            names = "--attached-sbom",
            description = "Take the bill of materials that is attached in the registry instead of reading the layers;"
                    + " with --key only one that a key signed.")
    private boolean attachedSbom;

    boolean asksForBill() {
        return attachedSbom;
    }

    boolean asksForSignatures() {
        return signatures || demandsSignature();
    }

    /** Whether somebody named must have signed. */
    boolean demandsSignature() {
        return !keys.isEmpty() || sigstoreRoot != null;
    }

    /** @throws UsageProblem where a part is missing or the file cannot be used */
    Optional<Keyless> keyless() throws IOException {
        Path file = sigstoreRoot;
        if (file == null) {
            if (!identities.isEmpty() || !issuer.isEmpty()) {
                throw new UsageProblem("--identity and --issuer need a --sigstore-root to be checked against");
            }
            return Optional.empty();
        }
        if (identities.isEmpty() || issuer.isBlank()) {
            throw new UsageProblem("--sigstore-root needs --identity and --issuer: who may have signed?");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(new Keyless(
                    TrustedRoot.read(file.toString(), in),
                    identities.stream()
                            .map(name -> new Keyless.Identity(name, issuer))
                            .toList()));
        } catch (NoSuchFileException e) {
            throw new UsageProblem(file + ": no such file");
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageProblem(String.valueOf(e.getMessage()));
        }
    }

    /** @throws UsageProblem naming the file that holds no key */
    List<TrustedKey> keys() throws IOException {
        List<TrustedKey> read = new ArrayList<>();
        for (Path file : keys) {
            try (InputStream in = Files.newInputStream(file)) {
                read.add(TrustedKey.read(file.toString(), in));
            } catch (NoSuchFileException e) {
                throw new UsageProblem(file + ": no such file");
            } catch (IOException e) {
                throw new UsageProblem(String.valueOf(e.getMessage()));
            }
        }
        return read;
    }

    private Map<String, Mirror> mirrors() {
        Map<String, Mirror> read = new TreeMap<>();
        mirrors.forEach((host, url) -> {
            try {
                read.put(host.toLowerCase(Locale.ROOT), Mirror.of(url));
            } catch (IllegalArgumentException e) {
                throw new UsageProblem("--registry-mirror: " + e.getMessage());
            }
        });
        return read;
    }

    private List<X509Certificate> authorities() throws IOException {
        List<X509Certificate> read = new ArrayList<>();
        for (Path file : authorities) {
            int before = read.size();
            try (InputStream in = Files.newInputStream(file)) {
                for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    if (one instanceof X509Certificate authority) {
                        read.add(authority);
                    }
                }
            } catch (NoSuchFileException e) {
                throw new UsageProblem(file + ": no such file");
            } catch (CertificateException e) {
                throw new UsageProblem(file + ": no certificates in PEM");
            }
            if (read.size() == before) {
                throw new UsageProblem(file + ": no certificates in PEM");
            }
        }
        return read;
    }

    /** @param target only of a registry are credentials looked for */
    RegistryOptions options(ScanTarget target) throws IOException {
        Path config = registryConfig != null
                ? registryConfig
                : Path.of(System.getProperty("user.home", ""), ".docker", "config.json");
        Map<String, Mirror> instead = mirrors();
        Credentials credentials = Credentials.NONE;
        if (target.kind() == ScanTarget.Kind.REGISTRY && (registryConfig != null || Files.isRegularFile(config))) {
            try {
                String registry = ImageReference.of(target.name()).registry();
                Mirror mirror = instead.get(registry);
                credentials = CredentialHelper.read(config, mirror == null ? registry : mirror.authority());
            } catch (NoSuchFileException e) {
                throw new UsageProblem(config + ": no such file");
            }
        }
        return RegistryOptions.DEFAULT
                .with(credentials)
                .mirroring(instead)
                .trusting(authorities())
                .allowing(
                        privateRegistries.stream()
                                .map(host -> host.toLowerCase(Locale.ROOT))
                                .collect(Collectors.toSet()),
                        Set.copyOf(plainRegistries));
    }
}
