package io.plimsoll.gateway.upload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plimsoll.gateway.upload.UploadRefused.Rule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveReaderTest {

    private static final UploadLimits SMALL = new UploadLimits(64 << 10, 256 << 10, 50, 16 << 10, 20, 200, 4 << 10);

    private final Map<String, String> taken = new LinkedHashMap<>();
    private List<Ignored> ignored = List.of();

    @ParameterizedTest
    @EnumSource(
            value = UploadFormat.class,
            names = {"TAR", "TAR_GZIP"})
    void takesManifestsInTheOrderOfTheArchiveAndNamesTheOthers(UploadFormat format) throws IOException {
        // Given
        Tars tar = new Tars()
                .entry("./", '5', new byte[0], "")
                .file("./shop/b.yaml", "b: 1\n")
                .file("shop/a.JSON", "{}")
                .file("shop/README.md", "#")
                .entry("shop/link.yaml", '2', new byte[0], "/etc/passwd")
                .entry("shop/hard.yaml", '1', new byte[0], "shop/a.JSON")
                .entry("shop/pipe.yaml", '6', new byte[0], "")
                .file("empty.yml", "");
        // When
        read(format == UploadFormat.TAR ? tar.bytes() : tar.gzip(), format);
        // Then
        assertThat(taken)
                .containsExactly(
                        Map.entry("shop/b.yaml", "b: 1\n"), Map.entry("shop/a.JSON", "{}"), Map.entry("empty.yml", ""));
        assertThat(ignored)
                .containsExactly(
                        new Ignored("shop/README.md", "does not end in .yaml, .yml or .json"),
                        new Ignored("shop/link.yaml", "a link, which is not followed"),
                        new Ignored("shop/hard.yaml", "a link, which is not followed"),
                        new Ignored("shop/pipe.yaml", "neither a file nor a folder"));
    }

    @Test
    void takesOneFileUnderTheNameGiven() throws IOException {
        new ArchiveReader(SMALL)
                .read(new ByteArrayInputStream("a: 1".getBytes(UTF_8)), UploadFormat.FILE, "x/y.yaml", this::take);
        assertThat(taken).containsExactly(Map.entry("x/y.yaml", "a: 1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../a.yaml",
                "a/../../b.yaml",
                "/etc/a.yaml",
                "C:/a.yaml",
                "a\\..\\b.yaml",
                "a\nb.yaml",
                "..",
                "a/.."
            })
    void refusesNamesThatLeadElsewhereWhateverTheEntryIs(String name) {
        for (char type : new char[] {'0', '2', '5'}) {
            UploadRefused refused = refused(new Tars()
                    .file("ok.yaml", "a: 1")
                    .entry(name, type, new byte[0], "")
                    .gzip());
            assertThat(refused.rule()).isEqualTo(Rule.NAME);
            assertThat(refused.place()).isNotEmpty().doesNotContain("\n");
        }
    }

    @Test
    void refusesALongNameAndNeverReadsItWhole() {
        assertThat(refused(new Tars().file("a".repeat(201) + ".yaml", "").gzip())
                        .limit())
                .isEqualTo("200 characters");
        UploadRefused refused = refused(
                new Tars()
                        .header("././@LongLink", 'L', 100 << 10, "")
                        .raw(new byte[100 << 10])
                        .file("a.yaml", "")
                        .bytes(),
                UploadFormat.TAR);
        assertThat(refused.limit()).isEqualTo("4096 bytes");
    }

    @Test
    void refusesOneNameTwice() {
        assertThat(refused(new Tars().file("a.yaml", "1").file("./a.yaml", "2").gzip())
                        .place())
                .isEqualTo("a.yaml");
    }

    @Test
    void refusesMoreThanEachBound() {
        byte[] noise = new byte[70 << 10];
        new Random(1).nextBytes(noise);
        assertThat(refused(new Tars().entry("a.yaml", '0', noise, "").gzip()))
                .satisfies(refused -> assertThat(refused.rule()).isEqualTo(Rule.TOO_LARGE))
                .satisfies(refused -> assertThat(refused.limit()).isEqualTo("65536 bytes"));
        assertThat(refused(new Tars()
                                .entry("a.yaml", '0', new byte[1 << 20], "")
                                .gzip())
                        .rule())
                .isEqualTo(Rule.RATIO);
        Tars many = new Tars();
        for (int i = 0; i < 21; i++) {
            many.file("f" + i + ".txt", "");
        }
        assertThat(refused(many.gzip()))
                .satisfies(refused -> assertThat(refused.rule()).isEqualTo(Rule.TOO_MANY_ENTRIES))
                .satisfies(refused -> assertThat(refused.limit()).isEqualTo("20 entries"));
    }

    @Test
    void refusesAnArchiveOfRepeatedLinesOverTheUnpackedBound() {
        // Given: packs about 30 to 1, below the ratio
        StringBuilder text = new StringBuilder();
        Random random = new Random(2);
        while (text.length() < 300 << 10) {
            text.append("name: ")
                    .append(random.nextInt(1000))
                    .append(" ".repeat(60))
                    .append("\n");
        }
        // When
        UploadRefused refused =
                refused(new Tars().file("a.yaml", text.toString()).gzip());
        // Then
        assertThat(refused.rule()).isEqualTo(Rule.TOO_LARGE);
        assertThat(refused.limit()).isEqualTo("262144 bytes");
    }

    @Test
    void refusesALieAboutSize() {
        UploadRefused refused = refused(
                new Tars().header("a.yaml", '0', 100_000, "").raw(new byte[512]).bytes(), UploadFormat.TAR);
        assertThat(refused.rule()).isEqualTo(Rule.MALFORMED);
        assertThat(refused.getMessage()).contains("a.yaml");
    }

    @Test
    void refusesEveryCutOfAnArchive() {
        byte[] whole = new Tars().file("a.yaml", "a: 1").file("b.yaml", "b: 1").gzip();
        for (int length = 0; length < whole.length; length++) {
            assertThat(refused(Arrays.copyOf(whole, length)).rule())
                    .as("cut at " + length)
                    .isEqualTo(Rule.MALFORMED);
        }
        byte[] tar = new Tars().file("a.yaml", "a: 1").file("b.yaml", "b: 1").bytesWithoutEnd();
        for (int length = 0; length <= tar.length; length += 256) {
            assertThat(refused(Arrays.copyOf(tar, length), UploadFormat.TAR).rule())
                    .as("cut at " + length)
                    .isEqualTo(Rule.MALFORMED);
        }
    }

    @Test
    void refusesWhatIsNoArchive() {
        assertThat(refused("kind: Pod".getBytes(UTF_8)).rule()).isEqualTo(Rule.MALFORMED);
        assertThat(refused(Tars.gzip("kind: Pod\n".repeat(200).getBytes(UTF_8))).rule())
                .isEqualTo(Rule.MALFORMED);
    }

    @Test
    void aFaultOfTheDiskIsNoFaultOfTheArchive() {
        assertThatThrownBy(() -> new ArchiveReader(SMALL)
                        .read(
                                new ByteArrayInputStream(
                                        new Tars().file("a.yaml", "a").gzip()),
                                UploadFormat.TAR_GZIP,
                                "",
                                (name, content) -> {
                                    throw new IOException("No space left on device");
                                }))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(UploadRefused.class);
    }

    /** Any bytes, and any damage of good ones, end in files or in a refusal. */
    @Property(tries = 500)
    void damageIsARefusalOrSeenByNobody(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] tar = new Tars()
                .file("a/b.yaml", "a: 1\n".repeat(random.nextInt(300)))
                .entry("l", '2', new byte[0], "x")
                .file("n".repeat(150) + ".json", "{}")
                .bytes();
        boolean packed = random.nextBoolean();
        byte[] bytes = packed && random.nextBoolean() ? Tars.gzip(tar) : tar;
        for (int i = random.nextInt(8); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        byte[] sent = packed && bytes == tar ? Tars.gzip(bytes) : bytes;
        try {
            new ArchiveReader(SMALL)
                    .read(
                            new ByteArrayInputStream(sent),
                            packed ? UploadFormat.TAR_GZIP : UploadFormat.TAR,
                            "",
                            (name, content) -> {
                                assertThat(name).doesNotContain("..").doesNotStartWith("/");
                                content.readAllBytes();
                            });
        } catch (UploadRefused e) {
            assertThat(e).hasMessageMatching("[^\\p{Cntrl}]+");
        }
    }

    private void read(byte[] bytes, UploadFormat format) throws IOException {
        ignored = new ArchiveReader(SMALL).read(new ByteArrayInputStream(bytes), format, "", this::take);
    }

    private void take(String name, InputStream content) throws IOException {
        taken.put(name, new String(content.readAllBytes(), UTF_8));
    }

    private UploadRefused refused(byte[] bytes) {
        return refused(bytes, UploadFormat.TAR_GZIP);
    }

    private UploadRefused refused(byte[] bytes, UploadFormat format) {
        UploadRefused refused = catchThrowableOfType(UploadRefused.class, () -> read(bytes, format));
        assertThat(refused).as("a refusal").isNotNull();
        return refused;
    }
}
