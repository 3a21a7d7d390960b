package io.plimsoll.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.Plimsoll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixTest {

    @TempDir
    Path folder;

    private String fixed(String name, String text, String controls) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Path report = folder.resolve("report");
        assertThat(Plimsoll.run(
                        "audit",
                        file.toString(),
                        "--fix",
                        "--controls",
                        controls,
                        "--format",
                        "jsonl",
                        "-o",
                        report.toString()))
                .isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(report)).doesNotContain("\"FAIL\"").contains("\"PASS\"");
        return Files.readString(file);
    }

    @Test
    void replacesAndAddsAndKeepsCommentsAndOrder() throws IOException {
        assertThat(fixed("pod.yaml", """
                # first
                apiVersion: v1
                kind: Pod
                metadata: {name: a, namespace: shop}   # ours
                spec:
                  hostPID: true # why?
                  containers:
                    - name: main
                      image: a:1   # old
                    - name: other
                      image: b:1
                      securityContext:
                        privileged: true
                ---
                # second
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: b}
                """, "PLM-POD-001,PLM-POD-002,PLM-POD-028"))
                .isEqualTo("""
                # first
                apiVersion: v1
                kind: Pod
                metadata: {name: a, namespace: shop}   # ours
                spec:
                  hostPID: false # why?
                  containers:
                    - name: main
                      securityContext:
                        readOnlyRootFilesystem: true
                      image: a:1   # old
                    - name: other
                      image: b:1
                      securityContext:
                        privileged: false
                        readOnlyRootFilesystem: true
                ---
                # second
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: b}
                """);
    }

    @Test
    void writesInTheStyleOfTheFile() throws IOException {
        assertThat(fixed(
                        "pod.json",
                        "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"a\"}, \"spec\": {\"containers\": [{\"name\": \"m\", \"image\": \"a:1\"}]}}",
                        "PLM-POD-005,PLM-POD-012"))
                .contains(
                        "\"securityContext\": {\"capabilities\": {\"drop\": [\"ALL\"]}, \"allowPrivilegeEscalation\": false}");
    }

    @Test
    void mendsAnItemOfAList() throws IOException {
        assertThat(fixed("list.yaml", """
                apiVersion: v1
                kind: List
                items:
                - apiVersion: v1
                  kind: Pod
                  metadata: {name: a}
                  spec: {containers: [{name: m, image: a:1}]}
                - apiVersion: v1
                  kind: Pod
                  metadata: {name: b}
                  spec: {hostIPC: true, containers: [{name: m, image: a:1}]}
                """, "PLM-POD-003"))
                .contains("metadata: {name: b}\n  spec: {hostIPC: false, containers");
    }

    @Test
    void leavesAloneWhatNoOneValueMends() throws IOException {
        String text =
                "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: m, image: 'a:latest'}]}}\n";
        Path file = Files.writeString(folder.resolve("x.yaml"), text);
        Plimsoll.run(
                "audit",
                file.toString(),
                "--fix",
                "--controls",
                "PLM-IMG-001",
                "-o",
                folder.resolve("report").toString());
        assertThat(Files.readString(file)).isEqualTo(text);
    }

    @Test
    void neverMakesAPodThatCannotStart() throws IOException {
        Path file = Files.writeString(folder.resolve("pod.yaml"), """
                apiVersion: v1
                kind: Pod
                metadata: {name: a, namespace: shop}
                spec:
                  containers:
                    - name: main
                      image: a:1
                      securityContext:
                        runAsUser: 0
                """);
        String before = Files.readString(file);
        assertThat(Plimsoll.run("audit", file.toString(), "--fix", "--controls", "PLM-POD-006"))
                .isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(file)).isEqualTo(before);
    }
}
