package io.plimsoll.scanning.catalogue.java;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.Images;
import io.plimsoll.scanning.image.Tars;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Archives by what they say of themselves; a group only where Maven wrote one. */
class JavaArchivesTest {

    private static byte[] jar(boolean stored, Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry made = new ZipEntry(entry.getKey());
                if (stored) {
                    CRC32 crc = new CRC32();
                    crc.update(entry.getValue());
                    made.setMethod(ZipEntry.STORED);
                    made.setSize(entry.getValue().length);
                    made.setCrc(crc.getValue());
                }
                zip.putNextEntry(made);
                zip.write(entry.getValue());
            }
        }
        return out.toByteArray();
    }

    private static byte[] pom(String group, String artifact, String version) {
        return ("groupId=" + group + "\nartifactId=" + artifact + "\nversion=" + version + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> entries(Object... pairs) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            entries.put((String) pairs[i], (byte[]) pairs[i + 1]);
        }
        return entries;
    }

    private static ImageReport scan(String path, byte[] jar) {
        return Images.scan(new Tars().file(path, jar, 0644).bytes());
    }

    private static List<String> seen(ImageReport report) {
        return report.catalogue().packages().stream()
                .map(found ->
                        found.purl() + " " + found.occurrences().getFirst().path())
                .toList();
    }

    @Test
    void readsStoredAndDeflatedArchivesWithinArchives() throws IOException {
        for (boolean stored : new boolean[] {true, false}) {
            byte[] inner = jar(false, entries("META-INF/maven/g/lib/pom.properties", pom("g", "lib", "1.0")));
            byte[] outer = jar(
                    stored,
                    entries(
                            "META-INF/maven/g/app/pom.properties",
                            pom("g", "app", "2.0"),
                            "BOOT-INF/lib/lib-1.0.jar",
                            inner,
                            "BOOT-INF/lib/plain-3.1.jar",
                            jar(false, entries("x", new byte[1]))));
            ImageReport report = scan("app/app-2.0.jar", outer);
            assertThat(seen(report))
                    .containsExactly(
                            "pkg:generic/plain@3.1 /app/app-2.0.jar!/BOOT-INF/lib/plain-3.1.jar",
                            "pkg:maven/g/app@2.0 /app/app-2.0.jar",
                            "pkg:maven/g/lib@1.0 /app/app-2.0.jar!/BOOT-INF/lib/lib-1.0.jar");
            assertThat(report.catalogue().archives()).isEqualTo(3);
            assertThat(report.catalogue().isComplete()).isTrue();
        }
    }

    @Test
    void listsEveryShadedIdentityAndTheArchiveItself() throws IOException {
        byte[] shaded = jar(
                false,
                entries(
                        "META-INF/maven/com.google.guava/guava/pom.properties",
                        pom("com.google.guava", "guava", "30"),
                        "META-INF/maven/com.google.guava/failureaccess/pom.properties",
                        pom("com.google.guava", "failureaccess", "1")));
        assertThat(seen(scan("hadoop-shaded-guava-1.1.1.jar", shaded)))
                .containsExactly(
                        "pkg:generic/hadoop-shaded-guava@1.1.1 /hadoop-shaded-guava-1.1.1.jar",
                        "pkg:maven/com.google.guava/failureaccess@1 /hadoop-shaded-guava-1.1.1.jar",
                        "pkg:maven/com.google.guava/guava@30 /hadoop-shaded-guava-1.1.1.jar");
    }

    @Test
    void takesNoGroupFromAManifest() throws IOException {
        byte[] manifest = ("Manifest-Version: 1.0\r\nImplementation-Title: org.apache.ivy\r\n"
                        + "Implementation-Vendor-Id: org.apache\r\nImplementation-Version: 2.4.0\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] jar = jar(false, entries("META-INF/MANIFEST.MF", manifest));
        assertThat(seen(scan("lib/ivy.jar", jar))).containsExactly("pkg:generic/org.apache.ivy@2.4.0 /lib/ivy.jar");
    }

    @Test
    void passesOverPropertiesThatWereNeverFilledIn() throws IOException {
        byte[] jar = jar(false, entries("META-INF/maven/g/a/pom.properties", pom("g", "a", "${project.version}")));
        assertThat(seen(scan("a-1.jar", jar))).containsExactly("pkg:generic/a@1 /a-1.jar");
    }

    @Test
    void stopsAtADepthAndSaysSo() throws IOException {
        byte[] nested = jar(false, entries("x", new byte[1]));
        for (int depth = 0; depth < 100; depth++) {
            nested = jar(false, entries("n-" + depth + ".jar", nested));
        }
        ImageReport report = scan("top-1.jar", nested);
        assertThat(report.catalogue().archives()).isEqualTo(16);
        assertThat(report.catalogue().incomplete().toString()).contains("archives nested deeper than 16");
    }

    @Test
    void stepsOverALaunchScript() throws IOException {
        byte[] jar = jar(false, entries("META-INF/maven/g/a/pom.properties", pom("g", "a", "1")));
        byte[] executable = new Tars()
                .raw("#!/bin/sh\nexec java -jar $0\n".getBytes(StandardCharsets.UTF_8))
                .raw(jar)
                .unended();
        assertThat(seen(scan("a-1.jar", executable))).containsExactly("pkg:maven/g/a@1 /a-1.jar");
    }

    @Test
    void survivesEveryDamagedByte() throws IOException {
        byte[] jar = jar(
                false,
                entries(
                        "META-INF/maven/g/a/pom.properties",
                        pom("g", "a", "1"),
                        "in.jar",
                        jar(false, entries("x", new byte[1]))));
        for (int at = 0; at < jar.length; at++) {
            byte[] damaged = jar.clone();
            damaged[at] ^= (byte) 0xff;
            assertThat(scan("a-1.jar", damaged).catalogue()).isNotNull();
        }
    }
}
