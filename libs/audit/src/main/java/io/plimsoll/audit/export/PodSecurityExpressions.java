package io.plimsoll.audit.export;

import static io.plimsoll.audit.export.Exportable.container;
import static io.plimsoll.audit.export.Exportable.pod;

import io.plimsoll.audit.export.Exportable.Part;
import io.plimsoll.audit.podsecurity.Level;
import io.plimsoll.audit.podsecurity.PodSecurity;
import io.plimsoll.audit.podsecurity.Version;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The families of the Pod Security Standards of one version in CEL. Each gives what {@link PodSecurity} gives of every pod
 * that an API server takes; a field of the wrong type it refuses before any policy is asked.
 */
final class PodSecurityExpressions {

    private static final String CONTEXT = "container.?securityContext";
    private static final String POD_CONTEXT = "variables.pod.?securityContext";
    private static final String PROFILES = "['RuntimeDefault', 'Localhost']";
    private static final String OWN_USERS = "variables.pod.?hostUsers.orValue(true) == false";

    private final Version version;
    private final Map<String, List<Part>> families = new LinkedHashMap<>();

    private PodSecurityExpressions(Version version) {
        this.version = version;
        host();
        privilege();
        profiles();
        kernel();
        restricted();
    }

    /** By family, those that the version asks, baseline first. */
    static Map<String, List<Part>> of(Version version) {
        return new PodSecurityExpressions(version).families;
    }

    /** Every part of a level. */
    static List<Part> of(Level level, Version version) {
        List<String> asked = PodSecurity.families(level, version);
        return of(version).entrySet().stream()
                .filter(family -> asked.contains(family.getKey()))
                .flatMap(family -> family.getValue().stream())
                .toList();
    }

    private void host() {
        families.put(
                "hostnamespaces",
                List.of(pod(
                        "variables.pod.?hostNetwork.orValue(false) == false && variables.pod.?hostPID.orValue(false)"
                                + " == false && variables.pod.?hostIPC.orValue(false) == false",
                        "the pod shares a namespace of its node; remove hostNetwork, hostPID and hostIPC")));
        families.put(
                "hostpathvolumes",
                List.of(pod(
                        "variables.volumes.all(volume, !has(volume.hostPath))",
                        "a volume is a folder of the node; use a persistentVolumeClaim, emptyDir or configMap")));
        families.put(
                "hostports",
                List.of(container(
                        "container.?ports.orValue([]).all(port, port.?hostPort.orValue(0) == 0)",
                        "listens on a port of its node; remove hostPort and use a Service")));
        if (asks("hostprobesandhostlifecycle", Level.BASELINE)) {
            families.put(
                    "hostprobesandhostlifecycle",
                    List.of(container(
                            List.of(
                                            "livenessProbe",
                                            "readinessProbe",
                                            "startupProbe",
                                            "lifecycle.?postStart",
                                            "lifecycle.?preStop")
                                    .stream()
                                    .flatMap(caller -> List.of("httpGet", "tcpSocket").stream()
                                            .map(call ->
                                                    "container.?" + caller + ".?" + call + ".?host.orValue('') == ''"))
                                    .collect(Collectors.joining(" && ")),
                            "has the kubelet call another host; remove host from probes and lifecycle hooks")));
        }
    }

    private void privilege() {
        families.put(
                "privileged",
                List.of(container(
                        CONTEXT + ".?privileged.orValue(false) == false",
                        "is privileged; set securityContext.privileged to false")));
        families.put(
                "windowshostprocess",
                List.of(
                        pod(
                                POD_CONTEXT + ".?windowsOptions.?hostProcess.orValue(false) == false",
                                "the pod runs as a process of the node;"
                                        + " set securityContext.windowsOptions.hostProcess to false"),
                        container(
                                CONTEXT + ".?windowsOptions.?hostProcess.orValue(false) == false",
                                "runs as a process of the node;"
                                        + " set securityContext.windowsOptions.hostProcess to false")));
        families.put(
                "capabilities_baseline",
                List.of(container(
                        CONTEXT + ".?capabilities.?add.orValue([]).all(name, name in ["
                                + "'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD',"
                                + " 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'])",
                        "adds a capability beyond the default; remove it from securityContext.capabilities.add")));
    }

