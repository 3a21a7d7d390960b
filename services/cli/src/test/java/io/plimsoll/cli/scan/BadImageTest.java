package io.plimsoll.cli.scan;

import static io.plimsoll.cli.scan.SmallLayout.bytes;
import static io.plimsoll.cli.scan.SmallLayout.concatenated;
import static io.plimsoll.cli.scan.SmallLayout.entry;
import static io.plimsoll.cli.scan.SmallLayout.file;
import static io.plimsoll.cli.scan.SmallLayout.gzip;
import static io.plimsoll.cli.scan.SmallLayout.header;
import static io.plimsoll.cli.scan.SmallLayout.tar;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.Plimsoll;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Images that are wrong, one kind a test, through the command: refused or bounded by name, the rest of the image still reported and said to be
 * incomplete, nothing written anywhere, never a stack trace. Hostile registries are in RegistryClientTest of {@code libs/registry}.
 */
class BadImageTest {

    /** Lies beside what is wrong, and must be reported all the same. */
    private static final byte[] GOOD =
            file("srv/node_modules/good/package.json", "{\"name\":\"good\",\"version\":\"1.0.0\"}");

    @TempDir
    Path folder;

    private record Result(int code, String out, String err) {}

    private Result scan(SmallLayout layout) throws IOException {
        return scan(layout.target());
    }

