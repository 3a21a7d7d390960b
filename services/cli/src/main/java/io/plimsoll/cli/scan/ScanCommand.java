package io.plimsoll.cli.scan;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.UsageProblem;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.registry.Credentials;
import io.plimsoll.registry.RegistryOptions;
import io.plimsoll.registry.RegistryProblem;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.ImageScan;
import io.plimsoll.scanning.catalogue.java.ArchiveIndex;
import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.image.ImageLimits;
import io.plimsoll.scanning.image.MalformedImage;
import io.plimsoll.scanning.reference.Platform;
import io.plimsoll.scanning.sbom.BillOfMaterials;
import io.plimsoll.scanning.sbom.BillReader;
import io.plimsoll.scanning.sbom.CycloneDx;
import io.plimsoll.scanning.sbom.Spdx;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plimsoll scan}: what is inside an image. */
@Command(
        name = "scan",
        mixinStandardHelpOptions = true,
        description = "Says what is inside an image: packages, secrets, configuration.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  plimsoll scan --sbom-only registry.example.org/team/app:1.2",
            "  plimsoll scan --sbom-only oci:layout:v1",
            "  plimsoll scan --sbom-only docker-archive:image.tar --format cyclonedx -o bom.json",
            "  plimsoll scan --sbom-only dir:/mnt/root --format json",
            "",
            "Exit codes: 0 done, 1 the image cannot be read (or not wholly with --strict),",
            "            64 wrong usage, 70 internal fault"
        })
public final class ScanCommand implements Callable<Integer> {

    private static final long BILL_BYTES_MAX = 256L << 20;

    /** Forms of the answer. */
    enum Format {
        table,
        json,
        cyclonedx,
        spdx
    }

    @Parameters(
            paramLabel = "IMAGE",
            description =
                    "An image reference, oci:DIR[:NAME], oci-archive:TAR[:NAME], docker-archive:TAR[:TAG], dir:ROOT or sbom:FILE.")
    private String image = "";

    @Option(names = "--sbom-only", description = "Only say what is inside; match nothing.")
    private boolean sbomOnly;

    @Option(names = "--platform", paramLabel = "OS/ARCH", description = "Which of several (default: linux/amd64).")
    private String platform = Platform.DEFAULT.toString();

    @Option(names = "--format", paramLabel = "FORM", description = "table, json, cyclonedx or spdx (default: table).")
    private Format format = Format.table;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write there instead of to the terminal.")
    private @Nullable Path output;

    @Option(names = "--no-secrets", description = "Look for no credentials.")
    private boolean withoutSecrets;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "Stop reading after (default: 300).")
    private int timeoutSeconds = 300;

    @Option(names = "--as-of", paramLabel = "TIME", description = "Time written into SPDX (default: the image's).")
    private @Nullable String asOf;

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

    @Option(names = "--strict", description = "What cannot be read makes the exit code 1.")
    private boolean strict;

    @Override
    public Integer call() throws IOException {
        if (!sbomOnly) {
            throw new UsageProblem("matching needs advisory feeds, which this command does not read yet;"
                    + " say --sbom-only for what is inside");
        }
        Platform asked = platformAsked();
        ScanTarget target = ScanTarget.of(image);
        try {
            if (target.kind() == ScanTarget.Kind.SBOM) {
                return bill(target.path());
            }
            long deadline = System.nanoTime() + timeoutSeconds * 1_000_000_000L;
            ImageScan scan = new ImageScan(
                    ImageLimits.DEFAULT, () -> System.nanoTime() > deadline, ArchiveIndex.NONE, !withoutSecrets);
            ImageReport report = target.read(scan, asked, registries(target));
            write(report);
            report.catalogue().incomplete().forEach(part -> System.err.println("plimsoll: not read: " + part));
            return strict && !report.catalogue().isComplete() ? ExitCode.NOTHING_USABLE : ExitCode.DONE;
        } catch (MalformedImage | MalformedDocument | RegistryProblem e) {
            System.err.println("plimsoll: " + image + ": " + e.getMessage());
            return ExitCode.NOTHING_USABLE;
        }
    }

    private Platform platformAsked() {
        try {
            return Platform.of(platform);
        } catch (IllegalArgumentException e) {
            throw new UsageProblem(String.valueOf(e.getMessage()));
        }
    }

    private RegistryOptions registries(ScanTarget target) throws IOException {
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

    private int bill(Path file) throws IOException {
        if (format != Format.table) {
            throw new UsageProblem("a bill of materials is shown as a table");
        }
        BillOfMaterials read;
        try (InputStream in = Files.newInputStream(file)) {
            read = BillReader.read(in, BILL_BYTES_MAX);
        }
        try (OutputStream out = open()) {
            new ScanTable(new PrintStream(out, false, StandardCharsets.UTF_8)).print(read);
        }
        return strict && !read.problems().isEmpty() ? ExitCode.NOTHING_USABLE : ExitCode.DONE;
    }

    private void write(ImageReport report) throws IOException {
        try (OutputStream out = open()) {
            switch (format) {
                case table -> new ScanTable(new PrintStream(out, false, StandardCharsets.UTF_8)).print(report);
                case json -> ScanJson.write(report, out);
                case cyclonedx -> CycloneDx.write(report, out);
                case spdx -> Spdx.write(report, created(report), out);
            }
        }
    }

    /** The time asked for, else the image's own, so that the same image gives the same bytes; else 1970. */
    private Instant created(ImageReport report) {
        try {
            if (asOf != null) {
                return Instant.parse(asOf);
            }
        } catch (DateTimeParseException e) {
            throw new UsageProblem("--as-of is no ISO 8601 time: " + asOf);
        }
        try {
            return Instant.parse(report.config().created());
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    private OutputStream open() throws IOException {
        return output == null
                ? new BufferedOutputStream(new Terminal(System.out))
                : new BufferedOutputStream(Files.newOutputStream(output));
    }

    /** Standard output, which stays open. */
    private static final class Terminal extends java.io.FilterOutputStream {
        Terminal(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            out.write(bytes, start, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
