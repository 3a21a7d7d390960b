package io.plimsoll.cli.guardrails;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.Plimsoll;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardrailsCommandTest {

    private static final String PODS = """
            apiVersion: v1
            kind: Pod
            metadata: {name: good, namespace: shop}
            spec: {containers: [{name: main, image: a}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: bad, namespace: shop}
            spec: {containers: [{name: main, image: a, securityContext: {privileged: true}}]}
            """;

    @TempDir
    Path folder;

    private Path pods;
    private Path policies;

    private record Run(int code, String out, String err) {}

    @BeforeEach
    void podsAndAPlaceForPolicies() throws IOException {
        pods = Files.writeString(folder.resolve("pods.yaml"), PODS);
        policies = folder.resolve("policies.yaml");
    }

    @Test
    void writesPoliciesAndSaysWhatTheyWouldBreak() {
        Run run = run(
                "export",
                "--control",
                "pod-security/privileged,read-only-root-filesystem",
                "--action",
                "Deny",
                "--exempt-namespace",
                "kube-system",
                pods.toString());
        assertThat(run.code()).isEqualTo(ExitCode.DONE);
        assertThat(run.out())
                .contains(
                        "kind: ValidatingAdmissionPolicy\n",
                        "kind: ValidatingAdmissionPolicyBinding\n",
                        "name: plimsoll-pod-security-privileged\n",
                        "name: plimsoll-read-only-root-filesystem\n",
                        "validationActions: [Deny]\n",
                        "values: [kube-system]\n");
        assertThat(run.err()).isEqualTo("""
                pod-security/privileged: Deny, 1 namespace selected, 2 objects asked, 1 refusal
                  shop/Pod/bad: container main is privileged; set securityContext.privileged to false
                read-only-root-filesystem: Deny, 1 namespace selected, 2 objects asked, 2 refusals
                  shop/Pod/bad: container main can write to its image; set securityContext.readOnlyRootFilesystem to true
                  shop/Pod/good: container main can write to its image; set securityContext.readOnlyRootFilesystem to true
                """);
    }

    @Test
    void whatItWritesActsWhenItIsRead() {
        assertThat(run("export", "--control", "pod-security/privileged", "-o", policies.toString())
                        .code())
                .isEqualTo(ExitCode.DONE);
        Run run = run("effects", pods.toString(), policies.toString());
        assertThat(run.code()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).isEqualTo("""
                plimsoll-pod-security-privileged bound by plimsoll-pod-security-privileged: Audit, 1 namespace selected, 2 objects asked, 1 refusal
                  shop/Pod/bad: container main is privileged; set securityContext.privileged to false
                """);
    }

    @Test
    void saysWhichPoliciesDoNothing() throws IOException {
        run("export", "--control", "pod-security/privileged", "-o", policies.toString());
        String written = Files.readString(policies);
        Files.writeString(policies, written.substring(0, written.indexOf("---")));
        assertThat(run("effects", pods.toString(), policies.toString()).out())
                .isEqualTo("plimsoll-pod-security-privileged: no binding, so it does nothing\n");
        Files.writeString(policies, written);
        assertThat(run("effects", policies.toString()).out()).contains("it selects nothing that is there");
        assertThat(run("effects", pods.toString()).out())
                .isEqualTo("no validating admission policy among the objects\n");
    }

    @Test
    void listsWhatCanBeWritten() {
        Run run = run("export", "--list", "--pod-security", "latest");
        assertThat(run.out().lines())
                .hasSizeGreaterThan(25)
                .anyMatch(line -> line.startsWith("pod-security/procmount_restricted "));
        assertThat(run("export", "--list", "--pod-security", "1.7").out()).doesNotContain("allowprivilegeescalation");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "export",
                "export --control liveness-probe",
                "export --control pod-security/privileged --action Forbid",
                "export --control pod-security/privileged --target 1.29",
                "export --control pod-security/privileged --target 2.0",
                "export --control pod-security/privileged --pod-security 1.99",
                "export --control pod-security/privileged nowhere",
                "export --control pod-security/privileged -o /nowhere/at/all.yaml",
                "effects",
                "effects nowhere"
            })
    void refusesWhatItCannotDo(String line) {
        Run run = run(line.split(" "));
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).startsWith("plimsoll: ").doesNotContain("Exception");
    }

    private static Run run(String... arguments) {
        String[] line = new String[arguments.length + 1];
        line[0] = "guardrails";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            int code = Plimsoll.run(line);
            return new Run(code, written.toString(StandardCharsets.UTF_8), said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
