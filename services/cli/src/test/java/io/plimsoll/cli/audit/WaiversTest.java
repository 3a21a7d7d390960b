package io.plimsoll.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.Plimsoll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaiversTest {

    private static final String PODS = """
            apiVersion: v1
            kind: Pod
            metadata: {name: legacy-1, namespace: shop}
            spec: {containers: [{name: main, image: "example/a:1", securityContext: {privileged: true}}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop}
            spec: {containers: [{name: main, image: "example/a:1", securityContext: {privileged: true}}]}
            """;

    private static final String DECLARED = """
            format: plimsoll.declarations/v1
            waivers:
            - {id: w-1, control: PLM-POD-001, selector: {namespace: shop, name: legacy-*}, reason: replaced in July,
               ticket: OPS-7, requestedBy: one, approvedBy: two, expires: 2026-08-01}
            """;

    @TempDir
    Path folder;

    private Path pods;
    private Path declared;

    @BeforeEach
    void podsAndAWaiver() throws IOException {
        pods = Files.writeString(folder.resolve("pods.yaml"), PODS);
        declared = Files.writeString(folder.resolve("declared.yaml"), DECLARED);
    }

    private String audit(Path input, String... more) throws IOException {
        Path report = folder.resolve("report");
        String[] args = new String[more.length + 6];
        args[0] = "audit";
        args[1] = "-o";
        args[2] = report.toString();
        args[3] = "--controls";
        args[4] = "PLM-POD-001";
        args[5] = input.toString();
        System.arraycopy(more, 0, args, 6, more.length);
        assertThat(Plimsoll.run(args)).isEqualTo(ExitCode.DONE);
        return Files.readString(report);
    }

    @Test
    void whatAWaiverInForceCoversIsWaivedAndShown() throws IOException {
        String lines = audit(pods, "--facts", declared.toString(), "--as-of", "2026-07-01", "--format", "jsonl");
        assertThat(lines)
                .contains(
                        "\"name\":\"legacy-1\",\"container\":\"main\",\"control\":\"PLM-POD-001\",\"status\":\"WAIVED\"")
                .contains("\"reason\":\"waived-by-declaration\"")
                .contains("\"name\":\"web\",\"container\":\"main\",\"control\":\"PLM-POD-001\",\"status\":\"FAIL\"");
        assertThat(audit(pods, "--declarations", declared.toString(), "--as-of", "2026-07-01"))
                .contains("Waived (1)")
                .contains("waived by w-1 until ")
                .contains("1 FAIL")
                .contains("1 WAIVED");
    }

    @Test
    void aWaiverThatEndedWaivesNothingAndIsListed() throws IOException {
        assertThat(audit(pods, "--facts", declared.toString(), "--as-of", "2026-09-01"))
                .contains("waiver w-1 ended at ")
                .contains("2 FAIL")
                .doesNotContain("WAIVED");
    }

    @Test
    void withoutATimeNothingIsWaived() throws IOException {
        assertThat(audit(pods, "--facts", declared.toString()))
                .contains("waiver w-1 is not applied")
                .contains("2 FAIL");
    }

    @Test
    void aWaiverThatCoversNothingCanBeWithdrawn() throws IOException {
        Path other = Files.writeString(folder.resolve("other.yaml"), DECLARED.replace("legacy-*", "gone"));
        assertThat(audit(pods, "--facts", other.toString(), "--as-of", "2026-07-01"))
                .contains("waiver w-1 covers nothing that fails here");
    }

    @Test
    void aWaivedFindingIsSuppressedInSarif() throws IOException {
        assertThat(audit(pods, "--facts", declared.toString(), "--as-of", "2026-07-01", "--format", "sarif"))
                .containsOnlyOnce("\"suppressions\"");
    }

    @Test
    void saysWhatIsNewAndGoneSinceAnEarlierReportOfEitherForm() throws IOException {
        Path changed =
                Files.writeString(folder.resolve("changed.yaml"), PODS.replace("name: legacy-1", "name: newcomer"));
        for (String form : new String[] {"json", "jsonl"}) {
            Path earlier = Files.writeString(folder.resolve("earlier"), audit(pods, "--format", form));
            assertThat(audit(changed, "--previous", earlier.toString()))
                    .contains("Since the earlier report: 1 new, 1 gone, 1 as before")
                    .contains("new  PLM-POD-001  shop/Pod/newcomer")
                    .contains("gone  PLM-POD-001  shop/Pod/legacy-1");
        }
    }

    @Test
    void whatIsNoReportIsRefused() {
        assertThat(Plimsoll.run("audit", pods.toString(), "--previous", pods.toString()))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void toolsAreShownWhereAskedFor() throws IOException {
        Path sensor = Files.writeString(folder.resolve("sensor.yaml"), """
                apiVersion: v1
                kind: Pod
                metadata: {name: tetragon, namespace: kube-system}
                spec: {containers: [{name: main, image: "quay.io/cilium/tetragon:v1.3.0"}]}
                """);
        assertThat(audit(sensor, "--tools"))
                .contains("Security tools")
                .contains("Tetragon")
                .contains("earns nothing: it is there and shows no effect");
        assertThat(audit(sensor, "--tools", "--format", "json")).contains("\"effect\" : \"present-only\"");
    }
}
