package io.plimsoll.audit.podsecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodSecurityTest {

    static Stream<Arguments> baseline() {
        return Stream.of(
                argumentSet(
                        "privileged",
                        "privileged",
                        "containers: [{name: web, securityContext: {privileged: false}}]",
                        "containers: [{name: web, securityContext: {privileged: true}}]",
                        "spec.containers[0].securityContext.privileged"),
                argumentSet(
                        "privileged init container",
                        "privileged",
                        "initContainers: [{name: init}]",
                        "initContainers: [{name: init, securityContext: {privileged: true}}]",
                        "spec.initContainers[0].securityContext.privileged"),
                argumentSet(
                        "privileged ephemeral container",
                        "privileged",
                        "ephemeralContainers: [{name: debug}]",
                        "ephemeralContainers: [{name: debug, securityContext: {privileged: true}}]",
                        "spec.ephemeralContainers[0].securityContext.privileged"),
                argumentSet("host namespaces", "hostnamespaces", "hostPID: false", "hostPID: true", "spec.hostPID"),
                argumentSet("host network", "hostnamespaces", "hostNetwork:", "hostNetwork: true", "spec.hostNetwork"),
                argumentSet("host IPC", "hostnamespaces", "hostIPC: false", "hostIPC: true", "spec.hostIPC"),
                argumentSet(
                        "host path",
                        "hostpathvolumes",
                        "volumes: [{name: data, hostPath: null}]",
                        "volumes: [{name: data, hostPath: {path: /data}}]",
                        "spec.volumes[0].hostPath.path"),
                argumentSet(
                        "host process of the pod",
                        "windowshostprocess",
                        "securityContext: {windowsOptions: {hostProcess: false}}",
                        "securityContext: {windowsOptions: {hostProcess: true}}",
                        "spec.securityContext.windowsOptions.hostProcess"),
                argumentSet(
                        "capabilities",
                        "capabilities_baseline",
                        "containers: [{name: web, securityContext: {capabilities: {add: [CHOWN, KILL]}}}]",
                        "containers: [{name: web, securityContext: {capabilities: {add: [CHOWN, NET_RAW]}}}]",
                        "spec.containers[0].securityContext.capabilities.add[1]"),
                argumentSet(
                        "host ports",
                        "hostports",
                        "containers: [{name: web, ports: [{containerPort: 80, hostPort: 0}]}]",
                        "containers: [{name: web, ports: [{containerPort: 80, hostPort: 80}]}]",
                        "spec.containers[0].ports[0].hostPort"),
                argumentSet(
                        "procMount",
                        "procmount",
                        "containers: [{name: web, securityContext: {procMount: Default}}]",
                        "containers: [{name: web, securityContext: {procMount: Unmasked}}]",
                        "spec.containers[0].securityContext.procMount"),
                argumentSet(
                        "seccomp",
                        "seccompprofile_baseline",
                        "securityContext: {seccompProfile: {type: Localhost, localhostProfile: a.json}}",
                        "securityContext: {seccompProfile: {type: Unconfined}}",
                        "spec.securityContext.seccompProfile.type"),
                argumentSet(
                        "AppArmor",
                        "apparmorprofile",
                        "containers: [{name: web, securityContext: {appArmorProfile: {type: RuntimeDefault}}}]",
                        "containers: [{name: web, securityContext: {appArmorProfile: {type: Unconfined}}}]",
                        "spec.containers[0].securityContext.appArmorProfile.type"),
                argumentSet(
                        "SELinux type",
                        "selinuxoptions",
                        "securityContext: {seLinuxOptions: {type: container_engine_t, level: s0}}",
                        "securityContext: {seLinuxOptions: {type: spc_t}}",
                        "spec.securityContext.seLinuxOptions.type"),
                argumentSet(
                        "SELinux user",
                        "selinuxoptions",
                        "securityContext: {seLinuxOptions: {user: ''}}",
                        "securityContext: {seLinuxOptions: {user: system_u}}",
                        "spec.securityContext.seLinuxOptions.user"),
                argumentSet(
                        "sysctls",
                        "sysctls",
                        "securityContext: {sysctls: [{name: net.ipv4.tcp_rmem, value: '1'}]}",
                        "securityContext: {sysctls: [{name: kernel.msgmax, value: '1'}]}",
                        "spec.securityContext.sysctls[0].name"));
    }

    @ParameterizedTest
    @MethodSource("baseline")
    void admitsWhatBaselineAllows(String family, String admitted, String refused, String path) {
        assertThat(PodSecurity.evaluate(Declared.pod(admitted), Level.BASELINE, Version.V1_33))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("baseline")
    void namesTheFieldThatBreaksBaseline(String family, String admitted, String refused, String path) {
        assertThat(PodSecurity.evaluate(Declared.pod(refused), Level.BASELINE, Version.V1_33))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.family()).isEqualTo(family);
                    assertThat(violation.path()).isEqualTo(path);
                    assertThat(violation.value()).isNotEmpty();
                    assertThat(violation.source().line()).isEqualTo(6);
                });
    }

    private static final String RESTRICTED = """
            securityContext:
              runAsNonRoot: true
              seccompProfile: {type: RuntimeDefault}
            containers:
            - name: web
              securityContext:
                allowPrivilegeEscalation: false
                capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}
            volumes:
            - name: tmp
            - name: model
              image: {reference: example.org/model}
            """;

    static Stream<Arguments> restricted() {
        return Stream.of(
                argumentSet(
                        "privilege escalation",
                        "allowprivilegeescalation",
                        "allowPrivilegeEscalation: false",
                        "allowPrivilegeEscalation: true"),
                argumentSet("capabilities kept", "capabilities_restricted", "drop: [ALL]", "drop: [all]"),
                argumentSet("capabilities added", "capabilities_restricted", "NET_BIND_SERVICE", "CHOWN"),
                argumentSet("root allowed", "runasnonroot", "runAsNonRoot: true", "runAsNonRoot: false"),
                argumentSet("root not ruled out", "runasnonroot", "runAsNonRoot: true", "fsGroup: 1"),
                argumentSet("user 0", "runasuser", "runAsNonRoot: true", "runAsNonRoot: true\n  runAsUser: 0"),
                argumentSet("volume type", "restrictedvolumes", "image: {reference", "nfs: {server"),
                argumentSet("unknown volume type", "restrictedvolumes", "image: {reference", "floppy: {drive"),
                argumentSet(
                        "no seccomp profile",
                        "seccompprofile_restricted",
                        "seccompProfile: {type: RuntimeDefault}",
                        "supplementalGroups: [1]"));
    }

    @Test
    void admitsWhatRestrictedAllows() {
        assertThat(PodSecurity.evaluate(Declared.pod(RESTRICTED), Level.RESTRICTED, Version.V1_33))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("restricted")
    void namesTheFamilyThatBreaksRestricted(String family, String written, String instead) {
        String spec = RESTRICTED.replace(written, instead);
        assertThat(spec).isNotEqualTo(RESTRICTED);
        assertThat(PodSecurity.evaluate(Declared.pod(spec), Level.RESTRICTED, Version.V1_33))
                .isNotEmpty()
                .allSatisfy(violation -> assertThat(violation.family()).isEqualTo(family));
        assertThat(PodSecurity.evaluate(Declared.pod(spec), Level.BASELINE, Version.V1_33))
                .isEmpty();
    }

    @Test
    void letsAContainerOverrideThePod() {
        String spec = """
                securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
                containers:
                - name: web
                  securityContext:
                    runAsNonRoot: false
                    seccompProfile: {type: Unconfined}
                    allowPrivilegeEscalation: false
                    capabilities: {drop: [ALL]}
                """;
        assertThat(families(spec, Level.RESTRICTED))
                .containsExactlyInAnyOrder("seccompprofile_baseline", "runasnonroot", "seccompprofile_restricted");
    }

    @Test
    void freesWindowsPodsOfWhatOnlyLinuxHas() {
        assertThat(families("os: {name: windows}\ncontainers: [{name: web}]", Level.RESTRICTED))
                .containsExactly("runasnonroot");
    }

    @Test
    void readsTheAnnotationThatWasBeforeTheAppArmorField() {
        var template = Declared.workload("""
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: shop}
                        spec:
                          template:
                            metadata:
                              annotations:
                                container.apparmor.security.beta.kubernetes.io/web: unconfined
                            spec:
                              containers: [{name: web}]
                        """).template();
        assertThat(PodSecurity.evaluate(template, Level.BASELINE, Version.V1_33))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.path())
                            .isEqualTo("spec.template.metadata.annotations"
                                    + "['container.apparmor.security.beta.kubernetes.io/web']");
                    assertThat(violation.source().line()).isEqualTo(8);
                });
    }

    @Test
    void pointsAtTheContainerThatMissesAField() {
        var template = Declared.pod("containers:\n- name: web\n  image: web\n");
        assertThat(PodSecurity.evaluate(template, Level.RESTRICTED, Version.V1_33))
                .extracting(Violation::path)
                .containsExactly(
                        "spec.containers[0].securityContext.allowPrivilegeEscalation",
                        "spec.containers[0].securityContext.capabilities.drop",
                        "spec.containers[0].securityContext.runAsNonRoot",
                        "spec.containers[0].securityContext.seccompProfile.type");
        assertThat(PodSecurity.evaluate(template, Level.RESTRICTED, Version.V1_33))
                .allSatisfy(violation -> assertThat(violation.source().line()).isEqualTo(7));
    }

    @Test
    void asksForHostsOfProbesSinceV1_34() {
        var template = Declared.pod("containers: [{name: web, livenessProbe: {httpGet: {host: db, port: 80}}}]");
        assertThat(PodSecurity.evaluate(template, Level.BASELINE, new Version(33)))
                .isEmpty();
        assertThat(PodSecurity.evaluate(template, Level.BASELINE, new Version(34)))
                .extracting(Violation::family)
                .containsExactly("hostprobesandhostlifecycle");
    }

    @Test
    void widensTheSafeSysctlsByVersion() {
        var template = Declared.pod("securityContext: {sysctls: [{name: net.ipv4.tcp_keepalive_time, value: '9'}]}");
        assertThat(PodSecurity.evaluate(template, Level.BASELINE, new Version(28)))
                .hasSize(1);
        assertThat(PodSecurity.evaluate(template, Level.BASELINE, new Version(29)))
                .isEmpty();
    }

    /** A value Kubernetes would refuse never passes for the allowed one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "containers: [{name: web, securityContext: {privileged: 'true'}}]",
                "hostNetwork: 'yes please'",
                "containers: [{name: web, ports: [{hostPort: '80'}]}]",
                "securityContext: {seccompProfile: RuntimeDefault}",
                "volumes: [{name: data, hostPath: /data}]"
            })
    void doesNotTakeAWrongTypeForTheAllowedValue(String spec) {
        assertThat(families(spec, Level.BASELINE)).hasSize(1).doesNotContain(PodSecurity.UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "containers: {web: {securityContext: {privileged: true}}}",
                "containers: [web]",
                "containers: web",
                "volumes: {data: {hostPath: {path: /}}}",
                "securityContext: [{sysctls: []}]",
                "securityContext: {seLinuxOptions: [spc_t]}",
                "securityContext: {sysctls: {kernel.msgmax: 1}}",
                "containers: [{name: web, securityContext: privileged}]",
                "containers: [{name: web, ports: {hostPort: 80}}]",
                "containers: [{name: web, securityContext: {capabilities: {add: SYS_ADMIN}}}]"
            })
    void reportsAShapeThatHidesFields(String spec) {
        assertThat(families(spec, Level.BASELINE)).containsExactly(PodSecurity.UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"containers:", "containers: []", "containers: [null]", "securityContext:", "volumes: []"})
    void takesNullAndEmptyForNothing(String spec) {
        assertThat(families(spec, Level.RESTRICTED)).isEmpty();
    }

    @Test
    void knowsNoVersionItWasNotTaught() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Version(38));
        assertThatIllegalArgumentException().isThrownBy(() -> new Version(-1));
        assertThat(Version.nearest(99)).isEqualTo(new Version(37));
        assertThat(Version.nearest(8)).isEqualTo(new Version(8));
    }

    private static List<String> families(String spec, Level level) {
        return PodSecurity.evaluate(Declared.pod(spec), level, Version.V1_33).stream()
                .map(Violation::family)
                .distinct()
                .toList();
    }
}
