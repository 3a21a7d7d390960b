package io.plimsoll.scanning.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.kernel.Severity;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.Images;
import io.plimsoll.scanning.advisory.ExploitLikelihood;
import io.plimsoll.scanning.advisory.KnownExploited;
import io.plimsoll.scanning.advisory.Standing;
import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.image.Tars;
import io.plimsoll.scanning.match.Exploitation;
import io.plimsoll.scanning.match.Finding;
import io.plimsoll.scanning.match.Gap;
import io.plimsoll.scanning.match.ImageAnswer;
import io.plimsoll.scanning.match.PackageAnswer;
import io.plimsoll.scanning.match.SetAside;
import io.plimsoll.scanning.pack.Package;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;

/** What is written is valid and read back; what others write is read within bounds. */
class BillsTest {

    private static final ImageReport REPORT = Images.scan(new Tars()
            .file("etc/os-release", "ID=alpine\nVERSION_ID=3.19.1\nPRETTY_NAME=\"Alpine Linux v3.19\"\n")
            .file("lib/apk/db/installed", "P:busybox-binsh\nV:1.36.1-r15\nA:x86_64\no:busybox\nL:GPL-2.0-only\n\n")
            .file("a/package.json", "{\"name\":\"@s/a\",\"version\":\"1.0.0\",\"license\":\"MIT\"}")
            .file("b/package.json", "{\"name\":\"@s/a\",\"version\":\"1.0.0\"}")
            .file("lib/x.jar", "broken")
            .bytes());

