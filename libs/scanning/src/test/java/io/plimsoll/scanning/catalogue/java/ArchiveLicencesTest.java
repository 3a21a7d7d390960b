package io.plimsoll.scanning.catalogue.java;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.scanning.Images;
import io.plimsoll.scanning.image.Tars;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Licences as Java archives declare them; nothing is guessed, nothing resolved. */
class ArchiveLicencesTest {

    private static String pom(String licences) {
        return "<project><dependencies><name>no</name></dependencies><licenses>" + licences + "</licenses></project>";
    }

    @Test
    void namesBeforeAddresses() {
        assertThat(ArchiveLicences.ofPom(pom("<license><name>Apache License, Version 2.0</name>"
                        + "<url>https://www.apache.org/licenses/LICENSE-2.0.txt</url></license>"
                        + "<license>\n<url>https://eclipse.org/epl-2.0</url></license>")))
                .containsExactly("Apache License, Version 2.0", "https://eclipse.org/epl-2.0");
        assertThat(ArchiveLicences.ofPom(pom("<license><name>A &amp;\n  B</name></license>")))
                .containsExactly("A & B");
    }

    @Test
    void whatIsUnfilledCommentedOutOrElsewhereIsNone() {
        assertThat(ArchiveLicences.ofPom(pom("<license><name>${licence}</name></license>")))
                .isEmpty();
        assertThat(ArchiveLicences.ofPom(pom("<!-- <license><name>MIT</name></license> -->")))
                .isEmpty();
        assertThat(ArchiveLicences.ofPom("<project><license><name>MIT</name></license></project>"))
                .isEmpty();
        assertThat(ArchiveLicences.ofPom("<licenses><license><name>MIT")).isEmpty();
        assertThat(ArchiveLicences.ofPom("<!-- never ended")).isEmpty();
    }

    /** An entity of the document's own is text like any other: nothing is expanded. */
    @Test
    void entitiesAreNotExpanded() {
        assertThat(ArchiveLicences.ofPom("<!DOCTYPE p [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                        + pom("<license><name>&x;</name></license>")))
                .containsExactly("&x;");
    }

    @Test
    void headersOfBundles() {
        assertThat(ArchiveLicences.ofBundle("Apache-2.0;link=\"https://www.apache.org\", \"EPL-2.0\""))
                .containsExactly("Apache-2.0", "EPL-2.0");
        assertThat(ArchiveLicences.ofBundle("<<EXTERNAL>>")).isEmpty();
        assertThat(ArchiveLicences.ofBundle("")).isEmpty();
    }

    @Test
    void anArchiveHasThoseOfItsPomElseOfItsBundle() throws IOException {
        String properties = "groupId=g\nartifactId=a\nversion=1\n";
        assertThat(licences(
                        "META-INF/maven/g/a/pom.properties",
                        properties,
                        "META-INF/maven/g/a/pom.xml",
                        pom("<license><name>MIT</name></license>"),
                        "META-INF/MANIFEST.MF",
                        "Bundle-License: other\n"))
                .containsExactly("MIT");
        assertThat(licences(
                        "META-INF/maven/g/a/pom.properties",
                        properties,
                        "META-INF/MANIFEST.MF",
                        "Bundle-License: EPL-2.0\n"))
                .containsExactly("EPL-2.0");
        assertThat(licences("META-INF/MANIFEST.MF", "Bundle-License: EPL-2.0\n"))
                .containsExactly("EPL-2.0");
        // Several identities: the header speaks for none of them.
        assertThat(licences(
                        "META-INF/maven/g/a/pom.properties",
                        properties,
                        "META-INF/maven/g/b/pom.properties",
                        properties.replace("=a", "=b"),
                        "META-INF/MANIFEST.MF",
                        "Bundle-License: EPL-2.0\n"))
                .isEmpty();
    }

    private static List<String> licences(String... entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < entries.length; i += 2) {
                zip.putNextEntry(new ZipEntry(entries[i]));
                zip.write(entries[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return Images.scan(
                        new Tars().file("app/a-1.jar", out.toByteArray(), 0644).bytes())
                .catalogue()
                .packages()
                .stream()
                .flatMap(found -> found.licences().stream())
                .toList();
    }
}