    private void profiles() {
        families.put("seccompprofile_baseline", atLeast(19) ? seccompFields() : seccompAnnotations());
        String appArmor =
                ".?appArmorProfile.optMap(profile, profile.?type.orValue('') in " + PROFILES + ").orValue(true)";
        families.put(
                "apparmorprofile",
                List.of(
                        pod(
                                POD_CONTEXT + appArmor + " && variables.annotations.all(key, !key.startsWith("
                                        + "'container.apparmor.security.beta.kubernetes.io/')"
                                        + " || variables.annotations[key] in ['', 'runtime/default']"
                                        + " || variables.annotations[key].startsWith('localhost/'))",
                                "the pod runs without AppArmor; set securityContext.appArmorProfile.type to RuntimeDefault"),
                        container(
                                CONTEXT + appArmor,
                                "runs without AppArmor; set securityContext.appArmorProfile.type to RuntimeDefault")));
        String types = "'', 'container_t', 'container_init_t', 'container_kvm_t'"
                + (atLeast(31) ? ", 'container_engine_t'" : "");
        String selinux = ".?seLinuxOptions.optMap(options, options.?type.orValue('') in [" + types
                + "] && options.?user.orValue('') == '' && options.?role.orValue('') == '').orValue(true)";
        families.put(
                "selinuxoptions",
                List.of(
                        pod(POD_CONTEXT + selinux, "the pod widens SELinux; remove seLinuxOptions"),
                        container(CONTEXT + selinux, "widens SELinux; remove seLinuxOptions")));
    }

    private List<Part> seccompFields() {
        String allowed =
                ".?seccompProfile.optMap(profile, profile.?type.orValue('') in " + PROFILES + ").orValue(true)";
        return List.of(
                pod(
                        POD_CONTEXT + allowed,
                        "the pod runs without a seccomp profile; set securityContext.seccompProfile.type to RuntimeDefault"),
                container(
                        CONTEXT + allowed,
                        "runs without a seccomp profile; set securityContext.seccompProfile.type to RuntimeDefault"));
    }

    private static List<Part> seccompAnnotations() {
        String allowed = "variables.annotations.all(key, key != %s || variables.annotations[key] in"
                + " ['runtime/default', 'docker/default'] || variables.annotations[key].startsWith('localhost/'))";
        return List.of(
                pod(
                        allowed.formatted("'seccomp.security.alpha.kubernetes.io/pod'"),
                        "the pod runs without a seccomp profile; set the annotation to runtime/default"),
                container(
                        allowed.formatted(
                                "'container.seccomp.security.alpha.kubernetes.io/' + container.?name.orValue('')"),
                        "runs without a seccomp profile; set the annotation to runtime/default"));
    }

    private void kernel() {
        String masked = CONTEXT + ".?procMount.orValue('Default') == 'Default'";
        String message = "takes the masks off /proc; remove securityContext.procMount";
        families.put("procmount", List.of(container(unlessOwnUsers(masked), message)));
        if (asks("procmount_restricted", Level.RESTRICTED)) {
            families.put("procmount_restricted", List.of(container(masked, message)));
        }
        String safe = PodSecurity.safeSysctls(version).stream()
                .map(name -> "'" + name + "'")
                .collect(Collectors.joining(", ", "[", "]"));
        families.put(
                "sysctls",
                List.of(pod(
                        POD_CONTEXT + ".?sysctls.orValue([]).all(sysctl, sysctl.?name.orValue('') in " + safe + ")",
                        "the pod sets a kernel parameter that is not safe; remove it from securityContext.sysctls")));
    }

