package io.plimsoll.scanning.advisory.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.kernel.Severity;
import io.plimsoll.scanning.advisory.Advisory;
import io.plimsoll.scanning.advisory.Affected;
import io.plimsoll.scanning.advisory.Ecosystem;
import io.plimsoll.scanning.advisory.ExploitLikelihood;
import io.plimsoll.scanning.advisory.FeedState;
import io.plimsoll.scanning.advisory.KnownExploited;
import io.plimsoll.scanning.advisory.Standing;
import io.plimsoll.scanning.advisory.VersionRange;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdvisoryIndexTest {
    private static final Ecosystem PYPI = Ecosystem.of("PyPI");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("index");
    }

    private interface Filling {
        void fill(AdvisoryIndexWriter writer) throws IOException;
    }

    private AdvisoryIndexWriter.Summary write(long memory, Filling filling) throws IOException {
        try (FileChannel target = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                FileChannel scratch = FileChannel.open(
                        folder.resolve("scratch"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            AdvisoryIndexWriter writer = new AdvisoryIndexWriter(target, scratch, memory);
            filling.fill(writer);
            return writer.finish();
        }
    }

    private static Advisory advisory(String id, String modified, boolean withdrawn, String name, String fixed) {
        return new Advisory(
                id,
                List.of("CVE-2026-1"),
                List.of(),
                "summary of " + id,
                Optional.of(Severity.HIGH),
                81,
                "vector",
                Optional.of(Instant.parse(modified)),
                withdrawn,
                List.of(new Affected(
                        PYPI,
                        name,
                        Standing.WILL_NOT_FIX,
                        List.of(VersionRange.before(fixed)),
                        List.of("0.1", "9.9"),
                        "m:1")));
    }

    private static FeedState state(String name) {
        return new FeedState(
                name,
                FeedState.Kind.OSV,
                "digest",
                3,
                2,
                1,
                false,
                Optional.of(Instant.ofEpochSecond(7)),
                Instant.ofEpochSecond(9),
                Map.of("PyPI", 3L));
    }

    @Test
    void givesBackWhatWasWritten() throws IOException {
        Advisory written = advisory("A", "2026-01-01T00:00:00Z", false, "x", "2.0");
        write(1 << 20, writer -> {
            writer.advisory(written);
            writer.exploited(new KnownExploited("CVE-2026-1", LocalDate.of(2026, 1, 2), true));
            writer.likelihood(new ExploitLikelihood("CVE-2026-1", 0.5, 0.25));
            writer.feed(state("osv/PyPI"));
        });
        try (FileChannel channel = FileChannel.open(file)) {
            AdvisoryIndex index = AdvisoryIndex.open(channel);
            index.verify();
            List<AdvisoryIndex.Entry> entries = index.entries(PYPI, "X");
            assertThat(entries).hasSize(1);
            Affected affected = entries.getFirst().affected();
            assertThat(affected.ranges()).containsExactly(VersionRange.before("2.0"));
            assertThat(affected.versions())
                    .as("what the range holds is not kept")
                    .containsExactly("9.9");
            assertThat(affected.standing()).isEqualTo(Standing.WILL_NOT_FIX);
            assertThat(affected.module()).isEqualTo("m:1");
            Advisory read = index.advisory(entries.getFirst().place());
            assertThat(read)
                    .usingRecursiveComparison()
                    .ignoringFields("affected")
                    .isEqualTo(written);
            assertThat(index.exploited("CVE-2026-1"))
                    .contains(new KnownExploited("CVE-2026-1", LocalDate.of(2026, 1, 2), true));
            assertThat(index.likelihood("CVE-2026-1")).contains(new ExploitLikelihood("CVE-2026-1", 0.5, 0.25));
            assertThat(index.exploited("CVE-2026-2")).isEmpty();
            assertThat(index.feeds()).containsExactly(state("osv/PyPI"));
            assertThat(index.entries(PYPI, "y")).isEmpty();
        }
    }

    @Test
    void keepsTheNewestCopyOfARecordAndDropsAWithdrawnOne() throws IOException {
        var summary = write(1 << 20, writer -> {
            writer.advisory(advisory("A", "2026-01-01T00:00:00Z", false, "x", "1.0"));
            writer.advisory(advisory("B", "2026-01-01T00:00:00Z", false, "x", "1.0"));
            writer.feed(state("one"));
            writer.advisory(advisory("A", "2026-02-01T00:00:00Z", false, "x", "2.0"));
            writer.advisory(advisory("B", "2026-02-01T00:00:00Z", true, "x", "2.0"));
            writer.feed(state("two"));
            writer.advisory(advisory("A", "2026-02-01T00:00:00Z", false, "x", "2.0"));
            writer.feed(state("three"));
        });
        assertThat(summary.entries()).isEqualTo(1);
        try (FileChannel channel = FileChannel.open(file)) {
            List<AdvisoryIndex.Entry> entries = AdvisoryIndex.open(channel).entries(PYPI, "x");
            assertThat(entries)
                    .extracting(entry -> entry.affected().ranges().getFirst())
                    .containsExactly(VersionRange.before("2.0"));
        }
    }

    @Test
    void answersTheSameHoweverLittleMemoryItHad() throws IOException {
        Filling filling = writer -> {
            for (int i = 0; i < 3_000; i++) {
                writer.advisory(advisory("A" + i % 700, "2026-01-01T00:00:00Z", i % 11 == 0, "p" + i % 97, "1." + i));
            }
            writer.feed(state("one"));
        };
        write(1 << 30, filling);
        byte[] roomy = Files.readAllBytes(file);
        write(20_000, filling);
        assertThat(Files.size(folder.resolve("scratch"))).isPositive();
        assertThat(Files.readAllBytes(file)).isEqualTo(roomy);
    }

    @Test
    void refusesWhatIsNoIndexOrWasDamaged() throws IOException {
        write(1 << 20, writer -> {
            writer.advisory(advisory("A", "2026-01-01T00:00:00Z", false, "x", "1.0"));
            writer.feed(state("one"));
        });
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            try (FileChannel channel = FileChannel.open(file)) {
                assertThatThrownBy(() -> AdvisoryIndex.open(channel)).isInstanceOf(MalformedIndex.class);
            }
        }
        for (int at = 0; at < whole.length - IndexFormat.FOOTER_BYTES; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x55;
            Files.write(file, damaged);
            try (FileChannel channel = FileChannel.open(file)) {
                assertThatThrownBy(() -> {
                            AdvisoryIndex index = AdvisoryIndex.open(channel);
                            index.verify();
                        })
                        .as("damaged at %d", at)
                        .isInstanceOf(IOException.class);
            }
        }
    }
}
