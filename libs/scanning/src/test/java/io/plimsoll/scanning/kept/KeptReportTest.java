package io.plimsoll.scanning.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.Images;
import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.image.ImageConfig;
import io.plimsoll.scanning.image.Tars;
import io.plimsoll.scanning.sbom.CycloneDx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What is kept of an image is what was read of it, but for what may hold secrets. */
class KeptReportTest {

    private static final ImageConfig CONFIG = new ImageConfig(
            "amd64",
            "linux",
            "2026-05-01T00:00:00Z",
            "1000",
            List.of("DB_PASSWORD=correct-horse-battery"),
            List.of("java"),
            List.of("-jar"),
            List.of("8080/tcp"),
            Map.of(
                    "org.opencontainers.image.source", "https://git.example.com/shop",
                    "org.opencontainers.image.revision", "0123abc",
                    "org.opencontainers.image.base.name", "debian:12"),
            false,
            List.of(new ImageConfig.Step("CMD bash", "2026-04-01T00:00:00Z", true)),
            List.of());

    private static ImageReport report() {
        byte[] base = new Tars()
                .file("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\nPRETTY_NAME=Debian\n")
                .file(
                        "var/lib/dpkg/status",
                        "Package: libc6\nStatus: install ok installed\nVersion: 2.36\nArchitecture: amd64\n"
                                + "Source: glibc (2.36-9)\n\n")
                .bytes();
        byte[] top = new Tars()
                .file(
                        "srv/package-lock.json",
                        "{\"lockfileVersion\":3,\"packages\":{\"node_modules/a\":"
                                + "{\"version\":\"1.0.0\",\"dev\":true}}}")
                .file("srv/node_modules/b/package.json", "{\"name\":\"b\",\"version\":\"2.0.0\",\"license\":\"MIT\"}")
                .bytes();
        return Images.scan(CONFIG, base, top);
    }

    private static byte[] bill(ImageReport report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CycloneDx.write(report, Optional.empty(), out);
        return out.toByteArray();
    }

    @Test
    void everythingThatMatchingAndBillsNeedComesBack() throws IOException {
        ImageReport report = report();
        ImageReport kept = KeptReportReader.read(KeptReport.write(report));
        assertThat(kept.catalogue()).isEqualTo(report.catalogue());
        assertThat(kept.catalogue().packages()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(kept.lineage()).isEqualTo(report.lineage());
        assertThat(kept.lineage().base()).isPresent();
        assertThat(kept.layers()).isEqualTo(report.layers());
        assertThat(kept.secrets()).isEqualTo(report.secrets()).isNotEmpty();
        assertThat(kept.configuration()).isEqualTo(report.configuration());
        assertThat(kept.config().user()).isEqualTo("1000");
        assertThat(bill(kept)).isEqualTo(bill(report));
    }

    @Test
    void secretsOfTheEnvironmentAreNotKept() throws IOException {
        byte[] kept = KeptReport.write(report());
        byte[] plain = new GZIPInputStream(new java.io.ByteArrayInputStream(kept)).readAllBytes();
        assertThat(new String(plain, StandardCharsets.UTF_8)).doesNotContain("correct-horse-battery");
    }

    @Test
    void theSameReportGivesTheSameBytes() throws IOException {
        assertThat(KeptReport.write(report())).isEqualTo(KeptReport.write(report()));
    }

    @Test
    void whatIsDamagedIsRefusedByName() throws IOException {
        byte[] kept = KeptReport.write(report());
        assertThatThrownBy(() -> KeptReportReader.read(Arrays.copyOf(kept, kept.length / 2)))
                .isInstanceOf(IOException.class);
        byte[] other = gzip("{\"format\":99}");
        assertThatThrownBy(() -> KeptReportReader.read(other))
                .isInstanceOf(MalformedDocument.class)
                .hasMessageContaining("99");
        byte[] broken = gzip("{\"format\":1,\"packages\":[{\"purl\":\"pkg:npm/a@1\",\"kind\":\"WHAT\",\"found\":[]}]}");
        assertThatThrownBy(() -> KeptReportReader.read(broken)).isInstanceOf(MalformedDocument.class);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var packed = new java.util.zip.GZIPOutputStream(out)) {
            packed.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }
}
