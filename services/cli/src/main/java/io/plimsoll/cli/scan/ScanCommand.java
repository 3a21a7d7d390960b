package io.plimsoll.cli.scan;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.UsageProblem;
import io.plimsoll.registry.RegistryProblem;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.ImageScan;
import io.plimsoll.scanning.catalogue.java.ArchiveIndex;
import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.image.ImageLimits;
import io.plimsoll.scanning.image.MalformedImage;
import io.plimsoll.scanning.match.Gate;
import io.plimsoll.scanning.reference.Platform;
import io.plimsoll.scanning.sbom.CycloneDx;
import io.plimsoll.scanning.sbom.Spdx;
import io.plimsoll.scanning.sbom.Spdx3;
import io.plimsoll.scanning.vex.Vex;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plimsoll scan}: what is inside an image, and what is known against it. */
@Command(
        name = "scan",
        mixinStandardHelpOptions = true,
        description = {
            "Says what is inside an image (packages, secrets, configuration) and what is known against it.",
            "Feeds are imported once by plimsoll feeds import; scanning itself fetches nothing but the image."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  plimsoll scan registry.example.org/team/app:1.2 --feeds feeds/",
            "  plimsoll scan registry.example.org/team/app:1.2 --key cosign.pub",
            "  plimsoll scan oci:layout:v1 --fail-on critical-fixable,exploited",
            "  plimsoll scan docker-archive:image.tar --vex app.openvex.json",
            "  plimsoll scan sbom:bom.json --feeds feeds/ --format sarif -o app.sarif",
            "  plimsoll scan dir:/mnt/root --sbom-only --format cyclonedx",
            "",
            "Exit codes:",
            "   0  done",
            "   1  the image cannot be read (or not wholly: --sbom-only --strict)",
            "   2  something was found that --fail-on names; no --key signed the image",
            "   3  part of the answer is not known: a feed is missing, empty, stale or",
            "      ends before the image's release; nothing was found, and not everything",
            "      could be looked for; parts of the image were not read; --fail-on is",
            "      undecided; with --strict any package that could not be looked for",
            "  64  wrong usage",
            "  70  internal fault"
        })
public final class ScanCommand implements Callable<Integer> {

    /** Forms of the answer. */
    enum Format {
        table,
        json,
        cyclonedx,
        spdx,
        spdx3,
        sarif
    }

    @Parameters(
            paramLabel = "IMAGE",
            description =
                    "An image reference, oci:DIR[:NAME], oci-archive:TAR[:NAME], docker-archive:TAR[:TAG], dir:ROOT or sbom:FILE.")
    private String image = "";

    @Option(names = "--sbom-only", description = "Only say what is inside; match nothing.")
    private boolean sbomOnly;

    @Mixin
    private MatchOptions matching = new MatchOptions();

    @Option(names = "--platform", paramLabel = "OS/ARCH", description = "Which of several (default: linux/amd64).")
    private String platform = Platform.DEFAULT.toString();

