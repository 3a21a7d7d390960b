package io.plimsoll.audit.workload;

import static io.plimsoll.kernel.EvidenceState.FAIL;
import static io.plimsoll.kernel.EvidenceState.NOT_APPLICABLE;
import static io.plimsoll.kernel.EvidenceState.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kernel.Evidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdviceTest {

    @Test
    void asksForAReadOnlyRootFilesystem() {
        assertThat(Judged.state(
                        "read-only-root-filesystem",
                        "containers: [{name: web, securityContext: {readOnlyRootFilesystem: true}}]"))
                .isEqualTo(PASS);
        assertThat(Judged.state("read-only-root-filesystem", "containers: [{name: web}]"))
                .isEqualTo(FAIL);
    }

    @Test
    void takesTheTokenForMountedUnlessThePodRefusesIt() {
        assertThat(Judged.state(
                        "service-account-token-automounted",
                        "automountServiceAccountToken: false\ncontainers: [{name: web}]"))
                .isEqualTo(PASS);
        assertThat(Judged.deployment(
                        "service-account-token-automounted", "serviceAccountName: shop\ncontainers: [{name: web}]"))
                .returns(FAIL, Evidence::state)
                .returns("spec.template.spec.automountServiceAccountToken", Evidence::path)
                .matches(evidence -> evidence.message().contains("service account shop"));
    }

    @Test
    void namesTheVariableAndHidesTheCredential() {
        Evidence evidence = Judged.deployment("secret-in-environment", """
                containers:
                - name: web
                  env:
                  - {name: GREETING, value: hello}
                  - name: DB_PASSWORD
                    value: hunter2
                """);
        assertThat(evidence.state()).isEqualTo(FAIL);
        assertThat(evidence.path()).isEqualTo("spec.template.spec.containers[0].env[1].value");
        assertThat(evidence.value()).isEqualTo("(hidden)");
        assertThat(evidence.message()).contains("DB_PASSWORD");
        assertThat(evidence.source().line()).isEqualTo(12);
        assertThat(evidence.toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "API_KEY",
                "apiKey",
                "STRIPE_PRIVATE_KEY",
                "PGPASSWORD",
                "AWS_SECRET_ACCESS_KEY",
                "GITHUB_TOKEN",
                "authtoken",
                "db-pass",
                "JWT_SECRET",
                "MYSQL_PWD",
                "REDIS_PASSPHRASE"
            })
    void knowsCredentialsByName(String name) {
        assertThat(environment(name, "hunter2").state()).isEqualTo(FAIL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PWD",
                "TOKEN_TTL",
                "secretName",
                "PASSWORD_FILE",
                "MAX_TOKENS",
                "TOKENIZER",
                "BYPASS",
                "KEY",
                "AWS_ACCESS_KEY_ID",
                "LOG_LEVEL",
                ""
            })
    void knowsNamesThatHoldNoCredential(String name) {
        assertThat(environment(name, "hunter2").state()).isEqualTo(PASS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "true", "yes", "1", "$(OTHER)", "${OTHER}", "{{ .Values.x }}", "/run/secrets/db"})
    void takesNoReferenceForACredential(String value) {
        assertThat(environment("DB_PASSWORD", value).state()).isEqualTo(PASS);
    }

    @Test
    void takesNoReferenceToASecretForACredential() {
        assertThat(Judged.state("secret-in-environment", """
                        containers:
                        - name: web
                          env: [{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}]
                        """)).isEqualTo(PASS);
    }

    private static Evidence environment(String name, String value) {
        return Judged.deployment(
                "secret-in-environment",
                "containers: [{name: web, env: [{name: '" + name + "', value: '" + value + "'}]}]");
    }

    @Test
    void failsASidecarThatIsBoundLessThanTheFirst() {
        assertThat(Judged.deployment("sidecar-not-weaker", """
                        containers:
                        - {name: web, securityContext: {runAsNonRoot: true}}
                        - {name: proxy, securityContext: {runAsNonRoot: false}}
                        """))
                .returns(FAIL, Evidence::state)
                .returns("spec.template.spec.containers[1].securityContext.runAsNonRoot", Evidence::path)
                .returns("false", Evidence::value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "containers: [{name: a}, {name: b, securityContext: {privileged: true}}]",
                "containers: [{name: a}, {name: b, securityContext: {capabilities: {add: [NET_ADMIN]}}}]",
                "containers: [{name: a, securityContext: {capabilities: {drop: [ALL]}}}, {name: b}]",
                "containers: [{name: a, securityContext: {allowPrivilegeEscalation: false}}, {name: b}]",
                "containers: [{name: a}]\n"
                        + "initContainers: [{name: b, restartPolicy: Always, securityContext: {privileged: true}}]"
            })
    void knowsEachRespectInWhichASidecarIsWeaker(String spec) {
        assertThat(Judged.state("sidecar-not-weaker", spec)).isEqualTo(FAIL);
    }

    @Test
    void takesASidecarAsBoundAsTheFirst() {
        assertThat(Judged.state(
                        "sidecar-not-weaker",
                        "securityContext: {runAsNonRoot: true}\ncontainers: [{name: a}, {name: b}]"))
                .isEqualTo(PASS);
    }

    @Test
    void comparesNothingWithOneContainer() {
        assertThat(Judged.state(
                        "sidecar-not-weaker",
                        "containers: [{name: a}]\ninitContainers: [{name: b, securityContext: {privileged: true}}]"))
                .isEqualTo(NOT_APPLICABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "//",
                "/etc",
                "/etc/kubernetes/pki",
                "/proc",
                "/boot/",
                "/var/lib/kubelet/pods",
                "/var/./run",
                "/var/log/../lib/etcd",
                "/var/run/docker.sock",
                "/run/containerd/containerd.sock",
                "/opt/run/crio.sock",
                "/dev/mem",
                "C:\\",
                "\\\\.\\pipe\\docker_engine"
            })
    void knowsWhatGivesTheNodeAway(String path) {
        assertThat(hostPath(path).state()).isEqualTo(FAIL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/data", "/var/log", "/etc/localtime", "/etcetera", "/dev/shm", "/var/lib/mysql", ""})
    void leavesOtherFoldersToTheBaseline(String path) {
        assertThat(hostPath(path).state()).isEqualTo(PASS);
    }

    private static Evidence hostPath(String path) {
        return Judged.deployment(
                "host-path-sensitive",
                "volumes: [{name: node, hostPath: {path: '" + path + "'}}]\ncontainers: [{name: web}]");
    }
}
