package io.plimsoll.audit.workload;

import static io.plimsoll.kernel.EvidenceState.FAIL;
import static io.plimsoll.kernel.EvidenceState.NOT_APPLICABLE;
import static io.plimsoll.kernel.EvidenceState.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.audit.podsecurity.Declared;
import io.plimsoll.kernel.Evidence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthTest {

    private static final String CONTROL = "requests-and-readiness";

    private static final String HEALTHY = """
            containers:
            - name: web
              ports: [{containerPort: 80}]
              resources: {requests: {cpu: 100m, memory: 64Mi}}
              readinessProbe: {httpGet: {port: 80}}
            """;

    @Test
    void passesWithRequestsAndAProbe() {
        assertThat(Judged.state(CONTROL, HEALTHY)).isEqualTo(PASS);
    }

    @Test
    void takesLimitsForRequestsWhereThereAreNone() {
        assertThat(Judged.state(CONTROL, HEALTHY.replace("requests", "limits"))).isEqualTo(PASS);
        assertThat(Judged.state(CONTROL, HEALTHY.replace("memory: 64Mi}", "memory: 0}, limits: {memory: 64Mi}")))
                .isEqualTo(FAIL);
    }

    @ParameterizedTest
    @CsvSource({
        "0, FAIL",
        "0.0, FAIL",
        "0Mi, FAIL",
        "lots, FAIL",
        "0.5, PASS",
        "1e3, PASS",
        ".5Gi, PASS",
        "128974848, PASS"
    })
    void takesAQuantityAboveZeroForARequest(String quantity, String state) {
        assertThat(Judged.state(CONTROL, HEALTHY.replace("64Mi", quantity))).hasToString(state);
    }

    @Test
    void namesTheContainerThatRequestsNoMemory() {
        assertThat(Judged.deployment(CONTROL, HEALTHY.replace(", memory: 64Mi", "")))
                .returns(FAIL, Evidence::state)
                .returns("spec.template.spec.containers[0].resources.requests.memory", Evidence::path)
                .returns("", Evidence::value)
                .returns(10, evidence -> evidence.source().line());
    }

    @Test
    void asksNothingOfInitContainers() {
        assertThat(Judged.state(CONTROL, HEALTHY + "initContainers: [{name: migrate}]\n"))
                .isEqualTo(PASS);
    }

    @Test
    void asksEveryContainerThatDeclaresAPortForAProbe() {
        String second = """
                - name: admin
                  ports: [{containerPort: 81}]
                  resources: {limits: {cpu: 1, memory: 1Gi}}
                """;
        assertThat(Judged.deployment(CONTROL, HEALTHY + second))
                .returns(FAIL, Evidence::state)
                .returns("spec.template.spec.containers[1].readinessProbe", Evidence::path);
        assertThat(Judged.state(CONTROL, HEALTHY + second.replace("ports: [{containerPort: 81}]", "args: []")))
                .isEqualTo(PASS);
    }

    @Test
    void asksForOneProbeWhereNoPortIsDeclared() {
        String worker = HEALTHY.replace("ports: [{containerPort: 80}]", "args: []");
        assertThat(Judged.state(CONTROL, worker)).isEqualTo(PASS);
        assertThat(Judged.state(CONTROL, worker.replace("readinessProbe", "startupProbe")))
                .isEqualTo(FAIL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{periodSeconds: 5}",
                "{exec: {}}",
                "{exec: {command: []}}",
                "{exec: {command: ['true']}}",
                "{exec: {command: [/bin/true]}}",
                "{exec: {command: [echo, ok]}}",
                "{exec: {command: [sh, -c, 'exit 0']}}",
                "{exec: {command: [/bin/sh, -c, ':']}}",
                "{exec: {command: [bash, -ec, 'sleep 5; echo ok']}}",
                "{exec: {command: [sh, -c, 'curl -f localhost || true']}}"
            })
    void givesNothingForAProbeThatTestsNothing(String probe) {
        assertThat(Judged.state(CONTROL, HEALTHY.replace("{httpGet: {port: 80}}", probe)))
                .isEqualTo(FAIL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{tcpSocket: {port: 80}}",
                "{grpc: {port: 80}}",
                "{exec: {command: [cat, /tmp/ready]}}",
                "{exec: {command: [sh, -c, 'test -f /ready && echo ok']}}",
                "{exec: {command: [sh, -c, 'curl -f localhost || exit 1']}}",
                "{exec: {command: [sh, /probe.sh]}}"
            })
    void takesAProbeThatAsksTheProgram(String probe) {
        assertThat(Judged.state(CONTROL, HEALTHY.replace("{httpGet: {port: 80}}", probe)))
                .isEqualTo(PASS);
    }

    @Test
    void asksNothingOfWhatRunsToItsEnd() {
        for (String kind : List.of("Job", "CronJob")) {
            var workload = Declared.workload("apiVersion: batch/v1\nkind: " + kind + "\nmetadata: {name: a}\n");
            assertThat(Judged.of(CONTROL, workload).state()).isEqualTo(NOT_APPLICABLE);
            assertThat(Judged.of("liveness-probe", workload).state()).isEqualTo(NOT_APPLICABLE);
        }
    }

    @Test
    void asksForALivenessProbe() {
        assertThat(Judged.state("liveness-probe", HEALTHY)).isEqualTo(FAIL);
        assertThat(Judged.state("liveness-probe", HEALTHY.replace("readiness", "liveness")))
                .isEqualTo(PASS);
    }
}
