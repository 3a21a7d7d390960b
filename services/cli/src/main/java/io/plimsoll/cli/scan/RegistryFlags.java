package io.plimsoll.cli.scan;

import io.plimsoll.cli.UsageProblem;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.registry.Credentials;
import io.plimsoll.registry.RegistryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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

    /** @param target only of a registry are credentials looked for */
    RegistryOptions options(ScanTarget target) throws IOException {
        Path config = registryConfig != null
                ? registryConfig
                : Path.of(System.getProperty("user.home", ""), ".docker", "config.json");
        Credentials credentials = Credentials.NONE;
        if (target.kind() == ScanTarget.Kind.REGISTRY && (registryConfig != null || Files.isRegularFile(config))) {
            try {
                credentials = CredentialHelper.read(
                        config, ImageReference.of(target.name()).registry());
            } catch (NoSuchFileException e) {
                throw new UsageProblem(config + ": no such file");
            }
        }
        return RegistryOptions.DEFAULT
                .with(credentials)
                .allowing(
                        privateRegistries.stream()
                                .map(host -> host.toLowerCase(Locale.ROOT))
                                .collect(Collectors.toSet()),
                        Set.copyOf(plainRegistries));
    }
}
