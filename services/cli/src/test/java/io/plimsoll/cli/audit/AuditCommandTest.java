package io.plimsoll.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.Plimsoll;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {

    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: lonely, namespace: shop}
            spec:
              containers:
              - name: main
                image: example/shop
                securityContext:
                  privileged: true
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: quiet, namespace: shop}
            spec:
              containers:
              - {name: main, image: "example/shop:1"}
            """;

    @TempDir
    Path folder;

    private Path manifest;
    private Path report;

    @BeforeEach
    void aManifestAndAPlaceForTheReport() throws IOException {
        manifest = Files.writeString(folder.resolve("pod.yaml"), POD);
        report = folder.resolve("report");
    }

    private int audit(String... more) {
        String[] args = new String[more.length + 3];
        args[0] = "audit";
        args[1] = "-o";
        args[2] = report.toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return Plimsoll.run(args);
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(report);
    }

    private static Value json(String text) throws IOException {
        return SingleDocument.read("report.json", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String errors(Runnable run) {
        PrintStream before = System.err;
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        try {
            run.run();
        } finally {
            System.setErr(before);
        }
        return errors.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsALineForEachObjectAndControl() throws IOException {
        assertThat(audit(manifest.toString(), "--controls", "PLM-POD-001", "--format", "jsonl"))
                .isEqualTo(ExitCode.DONE);
        assertThat(lines())
                .containsExactly(
                        "{\"file\":\"" + manifest
                                + "\",\"document\":1,\"line\":9,\"kind\":\"Pod\",\"namespace\":\"shop\","
                                + "\"name\":\"lonely\",\"container\":\"main\",\"control\":\"PLM-POD-001\",\"status\":\"FAIL\","
                                + "\"reason\":\"seen-and-wrong\",\"path\":\"spec.containers[0].securityContext.privileged\","
                                + "\"message\":\"container main is privileged; set securityContext.privileged to false\"}",
                        "{\"file\":\"" + manifest
                                + "\",\"document\":2,\"line\":11,\"kind\":\"Pod\",\"namespace\":\"shop\","
                                + "\"name\":\"quiet\",\"container\":null,\"control\":\"PLM-POD-001\",\"status\":\"PASS\","
                                + "\"reason\":null,\"path\":null,\"message\":\"No container is privileged\"}");
    }

    @Test
    void printsALineForEachObjectOfThePodSecurityStandards() throws IOException {
        assertThat(audit(manifest.toString(), "--pod-security", "baseline@1.33", "--format", "jsonl"))
                .isEqualTo(ExitCode.DONE);
        assertThat(lines())
                .containsExactly(
                        "{\"file\":\"" + manifest
                                + "\",\"kind\":\"Pod\",\"namespace\":\"shop\",\"name\":\"lonely\",\"verdict\":\"forbidden\",\"violations\":[\"privileged\"]}",
                        "{\"file\":\"" + manifest
                                + "\",\"kind\":\"Pod\",\"namespace\":\"shop\",\"name\":\"quiet\",\"verdict\":\"allowed\",\"violations\":[]}");
    }

    @Test
    void oneNameInTwoFilesIsTwoObjects() throws IOException {
        Files.writeString(folder.resolve("other.yaml"), POD);
        audit(folder.toString(), "--pod-security", "baseline", "--format", "jsonl");
        assertThat(lines()).hasSize(4);
    }

    @Test
    void everyFormatIsWellFormed() throws Exception {
        for (String format : List.of("json", "sarif")) {
            assertThat(audit(manifest.toString(), "--format", format)).isEqualTo(ExitCode.DONE);
            try (JsonParser parser = new JsonFactory().createParser(report.toFile())) {
                int tokens = 0;
                while (parser.nextToken() != null) {
                    tokens++;
                }
                assertThat(tokens).isGreaterThan(100);
            }
            assertThat(Files.readString(report)).contains("PLM-POD-001");
        }
        assertThat(audit(manifest.toString(), "--format", "junit")).isEqualTo(ExitCode.DONE);
        var xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
        assertThat(xml.getElementsByTagName("failure").getLength()).isPositive();
        assertThat(audit(manifest.toString())).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(report))
                .contains("PLM-POD-001  critical  No container is privileged (1)")
                .contains("2 objects")
                .contains("What to do: ");
    }

    @Test
    void failsOnASevereFindingWhenAskedTo() {
        assertThat(audit(manifest.toString(), "--fail-on", "critical")).isEqualTo(ExitCode.GATE_NOT_MET);
        assertThat(audit(manifest.toString(), "--controls", "PLM-POD-037", "--fail-on", "low"))
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void namesControlsByTheirGateControlsToo() throws IOException {
        audit(manifest.toString(), "--controls", "workload-controlled", "--format", "jsonl");
        assertThat(lines()).hasSize(2).allMatch(line -> line.contains("\"PLM-RES-008\""));
    }

    @Test
    void reportsAFrameworkByItsIds() throws IOException {
        audit(manifest.toString(), "--framework", "cis-kubernetes-1.12");
        assertThat(Files.readString(report))
                .contains("5.2.2     broken        privileged containers  1 FAIL, 1 PASS")
                .contains("1.1       not measured")
                .doesNotContain("PLM-NET-010");
        audit(manifest.toString(), "--framework", "pci-dss-4");
        assertThat(Files.readString(report)).contains("REVIEW BEFORE USE");
    }

    @Test
    void reportsAFrameworkForEachNamespace() throws IOException {
        Files.writeString(folder.resolve("other.yaml"), """
                apiVersion: v1
                kind: Pod
                metadata: {name: other, namespace: back}
                spec: {hostPID: false, containers: [{name: a, image: "b:1", securityContext: {privileged: false}}]}
                """);
        assertThat(audit(folder.toString(), "--framework", "pod-security")).isEqualTo(ExitCode.DONE);
        assertThat(lines())
                .anyMatch(line -> line.matches(" {2}namespace back: 1 held, 1 broken \\(restricted\\)"))
                .anyMatch(line -> line.startsWith("  namespace shop: 2 broken (baseline, restricted)"));
        assertThat(audit(folder.toString(), "--framework", "cis", "--format", "json"))
                .isEqualTo(ExitCode.DONE);
        Value framework = json(Files.readString(report)).at("framework");
        assertThat(framework.text("id")).isEqualTo("cis-kubernetes-1.12");
        assertThat(framework.items("scopes")).hasSize(3);
        assertThat(framework.items("scopes").get(1).text("namespace")).isEqualTo("back");
        assertThat(framework.items("scopes").get(0).items("entries").get(0).text("standing"))
                .isEqualTo("not measured");
        assertThat(framework.items("scopes").get(0).items("entries").get(0).text("why"))
                .isNotEmpty();
    }

    @Test
    void saysWhoAnswersForAManagedControlPlane() throws IOException {
        Files.writeString(folder.resolve("node.yaml"), """
                apiVersion: v1
                kind: Node
                metadata: {name: n1}
                status: {nodeInfo: {kubeletVersion: v1.30.4-eks-a737599}}
                """);
        assertThat(audit(folder.toString())).isEqualTo(ExitCode.DONE);
        assertThat(lines().getFirst()).startsWith("Control plane run by Amazon EKS (node n1 runs kubelet");
        assertThat(lines().get(1)).startsWith("  provider  API server, scheduler, controller manager and etcd");
        assertThat(audit(folder.toString(), "--format", "json")).isEqualTo(ExitCode.DONE);
        Value said = json(Files.readString(report)).at("responsibilities");
        assertThat(said.items("managed").getFirst().text("provider")).isEqualTo("eks");
        assertThat(said.items("areas")).hasSize(6);
        assertThat(audit(folder.toString(), "--framework", "cis")).isEqualTo(ExitCode.DONE);
        assertThat(lines()).anyMatch(line -> line.startsWith("  2.1 ") && line.contains("not applicable"));
    }

    @Test
    void whatIsAskedOfOneOfSeveralClustersNamesIt() throws IOException {
        Path other = Files.writeString(folder.resolve("other.yaml"), POD);
        assertThat(audit(
                        manifest.toString(),
                        other.toString(),
                        "--separate",
                        "--controls",
                        "PLM-ADM-001",
                        "--format",
                        "jsonl"))
                .isEqualTo(ExitCode.DONE);
        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0)).startsWith("{\"file\":\"" + manifest + "\",\"document\":null,");
        assertThat(lines().get(1)).startsWith("{\"file\":\"" + other + "\",\"document\":null,");
    }

    @Test
    void asksAPolicyAsAdmissionWould() throws IOException {
        Path policy = Files.writeString(folder.resolve("policy.yml"), """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: tagged}
                spec:
                  matchConstraints:
                    resourceRules: [{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
                  validations:
                  - expression: "object.spec.containers.all(c, c.image.contains(':'))"
                    message: name a tag
                """);
        audit(manifest.toString(), "--policy", policy.toString(), "--format", "jsonl");
        assertThat(lines()).hasSize(2);
        assertThat(lines().getFirst())
                .contains("\"name\":\"lonely\"", "\"control\":\"tagged\"", "\"status\":\"FAIL\"", "name a tag");
        assertThat(lines().getLast()).contains("\"name\":\"quiet\"", "\"status\":\"PASS\"");
    }

    @Test
    void aPolicyOfAMegabyteIsUnknownAndTheRestGoesOn() throws IOException {
        Path policy = Files.writeString(
                folder.resolve("policy.yml"), """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: huge}
                spec:
                  validations:
                  - expression: "%s"
                """.formatted("object.metadata.name != 'x' && ".repeat(33_000) + "true"));
        assertThat(audit(manifest.toString(), "--policy", policy.toString(), "--format", "jsonl"))
                .isEqualTo(ExitCode.DONE);
        assertThat(lines())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("\"control\":\"huge\"", "UNKNOWN", "object-too-large"));
    }

    @Test
    void aUserAddsAControlByAFolder() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("mine/acme-image"));
        Files.writeString(mine.resolve("control.yaml"), """
                id: acme-image
                title: The image is ours
                rationale: Others are not scanned.
                severity: high
                subject: workload
                class: intrinsic
                kinds: [workload]
                remediation: Take ours.
                sentence: [L25.4]
                logic:
                  cel: {each: container, expression: "container.image.startsWith('ours/')", path: image, message: is not ours}
                """);
        audit(
                manifest.toString(),
                "--control-dir",
                folder.resolve("mine").toString(),
                "--controls",
                "acme-image",
                "--format",
                "jsonl");
        assertThat(lines()).hasSize(2).allMatch(line -> line.contains("container main is not ours"));
        assertThat(lines().getFirst()).contains("\"line\":7", "\"path\":\"spec.containers[0].image\"");
    }

    @Test
    void aFaultyControlIsSaidByFileAndLine() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("mine/bad"));
        Files.writeString(mine.resolve("control.yaml"), "id: BAD_ID\ntitle: x\n");
        String errors = errors(() -> assertThat(audit(
                        manifest.toString(),
                        "--control-dir",
                        folder.resolve("mine").toString()))
                .isEqualTo(ExitCode.USAGE));
        assertThat(errors)
                .contains("mine/bad/control.yaml:1: not an id: BAD_ID")
                .contains("rationale is missing");
    }

    @Test
    void parametersAreTakenFromAFile() throws IOException {
        Path parameters =
                Files.writeString(folder.resolve("parameters.yml"), "PLM-IMG-003: {allowed: [registry.example.com]}\n");
        audit(
                manifest.toString(),
                "--controls",
                "PLM-IMG-003",
                "--parameters",
                parameters.toString(),
                "--format",
                "jsonl");
        assertThat(lines()).hasSize(2).allMatch(line -> line.contains("\"FAIL\""));
        Files.writeString(parameters, "PLM-IMG-003: {allowed: 7}\n");
        assertThat(errors(() -> assertThat(audit(
                                manifest.toString(),
                                "--controls",
                                "PLM-IMG-003",
                                "--parameters",
                                parameters.toString()))
                        .isEqualTo(ExitCode.USAGE)))
                .contains("PLM-IMG-003.allowed is no LIST");
    }

    @Test
    void everyPathCanBeAClusterOfItsOwn() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("ns.yaml"), "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
        audit("--separate", manifest.toString(), other.toString(), "--controls", "PLM-ADM-001", "--format", "jsonl");
        assertThat(lines()).hasSize(2);
        assertThat(lines().getLast()).contains("no-application-workload");
    }

    @Test
    void aVersionThatCannotBeReadIsNeverGood() throws IOException {
        Files.writeString(
                manifest,
                "{apiVersion: v1, kind: Node, metadata: {name: n1}, status: {nodeInfo: {kubeletVersion: banana}}}");
        audit(manifest.toString(), "--controls", "PLM-CP-002", "--format", "jsonl");
        assertThat(lines())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("UNKNOWN", "not a Kubernetes version"));
        assertThat(errors(() -> assertThat(audit(manifest.toString(), "--kubernetes-version", "banana"))
                        .isEqualTo(ExitCode.USAGE)))
                .contains("not a Kubernetes version");
    }

    @Test
    void wrongUsageIsSaid() {
        assertThat(errors(() -> assertThat(audit(manifest.toString(), "--controls", "PLM-POD-999"))
                        .isEqualTo(ExitCode.USAGE)))
                .contains("no control PLM-POD-999");
        assertThat(errors(() -> assertThat(audit(manifest.toString(), "--pod-security", "strict@1.33"))
                        .isEqualTo(ExitCode.USAGE)))
                .contains("--pod-security takes LEVEL@VERSION");
        assertThat(errors(() -> assertThat(audit(manifest.toString(), "--framework", "iso-9001"))
                        .isEqualTo(ExitCode.USAGE)))
                .contains("no framework iso-9001; known are");
        assertThat(audit()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void nothingUsableIsSaid() throws IOException {
        Files.writeString(manifest, "just: text\n");
        assertThat(audit(manifest.toString())).isEqualTo(ExitCode.NOTHING_USABLE);
    }
}
