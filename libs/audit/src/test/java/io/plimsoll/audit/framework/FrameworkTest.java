package io.plimsoll.audit.framework;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.audit.control.Audit;
import io.plimsoll.audit.control.CatalogueControl;
import io.plimsoll.audit.control.ControlCatalogue;
import io.plimsoll.audit.control.question.Settings;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FrameworkTest {

    private static final List<CatalogueControl> CONTROLS =
            ControlCatalogue.builtin().controls();

    @Test
    void everyIdAControlMapsToIsInItsFramework() {
        for (Framework framework : Framework.builtin()) {
            Set<String> known =
                    framework.entries().stream().map(Framework.Entry::id).collect(Collectors.toSet());
            for (CatalogueControl control : CONTROLS) {
                assertThat(known)
                        .as(framework.id() + " of " + control.id())
                        .containsAll(control.mappings().getOrDefault(framework.id(), List.of()));
            }
        }
    }

    @Test
    void whatNoControlAnswersSaysWhy() {
        for (Framework framework : Framework.builtin()) {
            for (FrameworkReport.Row row : new FrameworkReport(framework, CONTROLS).rows()) {
                assertThat(row.controls().isEmpty())
                        .as(framework.id() + " " + row.entry().id())
                        .isEqualTo(!row.entry().notMeasured().isEmpty());
            }
        }
    }

    @Test
    void knowsTheFrameworksThatWereAskedFor() {
        assertThat(Framework.builtin())
                .extracting(Framework::id)
                .containsExactlyInAnyOrder(
                        "pod-security-standards",
                        "cis-kubernetes-1.12",
                        "nsa-cisa-1.2",
                        "nist-sp-800-190",
                        "mitre-attack-containers",
                        "pci-dss-4");
        assertThat(Framework.builtin())
                .filteredOn(Framework::reviewBeforeUse)
                .extracting(Framework::id)
                .containsExactly("pci-dss-4");
    }

    @Test
    void aReportSaysHeldBrokenAndNotMeasured() throws IOException {
        // Given
        Framework cis = Framework.builtin().stream()
                .filter(each -> each.id().equals("cis-kubernetes-1.12"))
                .findFirst()
                .orElseThrow();
        FrameworkReport report = new FrameworkReport(cis, CONTROLS);
        String pod = "{apiVersion: v1, kind: Pod, metadata: {name: x, namespace: shop},"
                + " spec: {hostPID: true, containers: [{name: a, image: 'b:1'}]}}";
        ClusterStateBuilder builder = new ClusterStateBuilder("test", ClusterMode.MANIFESTS);
        builder.add(
                new Document(
                        SingleDocument.read("x.yaml", new ByteArrayInputStream(pod.getBytes(StandardCharsets.UTF_8))),
                        new Source("x.yaml", 1, 1)),
                "",
                problem -> {});
        // When
        new Audit(CONTROLS, Settings.builtin()).run(builder.build(), report::count);
        // Then
        assertThat(standing(report, "5.2.3")).isEqualTo(FrameworkReport.Standing.BROKEN);
        assertThat(standing(report, "5.2.4")).isEqualTo(FrameworkReport.Standing.HELD);
        assertThat(standing(report, "1.2.1")).isEqualTo(FrameworkReport.Standing.NOT_ASKED);
        assertThat(standing(report, "1.1")).isEqualTo(FrameworkReport.Standing.NOT_MEASURED);
        assertThat(new TreeSet<>(report.rows().stream()
                        .map(FrameworkReport.Row::standing)
                        .toList()))
                .contains(FrameworkReport.Standing.NOT_MEASURED);
    }

    private static FrameworkReport.Standing standing(FrameworkReport report, String id) {
        return report.rows().stream()
                .filter(row -> row.entry().id().equals(id))
                .findFirst()
                .orElseThrow()
                .standing();
    }
}
