package io.plimsoll.scanning.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.Images;
import io.plimsoll.scanning.image.Budget;
import io.plimsoll.scanning.image.ImageLimits;
import io.plimsoll.scanning.image.Tars;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is too large, too deep or lies is left out by name, and the rest is there. */
class BoundsTest {

    private static final ImageLimits FEW = new ImageLimits(
            1, 1, 1, 1, 100, 1 << 20, 100, 1 << 20, 256, 1 << 20, 1 << 20, 1 << 20, 4, 100, 1 << 20, 2, 2);

    private static Findings read(FileFormat format, String text, ImageLimits limits) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return format.read(new FileContent("/x.list", bytes, bytes.length, new Budget(limits, () -> false)));
    }

    @Test
    void countsPackagesAndClaimsOfTheWholeImage() {
        Findings locked = read(FileFormat.PYTHON_REQUIREMENTS, "a==1\nb==1\nc==1\nd==1\n", FEW);
        assertThat(locked.packages).hasSize(2);
        assertThat(locked.problems).containsExactly("more than 2 packages in the image");
        Findings owned = read(FileFormat.DPKG_LIST, "/a\n/b\n/c\n/d\n", FEW);
        assertThat(owned.owners).hasSize(2);
        assertThat(owned.problems).containsExactly("more than 2 files owned by packages");
    }

    @Test
    void leavesOutATextThatIsTooLarge() {
        byte[] large = new byte[(32 << 20) + 1];
        Arrays.fill(large, (byte) '\n');
        ImageReport report = Images.scan(new Tars()
                .file("package-lock.json", large, 0644)
                .file("a/package.json", "{\"name\":\"a\",\"version\":\"1\"}")
                .bytes());
        assertThat(report.catalogue().incomplete())
                .hasToString("[/package-lock.json: 33554433 bytes, at most 33554432 are read]");
        assertThat(report.catalogue().packages()).hasSize(1);
    }

    @Test
    void unpacksNoEntryThatLiesAboutItsSize() throws IOException {
        byte[] jar = PackageDatabasesTest.zip(
                Map.of("META-INF/MANIFEST.MF", "Implementation-Version: 1\n".getBytes(StandardCharsets.UTF_8)));
        // The uncompressed size in the central directory record.
        ByteBuffer written = ByteBuffer.wrap(jar).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at + 46 < jar.length; at++) {
            if (written.getInt(at) == 0x02014b50) {
                written.putInt(at + 24, 1_000_000);
            }
        }
        ImageReport report = Images.scan(new Tars().file("a-1.jar", jar, 0644).bytes());
        assertThat(report.catalogue().incomplete().toString()).contains("says it unpacks to more than deflate can");
        assertThat(report.catalogue().packages()).hasSize(1);
    }
}