    private void restricted() {
        if (asks("allowprivilegeescalation", Level.RESTRICTED)) {
            families.put(
                    "allowprivilegeescalation",
                    List.of(container(
                            unlessWindows(CONTEXT + ".?allowPrivilegeEscalation.orValue(true) == false"),
                            "may gain privileges; set securityContext.allowPrivilegeEscalation to false")));
        }
        if (asks("capabilities_restricted", Level.RESTRICTED)) {
            families.put(
                    "capabilities_restricted",
                    List.of(container(
                            unlessWindows("'ALL' in " + CONTEXT + ".?capabilities.?drop.orValue([]) && " + CONTEXT
                                    + ".?capabilities.?add.orValue([]).all(name, name == 'NET_BIND_SERVICE')"),
                            "keeps capabilities; set securityContext.capabilities.drop to [ALL]")));
        }
        String ofPod = POD_CONTEXT + ".?runAsNonRoot";
        families.put(
                "runasnonroot",
                List.of(
                        pod(
                                unlessOwnUsers(ofPod + ".orValue(true) == true"),
                                "the pod allows root; set securityContext.runAsNonRoot to true"),
                        container(
                                unlessOwnUsers(
                                        CONTEXT + ".?runAsNonRoot.orValue(" + ofPod + ".orValue(false)) == true"),
                                "may run as root; set securityContext.runAsNonRoot to true")));
        if (asks("runasuser", Level.RESTRICTED)) {
            families.put(
                    "runasuser",
                    List.of(
                            pod(
                                    unlessOwnUsers(POD_CONTEXT + ".?runAsUser.orValue(1) != 0"),
                                    "the pod runs as root; set securityContext.runAsUser to another number than 0"),
                            container(
                                    unlessOwnUsers(CONTEXT + ".?runAsUser.orValue(1) != 0"),
                                    "runs as root; set securityContext.runAsUser to another number than 0")));
        }
        families.put(
                "restrictedvolumes",
                List.of(pod(
                        "variables.volumes.all(volume, "
                                + List.of(
                                                "configMap",
                                                "csi",
                                                "downwardAPI",
                                                "emptyDir",
                                                "ephemeral",
                                                "image",
                                                "persistentVolumeClaim",
                                                "projected",
                                                "secret")
                                        .stream()
                                        .map(type -> "has(volume." + type + ")")
                                        .collect(Collectors.joining(" || "))
                                + ")",
                        "a volume is of a type that is not allowed; use a persistentVolumeClaim")));
        if (asks("seccompprofile_restricted", Level.RESTRICTED)) {
            String type = ".?seccompProfile.?type";
            families.put(
                    "seccompprofile_restricted",
                    List.of(
                            pod(
                                    unlessWindows(POD_CONTEXT
                                            + ".?seccompProfile.optMap(profile, profile.?type.orValue('') in "
                                            + PROFILES + ").orValue(true)"),
                                    "the pod names no allowed seccomp profile;"
                                            + " set securityContext.seccompProfile.type to RuntimeDefault"),
                            container(
                                    unlessWindows(
                                            CONTEXT + ".?seccompProfile.optMap(profile, profile.?type.orValue('') in "
                                                    + PROFILES + ").orValue(" + POD_CONTEXT + type + ".orValue('') in "
                                                    + PROFILES + ")"),
                                    "names no seccomp profile; set securityContext.seccompProfile.type to RuntimeDefault")));
        }
    }

    private boolean asks(String family, Level level) {
        return PodSecurity.families(level, version).contains(family);
    }

    private boolean atLeast(int minor) {
        return version.minor() >= minor;
    }

    private String unlessWindows(String expression) {
        return atLeast(25) ? "variables.windows || (" + expression + ")" : expression;
    }

    private String unlessOwnUsers(String expression) {
        return atLeast(35) ? OWN_USERS + " || (" + expression + ")" : expression;
    }
}
