package io.plimsoll.scanning.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.plimsoll.scanning.reference.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whiteouts and opaque folders by the OCI layer specification; hostile and damaged layers by name. */
class LayeredFilesTest {

    private static final ImageLimits SMALL = new ImageLimits(
            1 << 20, 1 << 20, 100, 4, 50, 1 << 20, 100, 1 << 16, 256, 1 << 20, 1 << 20, 1 << 20, 4, 100, 1 << 20, 100,
            100);

    @Test
    void readsGzipZstdAndPlainLayers() {
        byte[] one = new Tars().file("a", "1").gzip();
        byte[] two = Zstd.compress(new Tars().file("b", "2").bytes());
        byte[] three = new Tars().file("c", "3").bytes();
        Seen seen = Seen.of(one, two, three);
        assertThat(seen.files).hasToString("{/a=0 1, /b=1 2, /c=2 3}");
        assertThat(seen.incomplete).isEmpty();
    }

    @Test
    void readsGzipOfSeveralMembers() throws IOException {
        byte[] tar = new Tars().file("a", "1").file("b", "2").bytes();
        byte[] members = new Tars()
                .raw(Tars.gzip(Arrays.copyOf(tar, 700)))
                .raw(Tars.gzip(Arrays.copyOfRange(tar, 700, tar.length)))
                .unended();
        assertThat(Seen.of(members).files).hasToString("{/a=0 1, /b=0 2}");
    }

    @Test
    void hidesByWhiteoutWhatIsBelowAndOnlyThat() {
        byte[] low = new Tars()
                .file("dir/a", "1")
                .file("dir/b", "1")
                .file("gone/x", "1")
                .bytes();
        byte[] high = new Tars()
                .file("dir/.wh.a", "")
                .file(".wh.gone", "")
                .file("dir/c", "2")
                .bytes();
        assertThat(Seen.of(low, high).files).hasToString("{/dir/b=0 1, /dir/c=1 2}");
        // A whiteout does not touch its own layer, wherever it stands in it.
        byte[] same = new Tars().file("dir/a", "2").file("dir/.wh.a", "").bytes();
        assertThat(Seen.of(low, same).files.get("/dir/a")).isEqualTo("1 2");
    }

    @Test
    void hidesByOpaqueFolderWhateverTheOrder() {
        byte[] low = new Tars()
                .file("dir/a", "1")
                .file("dir/sub/b", "1")
                .file("dirt", "1")
                .bytes();
        byte[] high =
                new Tars().file("dir/new", "2").file("dir/.wh..wh..opq", "").bytes();
        assertThat(Seen.of(low, high).files).hasToString("{/dir/new=1 2, /dirt=0 1}");
    }

    @Test
    void emptiesAFolderThatIsRemovedAndMadeAnew() {
        byte[] low = new Tars().folder("dir").file("dir/old", "1").bytes();
        byte[] high = new Tars()
                .file(".wh.dir", "")
                .folder("dir")
                .file("dir/new", "2")
                .bytes();
        assertThat(Seen.of(low, high).files).hasToString("{/dir/new=1 2}");
        byte[] removed = new Tars().file(".wh.dir", "").bytes();
        byte[] again = new Tars().folder("dir").file("dir/new", "3").bytes();
        assertThat(Seen.of(low, removed, again).files).hasToString("{/dir/new=2 3}");
    }

    @Test
    void seesAFileInPlaceOfAFolderAndTheOtherWayRound() {
        byte[] folder = new Tars().folder("x").file("x/inside", "1").bytes();
        byte[] file = new Tars().file("x", "2").bytes();
        assertThat(Seen.of(folder, file).files).hasToString("{/x=1 2}");
        assertThat(Seen.of(file, folder).files).hasToString("{/x/inside=1 1}");
        assertThat(Seen.of(folder, file, new Tars().folder("x").bytes()).files).isEmpty();
    }

    @Test
    void tellsReplacedFilesAsHistory() {
        Seen seen = Seen.of(
                new Tars().file("var/lib/dpkg/status", "old").bytes(),
                new Tars().file("var/lib/dpkg/status", "new").bytes());
        assertThat(seen.files).hasToString("{/var/lib/dpkg/status=1 new}");
        assertThat(seen.history).hasToString("{/var/lib/dpkg/status=0 old}");
    }

    @Test
    void acceptsMissingEndOfArchive() {
        Seen seen = Seen.of(Tars.gzip(new Tars().file("a", "1").unended()));
        assertThat(seen.files).hasToString("{/a=0 1}");
        assertThat(seen.incomplete).isEmpty();
    }

    @Test
    void readsLongNamesAndPaxNames() {
        String name = "d/" + "n".repeat(150);
        byte[] tar = new Tars()
                .file(name, "1")
                .pax("path", "päx/" + "m".repeat(20))
                .file("x", "2")
                .bytes();
        assertThat(Seen.of(tar).files.keySet()).containsExactly("/" + name, "/päx/" + "m".repeat(20));
    }