    private Result scan(String target) throws IOException {
        String before = SmallLayout.listing(folder);
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Result result;
        try {
            System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            int code = Plimsoll.run(new String[] {"scan", target, "--sbom-only", "--strict", "--format", "json"});
            result = new Result(code, written.toString(StandardCharsets.UTF_8), said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertThat(result.err()).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(SmallLayout.listing(folder)).as("nothing is written").isEqualTo(before);
        return result;
    }

    private SmallLayout layout() throws IOException {
        return new SmallLayout(folder.resolve("layout"));
    }

    private void incomplete(Result result, String because) {
        assertThat(result.code()).isEqualTo(ExitCode.NOTHING_USABLE);
        assertThat(result.err()).contains(because);
        assertThat(result.out()).contains("pkg:npm/good@1.0.0").contains("\"complete\" : false");
    }

    private void whole(Result result) {
        assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.DONE);
        assertThat(result.out()).contains("pkg:npm/good@1.0.0").contains("\"complete\" : true");
    }

    private void refused(Result result, String because) {
        assertThat(result.code()).isEqualTo(ExitCode.NOTHING_USABLE);
        assertThat(result.err()).contains(because);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aLayerWithAnotherDigest() throws IOException {
        byte[] bad = tar(file("srv/node_modules/bad/package.json", "{\"name\":\"bad\",\"version\":\"1.0.0\"}"));
        byte[] other = tar(file("srv/node_modules/bad/package.json", "{\"name\":\"evil\",\"version\":\"1.0.0\"}"));
        Result result = scan(layout().image(tar(GOOD), bad).spoil(bad, other));
        incomplete(result, "digest");
    }

    @Test
    void aTruncatedHeader() throws IOException {
        byte[] cut = Arrays.copyOf(concatenated(GOOD, header("x", '0', 10, "")), GOOD.length + 100);
        incomplete(scan(layout().image(cut)), "layer 0");
    }

    @Test
    void aHeaderThatLiesAboutTheSize() throws IOException {
        incomplete(scan(layout().image(concatenated(GOOD, header("big.jar", '0', 1L << 32, "")))), "layer 0");
    }

    @Test
    void missingEndOfArchiveBlocks() throws IOException {
        whole(scan(layout().image(GOOD)));
    }

    @Test
    void aManifestWithoutMediaTypes() throws IOException {
        SmallLayout layout = layout();
        byte[] manifest = layout.manifest(java.util.List.of(tar(GOOD)));
        String plain = new String(manifest, StandardCharsets.UTF_8).replaceAll("\"mediaType\":\"[^\"]*\",", "");
        whole(scan(layout.index(bytes(plain))));
    }

    @Test
    void tenThousandLayers() throws IOException {
        SmallLayout layout = layout();
        byte[] manifest = layout.manifest(Collections.nCopies(10_000, tar(GOOD)));
        refused(scan(layout.index(manifest)), "layers");
    }

    @Test
    void anIndexThatNestsWithoutEnd() throws IOException {
        SmallLayout layout = layout();
        byte[] inner = layout.manifest(java.util.List.of(tar(GOOD)));
        for (int depth = 0; depth < 8; depth++) {
            inner = bytes(
                    "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[{"
                            + layout.blob(inner, "application/vnd.oci.image.index.v1+json") + "}]}");
        }
        refused(scan(layout.index(inner)), "nested");
    }

    @Test
    void aLayerThatUnpacksToAThousandTimesItsSize() throws IOException {
        byte[] zeroes = entry("zeroes", '0', new byte[80 << 20], "");
        incomplete(scan(layout().image(tar(GOOD), gzip(tar(zeroes)))), "layer 1");
    }

    @Test
    void archivesNestedAHundredDeep() throws IOException {
        byte[] jar = zip("x.txt", bytes("x"));
        for (int depth = 0; depth < 100; depth++) {
            jar = zip("inner.jar", jar);
        }
        incomplete(scan(layout().image(tar(GOOD, entry("app/deep.jar", '0', jar, "")))), "deeper than 16");
    }

    @Test
    void namesThatStepOutside() throws IOException {
        byte[] up = file("../../srv/node_modules/up/package.json", "{\"name\":\"up\",\"version\":\"1.0.0\"}");
        Result result = scan(layout().image(tar(GOOD, up)));
        incomplete(result, "..");
        assertThat(result.out()).doesNotContain("pkg:npm/up@");
    }

    @Test
    void namesThatAreAbsolute() throws IOException {
        byte[] absolute =
                file("/srv/node_modules/absolute/package.json", "{\"name\":\"absolute\",\"version\":\"1.0.0\"}");
        Result result = scan(layout().image(tar(GOOD, absolute)));
        whole(result);
        assertThat(result.out()).contains("\"path\" : \"/srv/node_modules/absolute/package.json\"");
    }

    @Test
    void linksThatEscapeOrCycle() throws IOException {
        Files.writeString(folder.resolve("secret.json"), "{\"name\":\"secret\",\"version\":\"1.0.0\"}");
        whole(scan(layout().image(tar(
                GOOD,
                entry("srv/node_modules/out/package.json", '2', new byte[0], "../../../../../../secret.json"),
                entry("a", '2', new byte[0], "b"),
                entry("b", '2', new byte[0], "a")))));
        Result hard = scan(new SmallLayout(folder.resolve("hard"))
                .image(tar(GOOD, entry("srv/node_modules/out/package.json", '1', new byte[0], "../../secret.json"))));
        assertThat(hard.out()).contains("pkg:npm/good@1.0.0").doesNotContain("pkg:npm/secret");
    }

    @Test
    void devices() throws IOException {
        whole(scan(layout().image(tar(
                GOOD,
                entry("dev/sda", '4', new byte[0], ""),
                entry("dev/null", '3', new byte[0], ""),
                entry("run/pipe", '6', new byte[0], "")))));
    }

    @Test
    void aManifestOfFiftyMegabytes() throws IOException {
        SmallLayout layout = layout();
        byte[] manifest = layout.manifest(java.util.List.of(tar(GOOD)));
        byte[] padded = concatenated(manifest, new byte[50 << 20]);
        Arrays.fill(padded, manifest.length, padded.length, (byte) ' ');
        refused(scan(layout.index(padded)), "at most 4194304 are read");
    }

    @Test
    void aBillThatNamesAFileOfThisMachine() throws IOException {
        Path bill = Files.writeString(folder.resolve("xxe.xml"), """
                <?xml version="1.0"?><!DOCTYPE bom [<!ENTITY x SYSTEM "file:///etc/hostname">]>
                <bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components>
                <component type="library"><name>&x;</name></component></components></bom>
                """);
        refused(scan("sbom:" + bill), "plimsoll: sbom:");
    }

    @Test
    void aBillWhoseDependenciesCycle() throws IOException {
        Path bill = Files.writeString(folder.resolve("cycle.json"), """
                {"bomFormat": "CycloneDX", "specVersion": "1.6",
                 "components": [{"type": "library", "bom-ref": "a", "name": "good", "purl": "pkg:npm/good@1.0.0"}],
                 "dependencies": [{"ref": "a", "dependsOn": ["b"]}, {"ref": "b", "dependsOn": ["a"]}]}
                """);
        whole(scan("sbom:" + bill));
    }

    @Test
    void aBillOfAMillionComponents() throws IOException {
        StringBuilder all = new StringBuilder("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":["
                + "{\"name\":\"good\",\"purl\":\"pkg:npm/good@1.0.0\"}");
        for (int n = 0; n < 1_000_000; n++) {
            all.append(",{\"name\":\"n").append(n).append("\"}");
        }
        Path bill = Files.writeString(folder.resolve("million.json"), all.append("]}"));
        Result result = scan("sbom:" + bill);
        assertThat(result.code()).isEqualTo(ExitCode.NOTHING_USABLE);
        assertThat(result.err()).containsAnyOf("200000", "2000000");
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return out.toByteArray();
    }
}