    @Option(
            names = "--format",
            paramLabel = "FORM",
            description = "table, json, cyclonedx (1.6), spdx (2.3), spdx3 (3.0.1) or sarif (default: table).")
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

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description = "The moment feeds are judged at (default: now), and SPDX is dated by (default: the image's).")
    private @Nullable String asOf;

    @Mixin
    private RegistryFlags registries = new RegistryFlags();

    @Option(names = "--strict", description = "What cannot be read or looked for changes the exit code, see below.")
    private boolean strict;

    @Override
    public Integer call() throws IOException {
        Platform asked = platformAsked();
        Optional<Instant> moment = moment();
        Gate gate = matching.gate();
        Vex statements = matching.statements();
        try {
            ScanTarget target = ScanTarget.of(image);
            Scanned scanned = read(target, asked);
            ImageReport report = scanned.report();
            report.catalogue().incomplete().forEach(part -> System.err.println("plimsoll: not read: " + part));
            if (sbomOnly) {
                write(scanned, moment);
                int code = strict && !report.catalogue().isComplete() ? ExitCode.NOTHING_USABLE : ExitCode.DONE;
                return Math.max(code, signed(scanned));
            }
            Answered answered = matching.answer(report, statements, moment.orElseGet(Instant::now));
            write(new Scanned(report, Optional.of(answered), scanned.endorsed()), moment);
            int known = code(report, answered, gate);
            int signed = signed(scanned);
            return known == ExitCode.GATE_NOT_MET || signed == ExitCode.GATE_NOT_MET
                    ? ExitCode.GATE_NOT_MET
                    : Math.max(known, signed);
        } catch (MalformedImage | MalformedDocument | RegistryProblem e) {
            System.err.println("plimsoll: " + image + ": " + e.getMessage());
            return ExitCode.NOTHING_USABLE;
        }
    }

    private Scanned read(ScanTarget target, Platform asked) throws IOException {
        long deadline = System.nanoTime() + timeoutSeconds * 1_000_000_000L;
        ImageScan scan = new ImageScan(
                ImageLimits.DEFAULT, () -> System.nanoTime() > deadline, ArchiveIndex.NONE, !withoutSecrets);
        try (ReadingProgress progress = Terminal.isThere() ? new ReadingProgress(System.err) : ReadingProgress.NONE) {
            return target.read(scan, asked, registries, progress);
        }
    }

    /** What was found weighs more than what is not known: the gate is closed whatever else there is. */
    private int code(ImageReport report, Answered answered, Gate gate) {
        Gate.Judgement judgement = gate.judge(answered.answer());
        if (judgement.counting() > 0) {
            System.err.println("plimsoll: " + judgement.counting() + " weaknesses that --fail-on names");
            return ExitCode.GATE_NOT_MET;
        }
        if (judgement.undecided() > 0) {
            System.err.println("plimsoll: --fail-on is undecided for " + judgement.undecided()
                    + " weaknesses without a severity, or not known to be exploited or not; say unrated to fail on"
                    + " those without a severity, or --ignore-unrated");
            return ExitCode.UNKNOWN;
        }
        boolean unknown =
                switch (answered.answer().outcome()) {
                    case UNKNOWN -> true;
                    case FOUND, NOTHING_KNOWN, JUDGED_WITH_OWNER ->
                        answered.answer().lacksFeeds()
                                || strict && answered.answer().hasGaps();
                };
        return unknown || !report.catalogue().isComplete() ? ExitCode.UNKNOWN : ExitCode.DONE;
    }

    /** An image that no given key signed does not pass; one whose registry cannot be asked is not known. */
    private int signed(Scanned scanned) {
        if (scanned.endorsed().isEmpty() || !scanned.endorsed().get().keyed()) {
            return ExitCode.DONE;
        }
        Endorsed endorsed = scanned.endorsed().get();
        if (endorsed.isSigned()) {
            return ExitCode.DONE;
        }
        System.err.println("plimsoll: " + image + ": "
                + (endorsed.asked() ? "no given key signed it" : "whether it is signed is not known"));
        return endorsed.asked() ? ExitCode.GATE_NOT_MET : ExitCode.UNKNOWN;
    }

    private Platform platformAsked() {
        try {
            return Platform.of(platform);
        } catch (IllegalArgumentException e) {
            throw new UsageProblem(String.valueOf(e.getMessage()));
        }
    }

    private void write(Scanned scanned, Optional<Instant> moment) throws IOException {
        ImageReport report = scanned.report();
        Optional<Answered> answered = scanned.answered();
        try (OutputStream out = open()) {
            switch (format) {
                case table ->
                    new ScanTable(new PrintStream(out, false, StandardCharsets.UTF_8))
                            .print(scanned, moment.orElseGet(Instant::now));
                case json -> ScanJson.write(scanned, out);
                case cyclonedx -> CycloneDx.write(report, answered.map(Answered::answer), out);
                case spdx ->
                    Spdx.write(report, answered.map(Answered::answer), moment.orElseGet(() -> created(report)), out);
                case spdx3 ->
                    Spdx3.write(report, answered.map(Answered::answer), moment.orElseGet(() -> created(report)), out);
                case sarif -> ScanSarif.write(scanned, out);
            }
        }
    }

    private Optional<Instant> moment() {
        try {
            return asOf == null ? Optional.empty() : Optional.of(Instant.parse(asOf));
        } catch (DateTimeParseException e) {
            throw new UsageProblem("--as-of is no ISO 8601 time: " + asOf);
        }
    }

    /** The image's own time, so that the same image gives the same bytes; else 1970. */
    private static Instant created(ImageReport report) {
        try {
            return Instant.parse(report.config().created());
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    private OutputStream open() throws IOException {
        return output == null
                ? new BufferedOutputStream(new StandardOutput(System.out))
                : new BufferedOutputStream(Files.newOutputStream(output));
    }

    /** Stays open. */
    private static final class StandardOutput extends java.io.FilterOutputStream {
        StandardOutput(OutputStream out) {
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