    @Test
    void leavesOutNamesThatStepOutside() {
        byte[] tar = new Tars()
                .file("../evil", "1")
                .file("a/../../evil", "1")
                .file("/etc/passwd", "absolute is from the root")
                .link("hard", '1', "../../etc/shadow")
                .link("soft", '2', "../../../etc/shadow")
                .link("device", '3', "")
                .file("./ok/./b", "1")
                .bytes();
        Seen seen = Seen.of(tar);
        assertThat(seen.files)
                .hasToString("{/device=0 special, /etc/passwd=0 absolute is from the root, /ok/b=0 1,"
                        + " /soft=0 -> ../../../etc/shadow}");
        assertThat(seen.complaints()).contains("steps outside", "hard link that points outside");
    }

    @Test
    void refusesALayerWithAnotherDigestAndReadsTheRest() {
        Layer good = Seen.layer(
                new Tars().file("good", "1").bytes(),
                Digest.sha256(new Tars().file("good", "1").bytes()));
        Layer forged =
                Seen.layer(new Tars().file("good", "2").file("forged", "2").bytes(), Digest.sha256(new byte[0]));
        Seen seen = Seen.of(ImageLimits.DEFAULT, List.of(good, forged));
        assertThat(seen.files).hasToString("{/good=0 1}");
        assertThat(seen.complaints()).contains("layer 1: refused: content does not have the digest sha256:e3b0");
    }

    @Test
    void refusesALayerOfAnotherSizeThanItsDescriptorSays() {
        byte[] tar = new Tars().file("a", "1").bytes();
        for (long declared : List.of(3L, tar.length - 1L, tar.length + 1L)) {
            Layer lying = new Layer(
                    Optional.of(Digest.sha256(tar)),
                    Optional.empty(),
                    "",
                    declared,
                    () -> new ByteArrayInputStream(tar));
            Seen seen = Seen.of(ImageLimits.DEFAULT, List.of(lying));
            assertThat(seen.files).isEmpty();
            assertThat(seen.complaints())
                    .contains("layer 0: refused: content of")
                    .contains(declared + "");
        }
    }

    @Test
    void keepsWhatCameBeforeATruncation() {
        byte[] tar = new Tars().file("a", "1").file("b", "x".repeat(5000)).bytes();
        Seen plain = Seen.of(Arrays.copyOf(tar, 3000));
        assertThat(plain.files.keySet()).contains("/a");
        assertThat(plain.complaints()).contains("layer 0: truncated");
        byte[] lying =
                new Tars().file("a", "1").header("b", '0', 1L << 33, "", 0644).bytes();
        assertThat(Seen.of(lying).complaints()).contains("truncated");
        byte[] packed = new Tars().file("a", "1").gzip();
        assertThat(Seen.of(Arrays.copyOf(packed, packed.length / 2)).complaints())
                .contains("layer 0");
        assertThat(Seen.of("no tar at all".repeat(100).getBytes(StandardCharsets.UTF_8))
                        .complaints())
                .contains("not a number in the tar header at 0");
    }

    @Test
    void stopsBombs() {
        byte[] zeros = new Tars().file("zeros", new byte[900_000], 0644).bytes();
        assertThat(Seen.of(SMALL, Tars.gzip(zeros), new Tars().file("ok", "1").gzip())
                        .complaints())
                .contains("layer 0: unpacks to more than 100 times its size");
        byte[] large = new Tars().file("large", new byte[2 << 20], 0644).bytes();
        assertThat(Seen.of(SMALL, large).complaints()).contains("more than 1048576 bytes unpacked, reading stopped");
        Tars many = new Tars();
        IntStream.range(0, 60).forEach(i -> many.file("f" + i, ""));
        Seen seen = Seen.of(SMALL, many.bytes());
        assertThat(seen.complaints()).contains("more than 50 files");
        assertThat(seen.files).hasSize(50);
        Tars longName = new Tars().header("././@LongLink", 'L', 1L << 30, "", 0);
        assertThat(Seen.of(SMALL, longName.bytes()).complaints())
                .contains("extended tar header of 1073741824 bytes at 0, at most 256");
    }

    @Test
    void stopsWhenOutOfTime() throws IOException {
        byte[] layer = new Tars().file("a", "1").bytes();
        ResolvedImage image = new ResolvedImage(
                java.util.Optional.empty(),
                "",
                ImageConfig.NONE,
                List.of(Seen.layer(layer, Digest.sha256(layer))),
                java.util.Map.of(),
                List.of());
        var incomplete = LayeredFiles.read(image, new Budget(ImageLimits.DEFAULT, () -> true), new Seen());
        assertThat(incomplete).hasToString("[layer 0: out of time, reading stopped]");
    }

    @Test
    void survivesEveryDamagedByte() {
        byte[] tar = new Tars()
                .pax("path", "long/name")
                .file("a", "1")
                .file("d/" + "n".repeat(120), "2")
                .link("l", '1', "a")
                .bytes();
        byte[] packed = Tars.gzip(tar);
        for (byte[] whole : new byte[][] {tar, packed, Zstd.compress(tar)}) {
            for (int at = 0; at < whole.length; at++) {
                byte[] damaged = whole.clone();
                damaged[at] ^= (byte) 0xff;
                assertThat(Seen.of(damaged)).isNotNull();
            }
        }
    }

    @Test
    void readsAFileOfTheSameNameTwiceAsTheLater() {
        byte[] tar = new Tars().file("a", "1").file("a", "2").bytes();
        assertThat(Seen.of(tar).files).hasToString("{/a=0 2}");
    }
}