    private static BillOfMaterials read(String text) throws IOException {
        return BillReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 1 << 20);
    }

    private static String cycloneDx() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CycloneDx.write(REPORT, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void writesCycloneDxThatItsSchemaAccepts() throws IOException {
        assertThat(new JsonParser().validate(cycloneDx().getBytes(StandardCharsets.UTF_8), Version.VERSION_16))
                .isEmpty();
        assertThat(cycloneDx()).isEqualTo(cycloneDx()).contains("\"aggregate\" : \"incomplete\"");
    }

    private static ImageAnswer answer() {
        Finding found = new Finding(
                "CVE-2025-0001",
                List.of("GHSA-aaaa-bbbb-cccc", "OWN-1"),
                List.of("GHSA-aaaa-bbbb-cccc"),
                Optional.of(Severity.CRITICAL),
                98,
                Optional.of("1.0.1"),
                Standing.AFFECTED,
                new Exploitation.Known(new KnownExploited("CVE-2025-0001", LocalDate.EPOCH, true)),
                Optional.of(new ExploitLikelihood("CVE-2025-0001", 0.5, 0.9)),
                "About it");
        Finding unrated = new Finding(
                "OWN-2",
                List.of(),
                List.of("OWN-2"),
                Optional.empty(),
                -1,
                Optional.empty(),
                Standing.AFFECTED,
                new Exploitation.Unknown(new Gap(Gap.Reason.NO_FEED, "kev")),
                Optional.empty(),
                "");
        Package last = REPORT.catalogue().packages().getLast();
        SetAside aside = new SetAside(unrated, SetAside.Why.VEX_NOT_AFFECTED, "maker", "not called");
        return new ImageAnswer(
                List.of(
                        new PackageAnswer(last, List.of(found), List.of(aside), List.of(), Optional.empty()),
                        new PackageAnswer(
                                REPORT.catalogue().packages().getFirst(),
                                List.of(),
                                List.of(),
                                List.of(new Gap(Gap.Reason.FEED_STALE, "osv/Alpine")),
                                Optional.empty())),
                List.of(new Gap(Gap.Reason.END_OF_LIFE, "alpine 3.19")),
                List.of());
    }

    @Test
    void writesWhatIsKnownAgainstItIntoEitherForm() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CycloneDx.write(REPORT, Optional.of(answer()), out);
        assertThat(new JsonParser().validate(out.toByteArray(), Version.VERSION_16))
                .isEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("\"state\" : \"not_affected\"", "plimsoll:gap:feed-stale", "update to 1.0.1")
                .contains("plimsoll:exploited:since", "\"value\" : \"FOUND\"");
        out.reset();
        Spdx.write(REPORT, Optional.of(answer()), Instant.EPOCH, out);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("https://www.cve.org/CVERecord?id=CVE-2025-0001", "1 packages not known, feed-stale");
    }

    @Test
    void takesTheDistributionFromThePurlsWhenTheyAgree() throws IOException {
        String bill = "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":["
                + "{\"type\":\"library\",\"purl\":\"pkg:deb/debian/a@1?distro=debian-8\"},"
                + "{\"type\":\"library\",\"purl\":\"pkg:deb/debian/b@1?distro=%s\"}]}";
        assertThat(read(bill.formatted("debian-8")).distribution().orElseThrow().qualifier())
                .isEqualTo("debian-8");
        assertThat(read(bill.formatted("debian-12")).distribution()).isEmpty();
    }

    @Test
    void takesABillForAReportWithItsOriginAndItsFaults() throws IOException {
        ImageReport report =
                read("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"metadata\":{\"component\":{\"name\":\"app\"}},"
                                + "\"components\":[{\"type\":\"library\",\"purl\":\"pkg:npm/a@1\",\"name\":\"a\"},{\"purl\":\"pkg:\"}]}")
                        .asReport();
        assertThat(report.origin()).isEqualTo("CycloneDX 1.6");
        assertThat(report.name()).isEqualTo("app");
        assertThat(report.catalogue().packages()).hasSize(1);
        assertThat(report.catalogue().isComplete()).isFalse();
    }

    @Test
    void writesSpdx3WhoseEveryReferenceLeadsSomewhereAndReadsItBack() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Spdx3.write(REPORT, Optional.of(answer()), Instant.EPOCH, out);
        String spdx = out.toString(StandardCharsets.UTF_8);
        List<Node> graph = Documents.json(new ByteArrayInputStream(out.toByteArray()))
                .get("@graph")
                .items();
        List<String> ids = graph.stream()
                .map(element -> element.text("spdxId"))
                .filter(id -> !id.isEmpty())
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(graph.stream()
                        .filter(element -> element.get("from").isPresent())
                        .flatMap(element -> Stream.concat(
                                Stream.of(element.text("from")),
                                element.get("to").items().stream().map(Node::text))))
                .isNotEmpty()
                .allMatch(ids::contains);
        assertThat(spdx)
                .contains("\"completeness\" : \"incomplete\"", "\"relationshipType\" : \"doesNotAffect\"")
                .contains(
                        "\"security_actionStatement\" : \"Update to 1.0.1.\"", "\"externalIdentifierType\" : \"cve\"");
        BillOfMaterials bill = read(spdx);
        assertThat(bill.format()).isEqualTo("SPDX-3.0.1");
        assertThat(bill.tools()).isEqualTo("plimsoll");
        assertThat(bill.distribution().orElseThrow().qualifier()).isEqualTo("alpine-3.19.1");
        assertThat(bill.problems()).isEmpty();
        List<Package> truth = REPORT.catalogue().packages();
        assertThat(bill.packages())
                .extracting(Package::purl)
                .isEqualTo(truth.stream().map(Package::purl).toList());
        assertThat(bill.packages())
                .extracting(Package::licences)
                .isEqualTo(truth.stream().map(Package::licences).toList());
        assertThat(bill.packages())
                .extracting(Package::source)
                .isEqualTo(truth.stream().map(Package::source).toList());
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        Spdx3.write(REPORT, Optional.empty(), Instant.EPOCH, plain);
        assertThat(plain.toString(StandardCharsets.UTF_8)).doesNotContain("security");
    }

    @Test
    void readsItsOwnCycloneDxBack() throws IOException {
        BillOfMaterials bill = read(cycloneDx());
        assertThat(bill.format()).isEqualTo("CycloneDX 1.6");
        assertThat(bill.tools()).isEqualTo("plimsoll");
        assertThat(bill.distribution().orElseThrow().qualifier()).isEqualTo("alpine-3.19.1");
        assertThat(bill.packages())
                .extracting(Package::purl)
                .isEqualTo(REPORT.catalogue().packages().stream()
                        .map(Package::purl)
                        .toList());
        assertThat(bill.packages())
                .extracting(Package::source)
                .isEqualTo(REPORT.catalogue().packages().stream()
                        .map(Package::source)
                        .toList());
        assertThat(bill.packages().getLast().occurrences()).hasSize(2);
        assertThat(bill.problems()).isEmpty();
    }

    @Test
    void writesSpdxAndReadsItBack() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Spdx.write(REPORT, Instant.EPOCH, out);
        String spdx = out.toString(StandardCharsets.UTF_8);
        assertThat(spdx).contains("\"created\" : \"1970-01-01T00:00:00Z\"", "SPDXRef-Package-2", "licenseComments");
        assertThat(read(spdx).distribution().orElseThrow().qualifier()).isEqualTo("alpine-3.19.1");
        assertThat(read(spdx).packages())
                .extracting(Package::source)
                .isEqualTo(REPORT.catalogue().packages().stream()
                        .map(Package::source)
                        .toList());
        assertThat(read(spdx).packages())
                .extracting(Package::purl)
                .isEqualTo(REPORT.catalogue().packages().stream()
                        .map(Package::purl)
                        .toList());
    }

    @Test
    void readsNestedComponentsAndCountsWhatIsMalformed() throws IOException {
        BillOfMaterials bill = read("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.4\",\"components\":["
                + "{\"type\":\"library\",\"name\":\"outer\",\"version\":\"1\",\"components\":["
                + "{\"type\":\"library\",\"name\":\"inner\",\"purl\":\"pkg:npm/inner@2\"}]},"
                + "{\"name\":\"odd\",\"purl\":\"pkg:\"},{\"purl\":\"\"}],"
                + "\"dependencies\":[{\"ref\":\"a\",\"dependsOn\":[\"b\"]},{\"ref\":\"b\",\"dependsOn\":[\"a\"]}]}");
        assertThat(bill.packages())
                .extracting(found -> found.purl().toString())
                .containsExactly("pkg:generic/odd", "pkg:generic/outer@1", "pkg:npm/inner@2");
        assertThat(bill.problems()).hasSize(2);
    }

    @Test
    void readsXmlAndRefusesEntities() throws IOException {
        String bom =
                "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.5\"><metadata><component><name>img</name></component>"
                        + "</metadata><components><component type=\"library\"><name>a</name><version>1</version>"
                        + "<purl>pkg:npm/a@1</purl></component></components></bom>";
        assertThat(read(bom).packages())
                .extracting(found -> found.purl().toString())
                .containsExactly("pkg:npm/a@1");
        assertThat(read(bom).subject()).isEqualTo("img");
        String external = "<?xml version=\"1.0\"?><!DOCTYPE bom [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                + bom.replace("<name>a<", "<name>&x;<");
        assertThatThrownBy(() -> read(external)).hasMessageContaining("document types are refused");
        assertThatThrownBy(() -> read("<bom/>")).hasMessageContaining("not CycloneDX");
        assertThatThrownBy(() -> read(bom.substring(0, 200))).hasMessageContaining("not XML at line 1");
    }

    @Test
    void refusesByName() {
        assertThatThrownBy(() -> read("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"9.9\"}"))
                .hasMessage("CycloneDX specVersion 9.9, 1.2 to 1.7 are read");
        assertThatThrownBy(() -> read("{}")).hasMessageContaining("neither CycloneDX nor SPDX");
        assertThatThrownBy(() -> read("{\"bomFormat\":\"Cyc")).hasMessageContaining("not JSON at line 1");
        assertThatThrownBy(() -> read(" ".repeat(2 << 20))).hasMessageContaining("larger than 1048576 bytes");
        StringBuilder many =
                new StringBuilder("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[{}");
        many.append(",{}".repeat(BillReader.COMPONENTS_MAX)).append("]}");
        assertThatThrownBy(() -> read(many.toString())).hasMessage("more than 200000 components");
    }

    @Test
    void readsSpdx3() throws IOException {
        assertThat(read("{\"@context\":\"https://spdx.org/rdf/3.0.1/spdx-context.jsonld\",\"@graph\":["
                                + "{\"type\":\"software_Package\",\"name\":\"a\",\"software_packageVersion\":\"1\","
                                + "\"software_packageUrl\":\"pkg:pypi/a@1\"}]}")
                        .packages())
                .extracting(found -> found.purl().toString())
                .containsExactly("pkg:pypi/a@1");
    }
}
