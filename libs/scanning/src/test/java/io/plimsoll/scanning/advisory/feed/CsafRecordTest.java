package io.plimsoll.scanning.advisory.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.kernel.Severity;
import io.plimsoll.scanning.advisory.Advisory;
import io.plimsoll.scanning.advisory.Affected;
import io.plimsoll.scanning.advisory.Standing;
import io.plimsoll.scanning.advisory.VersionRange;
import io.plimsoll.scanning.document.Documents;
import io.plimsoll.testing.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsafRecordTest {

    private static List<Advisory> shared(String name) throws IOException {
        var folder = Fixtures.folder("feed/distro-samples/rhel/test-fixtures/csaf/advisories");
        assumeTrue(folder.isPresent(), "shared cases are not here");
        Path file = folder.orElseThrow().resolve(name);
        try (InputStream in = Files.newInputStream(file)) {
            return CsafRecord.read(Documents.json(in), FeedLimits.DEFAULT);
        }
    }

    @Test
    void foldsArchitecturesAndRepositoriesIntoOneRelease() throws IOException {
        List<Advisory> advisories = shared("2024/rhsa-2024_6163.json");
        assertThat(advisories).hasSize(1);
        Advisory advisory = advisories.getFirst();
        assertThat(advisory.id()).isEqualTo("RHSA-2024:6163");
        assertThat(advisory.upstream()).containsExactly("CVE-2024-8088");
        assertThat(advisory.severity()).contains(Severity.MEDIUM);
        assertThat(advisory.affected()).hasSize(1);
        Affected affected = advisory.affected().getFirst();
        assertThat(affected.ecosystem()).hasToString("Red Hat:enterprise_linux:9");
        assertThat(affected.name()).isEqualTo("python3.9");
        assertThat(affected.ranges()).containsExactly(VersionRange.before("3.9.18-3.el9_4.5"));
    }

    @Test
    void keepsModuleStreamsApart() throws IOException {
        assertThat(shared("rhsa-2023_7025.json").getFirst().affected())
                .isNotEmpty()
                .allMatch(affected -> affected.module().equals("ruby:2.5"))
                .anySatisfy(affected -> assertThat(affected.ranges())
                        .containsExactly(VersionRange.before("2.5.9-111.module+el8.9.0+19193+435404ae")));
        assertThat(shared("rhsa-2024_1431.json").getFirst().affected())
                .isNotEmpty()
                .allMatch(affected -> affected.module().equals("ruby:3.1"));
    }

    @Test
    void keepsExtendedSupportApartFromTheMainRelease() throws IOException {
        List<Affected> sudo = shared("rhsa-2024_0811.json").getFirst().affected().stream()
                .filter(affected -> affected.name().equals("sudo"))
                .toList();
        assertThat(sudo)
                .extracting(affected -> affected.ecosystem().release() + " "
                        + affected.ranges().getFirst().events().getLast().version())
                .contains("rhel_eus:9.0 1.9.5p2-7.el9_0.4", "enterprise_linux:9 1.9.5p2-10.el9_3");
    }

    @Test
    void keepsBuildsThatAreNotAffected() throws IOException {
        assertThat(shared("2025/rhsa-2025_23414.json").getFirst().affected()).anySatisfy(affected -> {
            assertThat(affected.standing()).isEqualTo(Standing.NOT_AFFECTED);
            assertThat(affected.name()).isEqualTo("bind-chroot");
            assertThat(affected.versions()).containsExactly("32:9.8.2-0.68.rc1.el6_10.17");
        });
    }

    @Test
    void readsWhatWillNotBeMended() throws IOException {
        String vex = """
                {"document":{"category":"csaf_vex","title":"t","tracking":{"id":"CVE-2026-1","current_release_date":"2026-01-01T00:00:00+00:00"}},
                 "product_tree":{"branches":[
                   {"product":{"product_id":"red_hat_enterprise_linux_8","product_identification_helper":{"cpe":"cpe:/o:redhat:enterprise_linux:8"}}},
                   {"product":{"product_id":"a"}},{"product":{"product_id":"b"}},{"product":{"product_id":"c"}},{"product":{"product_id":"m:1/d"}}],
                  "relationships":[%s]},
                 "vulnerabilities":[{"cve":"CVE-2026-1",
                   "product_status":{"known_affected":["rhel8:a","rhel8:b"],"known_not_affected":["rhel8:c"],"under_investigation":["rhel8:m:1/d"]},
                   "remediations":[{"category":"no_fix_planned","details":"Will not fix","product_ids":["rhel8:a"]},
                                   {"category":"no_fix_planned","details":"Out of support scope","product_ids":["rhel8:b"]}]}]}
                """.formatted(String.join(",", relation("a"), relation("b"), relation("c"), relation("m:1/d")));
        Advisory advisory = CsafRecord.read(
                        Documents.json(new ByteArrayInputStream(vex.getBytes(StandardCharsets.UTF_8))),
                        FeedLimits.DEFAULT)
                .getFirst();
        assertThat(advisory.upstream()).isEmpty();
        assertThat(advisory.affected())
                .extracting(one -> one.name() + " " + one.module() + " " + one.standing())
                .containsExactlyInAnyOrder(
                        "a  WILL_NOT_FIX", "b  END_OF_LIFE", "c  NOT_AFFECTED", "d m:1 UNDER_INVESTIGATION");
    }

    private static String relation(String component) {
        return "{\"product_reference\":\"" + component
                + "\",\"relates_to_product_reference\":\"red_hat_enterprise_linux_8\","
                + "\"full_product_name\":{\"product_id\":\"rhel8:" + component + "\"}}";
    }
}
