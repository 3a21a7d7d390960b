package io.plimsoll.audit.podsecurity;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kubernetes.workload.PodTemplate;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each step of the standards from 1.0 to the newest: in which versions one pod breaks one family. */
class VersionStepsTest {

    private static final String CONTAINER = "containers: [{name: web, securityContext: %s}]";

    static Stream<Arguments> steps() {
        String windows = "os: {name: windows}\ncontainers: [{name: web}]";
        String ownUsers = "hostUsers: false\n";
        return Stream.of(
                step("allowprivilegeescalation", CONTAINER.formatted("{}"), 8, 37),
                step("allowprivilegeescalation", windows, 8, 24),
                step("capabilities_restricted", CONTAINER.formatted("{}"), 22, 37),
                step("capabilities_restricted", windows, 22, 24),
                step("seccompprofile_restricted", CONTAINER.formatted("{}"), 19, 37),
                step("seccompprofile_restricted", windows, 19, 24),
                step("seccompprofile_baseline", CONTAINER.formatted("{seccompProfile: {type: Unconfined}}"), 19, 37),
                step("runasuser", CONTAINER.formatted("{runAsUser: 0}"), 23, 37),
                step("runasuser", ownUsers + CONTAINER.formatted("{runAsUser: 0}"), 23, 34),
                step("runasnonroot", CONTAINER.formatted("{}"), 0, 37),
                step("runasnonroot", ownUsers + CONTAINER.formatted("{}"), 0, 34),
                step("procmount", CONTAINER.formatted("{procMount: Unmasked}"), 0, 37),
                step("procmount", ownUsers + CONTAINER.formatted("{procMount: Unmasked}"), 0, 34),
                step("procmount_restricted", ownUsers + CONTAINER.formatted("{procMount: Unmasked}"), 35, 37),
                step(
                        "hostprobesandhostlifecycle",
                        "containers: [{name: web, lifecycle: {preStop: {tcpSocket: {host: a}}}}]",
                        34,
                        37),
                step("selinuxoptions", "securityContext: {seLinuxOptions: {type: container_engine_t}}", 0, 30),
                step("sysctls", sysctl("kernel.shm_rmid_forced"), 1, 0),
                step("sysctls", sysctl("net.ipv4.ip_local_reserved_ports"), 0, 26),
                step("sysctls", sysctl("net.ipv4.tcp_fin_timeout"), 0, 28),
                step("sysctls", sysctl("net.ipv4.tcp_rmem"), 0, 31),
                step("sysctls", sysctl("net.ipv4.tcp_notsent_lowat"), 0, 36),
                step("sysctls", sysctl("kernel.msgmax"), 0, 37));
    }

    /** @param last before {@code first} for never */
    @ParameterizedTest
    @MethodSource("steps")
    void breaksTheFamilyInTheseVersionsOnly(String family, String spec, int first, int last) {
        PodTemplate pod = Declared.pod(spec);
        assertThat(broken(family, pod))
                .isEqualTo(
                        new TreeSet<>(IntStream.rangeClosed(first, last).boxed().toList()));
    }

    @ParameterizedTest
    @MethodSource("annotations")
    void readsTheAnnotationsOfOldBeforeFields(String annotation, List<Integer> versions) {
        PodTemplate pod = Declared.workload("""
                apiVersion: v1
                kind: Pod
                metadata: {name: test, annotations: {%s}}
                spec: {containers: [{name: web}]}
                """.formatted(annotation)).template();
        assertThat(broken("seccompprofile_baseline", pod)).isEqualTo(new TreeSet<>(versions));
    }

    static Stream<Arguments> annotations() {
        List<Integer> before = IntStream.range(0, 19).boxed().toList();
        return Stream.of(
                Arguments.of("seccomp.security.alpha.kubernetes.io/pod: unconfined", before),
                Arguments.of("container.seccomp.security.alpha.kubernetes.io/web: unconfined", before),
                Arguments.of("container.seccomp.security.alpha.kubernetes.io/other: unconfined", List.of()),
                Arguments.of("seccomp.security.alpha.kubernetes.io/pod: localhost/a", List.of()),
                Arguments.of("seccomp.security.alpha.kubernetes.io/pod: docker/default", List.of()));
    }

    private static TreeSet<Integer> broken(String family, PodTemplate pod) {
        TreeSet<Integer> versions = new TreeSet<>();
        for (int minor = Version.OLDEST; minor <= Version.NEWEST; minor++) {
            if (PodSecurity.evaluate(pod, Level.RESTRICTED, new Version(minor)).stream()
                    .anyMatch(violation -> violation.family().equals(family))) {
                versions.add(minor);
            }
        }
        return versions;
    }

    private static String sysctl(String name) {
        return "securityContext: {sysctls: [{name: " + name + ", value: '1'}]}";
    }

    private static Arguments step(String family, String spec, int first, int last) {
        return Arguments.of(family, spec, first, last);
    }
}
