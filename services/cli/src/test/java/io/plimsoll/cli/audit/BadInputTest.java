package io.plimsoll.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.Plimsoll;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with one object is said of that object; everything beside it is judged as if it were not there. */
class BadInputTest {

    private static final String POD = "PLM-POD-001";

    @TempDir
    Path folder;

    private Path out;

    @BeforeEach
    void aGoodPodBesideIt() throws IOException {
        out = folder.resolve("out.jsonl");
        write("good.yaml", """
                apiVersion: v1
                kind: Pod
                metadata: {name: good, namespace: shop}
                spec: {containers: [{name: a, image: "b:1"}]}
                """);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    /** The lines about one control; those about the pod beside are checked and left out. */
    private List<Value> asked(String control, String... more) throws IOException {
        List<String> args = new ArrayList<>(
                List.of("audit", folder.toString(), "--format", "jsonl", "-o", out.toString(), "--controls", control));
        args.addAll(List.of(more));
        assertThat(Plimsoll.run(args.toArray(String[]::new))).isEqualTo(ExitCode.DONE);
        List<Value> lines = new ArrayList<>();
        boolean beside = false;
        for (String line : Files.readAllLines(out)) {
            Value node = json(line);
            boolean good = node.text("name").equals("good");
            beside |= good;
            if (!good) {
                lines.add(node);
            }
        }
        assertThat(beside || !control.equals(POD)).isTrue();
        return lines;
    }

    private static Value json(String text) throws IOException {
        return SingleDocument.read("report.json", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String state(List<Value> lines) {
        assertThat(lines).hasSize(1);
        return lines.getFirst().text("status") + " " + lines.getFirst().text("message");
    }

    @Test
    void containersThatAreNull() throws IOException {
        write("bad.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: bad}\nspec: {containers: null}\n");
        assertThat(state(asked(POD))).isEqualTo("UNKNOWN no container of it is in the input");
        write("bad.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: bad}\nspec: {containers: [null]}\n");
        assertThat(state(asked(POD))).isEqualTo("UNKNOWN spec.containers[0] is no mapping");
    }

    @Test
    void aMappingWhereAListBelongs() throws IOException {
        write("bad.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: bad}\nspec: {containers: {name: a}}\n");
        assertThat(state(asked(POD))).isEqualTo("UNKNOWN spec.containers is no list");
        write("bad.yaml", """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: bad}
                rules: {apiGroups: ["*"], resources: ["*"], verbs: ["*"]}
                """);
        assertThat(state(asked("PLM-RBAC-002"))).isEqualTo("UNKNOWN rules is no list");
    }

    @Test
    void noMetadata() throws IOException {
        write("bad.yaml", """
                apiVersion: v1
                kind: Pod
                spec: {containers: [{name: a, image: "b:1", securityContext: {privileged: true}}]}
                """);
        assertThat(state(asked(POD))).startsWith("FAIL container a is privileged");
    }

    @Test
    void aCustomResourceWithAPodTemplate() throws IOException {
        write("bad.yaml", """
                apiVersion: example.com/v1
                kind: Widget
                metadata: {name: bad}
                spec: {podTemplate: {spec: {containers: [{name: a, image: "b:1"}]}}}
                """);
        assertThat(state(asked(POD))).startsWith("UNKNOWN a custom resource with a pod template");
    }

    @Test
    void aConfigMapOfOneAndAHalfMegabytes() throws IOException {
        write(
                "bad.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bad}\ndata: {blob: \"" + "a".repeat(1_500_000)
                        + "\"}\n");
        assertThat(state(asked("PLM-POD-034"))).startsWith("UNKNOWN the object is over the size bound");
        assertThat(asked(POD)).isEmpty();
    }

    @Test
    void aFileOfFiveThousandDocuments() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            text.append("---\napiVersion: v1\nkind: Pod\nmetadata: {name: p")
                    .append(i)
                    .append("}\nspec: {containers: [{name: a, image: \"b:1\", securityContext: {privileged: ")
                    .append(i % 2 == 0)
                    .append("}}]}\n");
        }
        write("bad.yaml", text.toString());
        List<Value> lines = asked(POD);
        assertThat(lines).hasSize(5_000);
        assertThat(lines.stream().filter(each -> each.text("status").equals("FAIL")))
                .hasSize(2_500);
    }

    @Test
    void aKeyThatIsGivenTwice() throws IOException {
        write("bad.yaml", """
                apiVersion: v1
                kind: List
                items:
                - apiVersion: v1
                  kind: Pod
                  metadata: {name: before}
                  spec: {containers: [{name: a, image: "b:1"}]}
                - apiVersion: v1
                  kind: Pod
                  metadata: {name: bad}
                  spec:
                    hostPID: true
                    hostPID: false
                    containers: [{name: a, image: "b:1"}]
                - apiVersion: v1
                  kind: Pod
                  metadata: {name: after}
                  spec: {containers: [{name: a, image: "b:1"}]}
                """);
        List<Value> lines = asked("PLM-POD-001,PLM-POD-002");
        assertThat(lines)
                .filteredOn(each -> each.text("name").equals("bad"))
                .hasSize(2)
                .allSatisfy(each -> {
                    assertThat(each.text("status")).isEqualTo("UNKNOWN");
                    assertThat(each.text("message")).contains("hostPID", "is given twice", "line 13");
                });
        assertThat(lines)
                .filteredOn(each -> !each.text("name").equals("bad"))
                .hasSize(4)
                .allSatisfy(each -> assertThat(each.text("status")).isEqualTo("PASS"));
    }

    @Test
    void aVersionThatCannotBeRead() throws IOException {
        write("bad.yaml", """
                apiVersion: v1
                kind: Node
                metadata: {name: bad}
                status: {nodeInfo: {kubeletVersion: banana, kubeProxyVersion: banana}}
                """);
        assertThat(state(asked("PLM-CP-002"))).isEqualTo("UNKNOWN not a Kubernetes version: banana");
        assertThat(Plimsoll.run("audit", folder.toString(), "--kubernetes-version", "banana"))
                .isEqualTo(ExitCode.USAGE);
    }

    private String policy(String expression) throws IOException {
        Path policy = Files.writeString(
                folder.resolveSibling(folder.getFileName() + "-policy.yaml"), """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: policy}
                spec:
                  matchConstraints:
                    resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
                  validations:
                  - expression: |-
                      %s
                """.formatted(expression));
        int code = Plimsoll.run(
                "audit", folder.toString(), "--format", "jsonl", "-o", out.toString(), "--policy", policy.toString());
        Files.delete(policy);
        assertThat(code).isEqualTo(ExitCode.DONE);
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(1);
        Value line = json(lines.getFirst());
        return line.text("status") + " " + line.at("reason").text().orElse("null");
    }

    @Test
    void anExpressionThatWouldRunForEver() throws IOException {
        String list = "[" + "1, ".repeat(299) + "1]";
        assertThat(policy(list + ".all(a, " + list + ".all(b, " + list + ".all(c, " + list
                        + ".all(d, a + b + c + d > 0))))"))
                .isEqualTo("UNKNOWN budget");
    }

    @Test
    void aRegularExpressionThatWouldBlowUpElsewhere() throws IOException {
        assertThat(policy("!'" + "a".repeat(3_000) + "!'.matches('^(a+)+$')")).isEqualTo("PASS null");
        assertThat(policy("object.metadata.name.matches('((a{0,1000}){0,1000}){0,1000}')"))
                .isEqualTo("UNKNOWN budget");
        assertThat(policy("object.metadata.name.matches('" + "(a[b-y]z){1000}".repeat(30) + "')"))
                .isEqualTo("UNKNOWN budget");
    }

    @Test
    void aPolicyOfAMegabyte() throws IOException {
        assertThat(policy("object.metadata.name != '" + "x".repeat(1_000_000) + "'"))
                .isEqualTo("UNKNOWN object-too-large");
    }
}
