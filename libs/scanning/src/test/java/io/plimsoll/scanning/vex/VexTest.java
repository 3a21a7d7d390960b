package io.plimsoll.scanning.vex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.scanning.advisory.Standing;
import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.match.Exploitation;
import io.plimsoll.scanning.match.Finding;
import io.plimsoll.scanning.match.ImageAnswer;
import io.plimsoll.scanning.match.PackageAnswer;
import io.plimsoll.scanning.match.SetAside;
import io.plimsoll.scanning.pack.Confidence;
import io.plimsoll.scanning.pack.Distribution;
import io.plimsoll.scanning.pack.EvidenceKind;
import io.plimsoll.scanning.pack.Occurrence;
import io.plimsoll.scanning.pack.Package;
import io.plimsoll.scanning.pack.PackageKind;
import io.plimsoll.scanning.pack.Purl;
import io.plimsoll.scanning.pack.SourcePackage;
import io.plimsoll.testing.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VexTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final VexImage IMAGE = new VexImage(
            DIGEST, "registry.example.org/team/app", Optional.of(new Distribution("ubuntu", "22.04", "jammy", "", "")));

    private static ImageAnswer found(String purl, String... paths) {
        Purl read = Purl.parse(purl).orElseThrow();
        Package pack = new Package(
                read,
                PackageKind.ofPurlType(read.type()).orElse(PackageKind.OTHER),
                read.type().equals("deb") ? Optional.of(new SourcePackage("curl", "")) : Optional.empty(),
                List.of(),
                Arrays.stream(paths)
                        .map(path -> new Occurrence(path, 0, EvidenceKind.POM_PROPERTIES, Confidence.HIGH, false))
                        .toList(),
                Optional.empty());
        Finding finding = new Finding(
                "CVE-2026-1",
                List.of("GHSA-1"),
                List.of("GHSA-1"),
                Optional.empty(),
                -1,
                Optional.empty(),
                Standing.AFFECTED,
                new Exploitation.NotListed(),
                Optional.empty(),
                "");
        return new ImageAnswer(
                List.of(new PackageAnswer(pack, List.of(finding), List.of(), List.of(), Optional.empty())),
                List.of(),
                List.of());
    }

    private static VexDocument read(String text) throws IOException {
        return VexDocument.read("vex", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String openVex(String products, String more) {
        return "{\"@context\":\"https://openvex.dev/ns/v0.2.0\",\"author\":\"us\",\"timestamp\":\"2026-01-01T00:00:00Z\","
                + "\"statements\":[{\"vulnerability\":{\"name\":\"GHSA-1\"},\"products\":[" + products + "]," + more
                + "}]}";
    }

    private static final String NOT_AFFECTED =
            "\"status\":\"not_affected\",\"justification\":\"vulnerable_code_not_in_execute_path\"";

    private static PackageAnswer apply(ImageAnswer answer, String... documents) throws IOException {
        List<VexDocument> read = new java.util.ArrayList<>();
        for (String document : documents) {
            read.add(read(document));
        }
        return new Vex(read).apply(answer, IMAGE).packages().getFirst();
    }

    @Test
    void setsAsideByPackageAndKeepsWhoSaysSo() throws IOException {
        PackageAnswer answer =
                apply(found("pkg:maven/g/a@1.0", "/a.jar"), openVex("{\"@id\":\"pkg:maven/g/a\"}", NOT_AFFECTED));
        assertThat(answer.findings()).isEmpty();
        assertThat(answer.setAside()).singleElement().satisfies(aside -> {
            assertThat(aside.why()).isEqualTo(SetAside.Why.VEX_NOT_AFFECTED);
            assertThat(aside.by()).isEqualTo("vex (us)");
            assertThat(aside.detail()).isEqualTo("vulnerable_code_not_in_execute_path");
        });
    }

    @Test
    void leavesOtherVersionsPackagesAndImagesAlone() throws IOException {
        ImageAnswer answer = found("pkg:maven/g/a@1.0", "/a.jar");
        for (String product : List.of(
                "{\"@id\":\"pkg:maven/g/a@1.1\"}",
                "{\"@id\":\"pkg:maven/g/b\"}",
                "{\"@id\":\"pkg:oci/app@sha256%3A" + "b".repeat(64) + "\"}",
                "{\"@id\":\"pkg:oci/app@latest\"}",
                "{\"@id\":\"pkg:oci/other\",\"subcomponents\":[{\"@id\":\"pkg:maven/g/a\"}]}")) {
            assertThat(apply(answer, openVex(product, NOT_AFFECTED)).findings())
                    .as(product)
                    .hasSize(1);
        }
        for (String product : List.of(
                "{\"@id\":\"pkg:oci/app@sha256%3A" + "a".repeat(64) + "\"}",
                "{\"@id\":\"pkg:oci/app\",\"subcomponents\":[{\"@id\":\"pkg:maven/g/a@1.0\"}]}")) {
            assertThat(apply(answer, openVex(product, NOT_AFFECTED)).findings())
                    .as(product)
                    .isEmpty();
        }
    }

    @Test
    void setsAsideByPathOnlyWhereEveryPlaceIsCovered() throws IOException {
        String one = openVex("\"file:///app/a.jar\"", NOT_AFFECTED);
        String both = openVex("\"file:///app/a.jar\",\"/other\"", NOT_AFFECTED);
        assertThat(apply(found("pkg:maven/g/a@1.0", "/app/a.jar!/b.jar"), one).findings())
                .isEmpty();
        assertThat(apply(found("pkg:maven/g/a@1.0", "/app/a.jar.old"), one).findings())
                .hasSize(1);
        ImageAnswer twice = found("pkg:maven/g/a@1.0", "/app/a.jar", "/other/b.jar");
        assertThat(apply(twice, one).findings()).hasSize(1);
        assertThat(apply(twice, both).findings()).isEmpty();
    }

    @Test
    void letsTheLatestStatementStand() throws IOException {
        String later = openVex("\"pkg:maven/g/a\"", "\"status\":\"affected\",\"timestamp\":\"2026-02-01T00:00:00Z\"");
        assertThat(apply(found("pkg:maven/g/a@1.0", "/a"), openVex("\"pkg:maven/g/a\"", NOT_AFFECTED), later)
                        .findings())
                .hasSize(1);
    }

    @Test
    void refusesAnExemptionWithoutAReason() throws IOException {
        VexDocument document = read(openVex("\"pkg:maven/g/a\"", "\"status\":\"not_affected\""));
        assertThat(document.statements()).isEmpty();
        assertThat(document.problems()).singleElement().asString().contains("without a justification");
    }

    @Test
    void knowsASourcePackageOfADistributionByCodename() throws IOException {
        String product = "\"pkg:deb/ubuntu/curl@7.81.0-1ubuntu1.15?arch=source&distro=jammy\"";
        ImageAnswer answer = found(
                "pkg:deb/ubuntu/libcurl4@7.81.0-1ubuntu1.15?arch=amd64&distro=ubuntu-22.04", "/var/lib/dpkg/status");
        assertThat(apply(answer, openVex(product, "\"status\":\"fixed\"")).setAside())
                .extracting(SetAside::why)
                .containsExactly(SetAside.Why.VEX_FIXED);
        assertThat(apply(answer, openVex(product.replace("jammy", "focal"), "\"status\":\"fixed\""))
                        .findings())
                .hasSize(1);
    }

    @Test
    void readsCycloneDx() throws IOException {
        String bom = """
                {"bomFormat":"CycloneDX","components":[{"bom-ref":"a","purl":"pkg:maven/g/a?type=jar",
                   "evidence":{"occurrences":[{"location":"/app/a.jar"}]}}],
                 "vulnerabilities":[{"id":"CVE-2026-1","analysis":{"state":"%s","justification":"code_not_reachable"},
                   "affects":[{"ref":"a"}]}]}
                """;
        assertThat(apply(found("pkg:maven/g/a@1.0", "/app/a.jar"), bom.formatted("not_affected"))
                        .findings())
                .isEmpty();
        assertThat(apply(found("pkg:maven/g/a@1.0", "/b.jar"), bom.formatted("not_affected"))
                        .findings())
                .hasSize(1);
        assertThat(apply(found("pkg:maven/g/a@1.0", "/app/a.jar"), bom.formatted("in_triage"))
                        .findings())
                .extracting(Finding::standing)
                .containsExactly(Standing.UNDER_INVESTIGATION);
    }

    @Test
    void readsCsaf() throws IOException {
        String csaf = """
                {"document":{"category":"csaf_vex","publisher":{"name":"p"},"tracking":{"current_release_date":"2026-01-01T00:00:00Z"}},
                 "product_tree":{"full_product_names":[
                   {"product_id":"lib","product_identification_helper":{"purl":"pkg:maven/g/a@1.0"}},
                   {"product_id":"app","product_identification_helper":{"purl":"pkg:oci/%s"}}],
                  "relationships":[{"product_reference":"lib","relates_to_product_reference":"app",
                   "full_product_name":{"product_id":"app:lib"}}]},
                 "vulnerabilities":[{"cve":"CVE-2026-1","product_status":{"known_not_affected":["app:lib"]},
                   "flags":[{"label":"component_not_present","product_ids":["app:lib"]}]}]}
                """;
        assertThat(apply(found("pkg:maven/g/a@1.0", "/a"), csaf.formatted("app"))
                        .findings())
                .isEmpty();
        assertThat(apply(found("pkg:maven/g/a@1.0", "/a"), csaf.formatted("else"))
                        .findings())
                .hasSize(1);
    }

    @Test
    void readsSharedDocuments() throws IOException {
        var folder = Fixtures.folder("feed/vex");
        assumeTrue(folder.isPresent(), "shared cases are not here");
        try (InputStream in = Files.newInputStream(folder.orElseThrow().resolve("apache-logging-vdr.cdx.xml"))) {
            VexDocument apache = VexDocument.read("apache", in);
            // Three statements about a C++ component the document gives no purl for.
            assertThat(apache.problems()).hasSize(3).allMatch(problem -> problem.contains("in log4cxx: "));
            assertThat(apache.source()).isEqualTo("apache (Apache Logging Services)");
            assertThat(apache.statements())
                    .filteredOn(statement -> statement.vulnerabilities().contains("CVE-2021-44228"))
                    .hasSize(3)
                    .allMatch(statement -> statement.status() == VexStatus.AFFECTED);
        }
        try (InputStream in = Files.newInputStream(folder.orElseThrow().resolve("node.openvex.json"))) {
            VexDocument node = VexDocument.read("node", in);
            assertThat(node.statements().size() + node.problems().size()).isEqualTo(183);
            assertThat(node.statements()).hasSizeGreaterThanOrEqualTo(172);
        }
    }

    @Test
    void readsRangesOfVersions() {
        VersionConstraint range = VersionConstraint.parse("vers:maven/>=2.0-beta9|<2.3.1|>=2.4|<2.12.2|!=2.5");
        assertThat(List.of("2.0", "2.3.0", "2.4", "2.12.1")).allMatch(range::holds);
        assertThat(List.of("1.0", "2.3.1", "2.5", "2.12.2", "${v}")).noneMatch(range::holds);
        assertThatThrownBy(() -> VersionConstraint.parse("vers:klingon/1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsNothingExternal() {
        assertThatThrownBy(() -> read("<!DOCTYPE bom [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><bom>&x;</bom>"))
                .isInstanceOf(MalformedDocument.class);
        assertThatThrownBy(() -> read("{}")).isInstanceOf(MalformedDocument.class);
    }
}
