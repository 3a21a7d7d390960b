package io.plimsoll.audit.workload;

import static io.plimsoll.kernel.EvidenceState.FAIL;
import static io.plimsoll.kernel.EvidenceState.NOT_APPLICABLE;
import static io.plimsoll.kernel.EvidenceState.PASS;
import static io.plimsoll.kernel.EvidenceState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.audit.podsecurity.Declared;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodStandardsTest {

    /** Root is ruled out by the pod, the rest by the container; the word ALL in lower case. */
    private static final String HARDENED = """
            securityContext: {runAsNonRoot: true}
            containers:
            - name: web
              securityContext:
                allowPrivilegeEscalation: false
                capabilities: {drop: [all]}
            """;

    @Test
    void showsTheFirstViolationAndNamesAllFamilies() {
        Evidence evidence = Judged.deployment("pod-security-baseline", """
                hostPID: true
                containers:
                - name: web
                  securityContext:
                    privileged: true
                """);
        assertThat(evidence.state()).isEqualTo(FAIL);
        assertThat(evidence.reason()).isEqualTo(Reason.SEEN_AND_WRONG);
        assertThat(evidence.path()).isEqualTo("spec.template.spec.containers[0].securityContext.privileged");
        assertThat(evidence.value()).isEqualTo("true");
        assertThat(evidence.source()).isEqualTo(new Source("test.yaml", 1, 11));
        assertThat(evidence.message())
                .startsWith("container web is privileged;")
                .endsWith("in: privileged, hostnamespaces");
    }

    @Test
    void givesThePathInACronJob() {
        Evidence evidence = Judged.of("pod-security-baseline", Declared.workload("""
                        apiVersion: batch/v1
                        kind: CronJob
                        metadata: {name: backup}
                        spec: {jobTemplate: {spec: {template: {spec: {hostPID: true, containers: [{name: a}]}}}}}
                        """));
        assertThat(evidence.path()).isEqualTo("spec.jobTemplate.spec.template.spec.hostPID");
    }

    @Test
    void passesBaselineWithoutRestricted() {
        assertThat(Judged.state("pod-security-baseline", HARDENED)).isEqualTo(PASS);
        assertThat(Judged.state("pod-security-restricted", HARDENED)).isEqualTo(FAIL);
    }

    @Test
    void passesRestrictedWithEveryFieldSet() {
        String spec = HARDENED.replace("[all]", "[ALL]")
                .replace("{runAsNonRoot: true}", "{runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}");
        assertThat(Judged.state("pod-security-restricted", spec)).isEqualTo(PASS);
    }

    @Test
    void takesTheHardeningCoreInAnyLetterCaseAndWithoutSeccomp() {
        assertThat(Judged.state("hardening-core", HARDENED)).isEqualTo(PASS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "runAsNonRoot: true",
                "allowPrivilegeEscalation: false",
                "drop: [all]",
            })
    void missesTheHardeningCoreWithoutOneOfItsFields(String field) {
        assertThat(Judged.state("hardening-core", HARDENED.replace(field, ""))).isEqualTo(FAIL);
    }

    @Test
    void missesTheHardeningCoreByABaselineViolation() {
        Evidence evidence = Judged.deployment("hardening-core", HARDENED + "hostIPC: true\n");
        assertThat(evidence.state()).isEqualTo(FAIL);
        assertThat(evidence.path()).isEqualTo("spec.template.spec.hostIPC");
    }

    @Test
    void missesTheHardeningCoreByAnInitContainer() {
        Evidence evidence = Judged.deployment("hardening-core", HARDENED + "initContainers: [{name: migrate}]\n");
        assertThat(evidence.state()).isEqualTo(FAIL);
        assertThat(evidence.path())
                .isEqualTo("spec.template.spec.initContainers[0].securityContext.allowPrivilegeEscalation");
        assertThat(evidence.message()).contains("init container migrate");
    }

    @Test
    void missesTheHardeningCoreWhereAContainerOverridesThePod() {
        String spec = HARDENED.replace("drop: [all]}", "drop: [all]}\n    runAsNonRoot: false");
        assertThat(Judged.deployment("hardening-core", spec).path())
                .isEqualTo("spec.template.spec.containers[0].securityContext.runAsNonRoot");
    }

    @Test
    void takesTheHardeningCoreOfContainersWhoseRootThePodAllows() {
        String spec = HARDENED.replace("{runAsNonRoot: true}", "{runAsNonRoot: false}")
                .replace("drop: [all]}", "drop: [all]}\n    runAsNonRoot: true");
        assertThat(Judged.state("hardening-core", spec)).isEqualTo(PASS);
    }

    @Test
    void asksWindowsOnlyForAUserThatIsNotRoot() {
        assertThat(Judged.state(
                        "hardening-core",
                        "os: {name: windows}\nsecurityContext: {runAsNonRoot: true}\ncontainers: [{name: web}]"))
                .isEqualTo(PASS);
    }

    @Test
    void cannotSeeTheSeccompDefaultOfTheKubelet() {
        assertThat(Judged.deployment("seccomp-set", "containers: [{name: web}]"))
                .returns(UNKNOWN, Evidence::state)
                .returns(Reason.NEEDS_CONNECTOR, Evidence::reason)
                .returns("the kubelet's default is not visible in manifests", Evidence::message);
    }

    @Test
    void failsSeccompSwitchedOffEvenBesideOneThatIsUnseen() {
        assertThat(Judged.deployment(
                        "seccomp-set",
                        "containers: [{name: a}, {name: b, securityContext: {seccompProfile: {type: Unconfined}}}]"))
                .returns(FAIL, Evidence::state)
                .returns("spec.template.spec.containers[1].securityContext.seccompProfile.type", Evidence::path)
                .returns("Unconfined", Evidence::value);
    }

    @Test
    void takesTheSeccompProfileThatHoldsForTheContainer() {
        assertThat(Judged.state("seccomp-set", """
                        securityContext: {seccompProfile: {type: Unconfined}}
                        containers: [{name: a, securityContext: {seccompProfile: {type: RuntimeDefault}}}]
                        """)).isEqualTo(PASS);
        assertThat(Judged.state(
                        "seccomp-set",
                        "securityContext: {seccompProfile: {type: RuntimeDefault}}\ncontainers: [{name: a}]"))
                .isEqualTo(PASS);
    }

    @Test
    void asksNoSeccompOfWindows() {
        assertThat(Judged.state("seccomp-set", "os: {name: windows}\ncontainers: [{name: a}]"))
                .isEqualTo(NOT_APPLICABLE);
    }
}
