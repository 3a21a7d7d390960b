package io.plimsoll.cli.scan;

import io.plimsoll.cli.UsageProblem;
import io.plimsoll.cli.feeds.FeedStore;
import io.plimsoll.embedded.place.Places;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.advisory.index.AdvisoryIndex;
import io.plimsoll.scanning.advisory.index.MalformedIndex;
import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.match.DistributionLife;
import io.plimsoll.scanning.match.Freshness;
import io.plimsoll.scanning.match.Gate;
import io.plimsoll.scanning.match.ImageAnswer;
import io.plimsoll.scanning.match.Matcher;
import io.plimsoll.scanning.match.Threshold;
import io.plimsoll.scanning.reference.Digest;
import io.plimsoll.scanning.vex.Vex;
import io.plimsoll.scanning.vex.VexDocument;
import io.plimsoll.scanning.vex.VexImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is known against a catalogued image: the feeds, statements of makers, and the gate. */
final class MatchOptions {

    @Option(
            names = "--feeds",
            paramLabel = "DIR",
            description = "Where plimsoll feeds import put them (default: feeds in the data folder).")
    private @Nullable Path feeds;

    @Option(
            names = "--feed-age-max",
            paramLabel = "DAYS",
            description = "Older feeds find, but never clear (default: 7).")
    private int feedAgeDays = (int) Freshness.AGE_MAX.toDays();

    @Option(
            names = "--vex",
            paramLabel = "FILE",
            description = "OpenVEX, CycloneDX or CSAF statements to apply; can be repeated.")
    private List<Path> vex = List.of();

    @Option(
            names = "--fail-on",
            split = ",",
            paramLabel = "LEVEL",
            description = {
                "Exit code 2 when something is found that is critical, high (or above), medium, low, exploited, unrated"
                        + " or any; with -fixable only what has a published fix. Several with commas."
            })
    private List<String> failOn = List.of();

    @Option(
            names = "--ignore-unrated",
            description = "What has no severity does not leave --fail-on undecided (exit code 3).")
    private boolean ignoreUnrated;

    /** @throws UsageProblem naming the word that is no level, or the number that is no age */
    Gate gate() {
        if (feedAgeDays < 0) {
            throw new UsageProblem("--feed-age-max: not a number of days: " + feedAgeDays);
        }
        List<Threshold> thresholds = new ArrayList<>();
        for (String word : failOn) {
            try {
                thresholds.add(Threshold.of(word.strip()));
            } catch (IllegalArgumentException e) {
                throw new UsageProblem("--fail-on: " + e.getMessage());
            }
        }
        return new Gate(thresholds, ignoreUnrated);
    }

    /** Reads the statements first: a wrong file is said before an image is pulled. */
    Vex statements() throws IOException {
        List<VexDocument> documents = new ArrayList<>();
        for (Path file : vex) {
            try (InputStream in = Files.newInputStream(file)) {
                VexDocument document = VexDocument.read(file.toString(), in);
                document.problems().forEach(problem -> System.err.println("plimsoll: " + file + ": " + problem));
                documents.add(document);
            } catch (MalformedDocument e) {
                throw new UsageProblem(file + ": " + e.getMessage());
            } catch (java.nio.file.NoSuchFileException e) {
                throw new UsageProblem(file + ": no such file");
            }
        }
        return new Vex(documents);
    }

    /**
     * Answers for a report. Without usable feeds every package is UNKNOWN, and why is said on standard error.
     *
     * @param now when it is asked
     */
    Answered answer(ImageReport report, Vex statements, Instant now) throws IOException {
        Freshness freshness = new Freshness(now, Duration.ofDays(feedAgeDays), Freshness.ENRICHMENT_AGE_MAX);
        Path folder = feeds == null ? Places.defaultData().resolve("feeds") : feeds;
        Path file = new FeedStore(folder).index();
        if (!Files.isRegularFile(file)) {
            System.err.println("plimsoll: no feeds in " + folder + ": run plimsoll feeds import, then say --feeds");
            return answer(AdvisoryIndex.none(), freshness, report, statements);
        }
        try (FileChannel channel = FileChannel.open(file)) {
            return answer(AdvisoryIndex.open(channel), freshness, report, statements);
        } catch (MalformedIndex e) {
            // A damaged index is no index: nothing it says can be relied on.
            System.err.println("plimsoll: " + file + ": " + e.getMessage());
            return answer(AdvisoryIndex.none(), freshness, report, statements);
        }
    }

    private static Answered answer(AdvisoryIndex index, Freshness freshness, ImageReport report, Vex statements)
            throws IOException {
        var catalogue = report.catalogue();
        ImageAnswer answer = new Matcher(index, freshness, DistributionLife.builtIn())
                .match(catalogue.packages(), catalogue.distribution());
        VexImage image = new VexImage(
                report.digest().map(Digest::toString).orElse(""), repository(report.name()), catalogue.distribution());
        return new Answered(statements.apply(answer, image), index.feeds(), freshness);
    }

    /** What a statement may name an image by; a name that is no reference has none. */
    private static String repository(String name) {
        ImageReference reference = ImageReference.of(name);
        return switch (reference.pin()) {
            case DIGEST, TAG, FLOATING -> reference.registry() + "/" + reference.repository();
            case BUILT, UNREADABLE -> "";
        };
    }
}
