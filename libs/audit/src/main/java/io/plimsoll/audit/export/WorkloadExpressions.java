package io.plimsoll.audit.export;

import static io.plimsoll.audit.export.Exportable.container;
import static io.plimsoll.audit.export.Exportable.pod;

import io.plimsoll.audit.export.Exportable.Part;
import io.plimsoll.audit.podsecurity.Level;
import io.plimsoll.audit.podsecurity.Version;
import java.util.ArrayList;
import java.util.List;

/** The controls of workloads that CEL can say; what looks into shell commands or compares containers it cannot. */
final class WorkloadExpressions {

    private static final String CONTEXT = "container.?securityContext";

    private WorkloadExpressions() {}

    static List<Exportable> all() {
        return List.of(
                Exportable.ofPods(
                        "hardening-core", "Runs without root, privilege escalation and capabilities", hardeningCore()),
                Exportable.ofPods(
                        "read-only-root-filesystem",
                        "Cannot change its own image",
                        List.of(container(
                                "variables.windows || " + CONTEXT + ".?readOnlyRootFilesystem.orValue(false) == true",
                                "can write to its image; set securityContext.readOnlyRootFilesystem to true"))),
                Exportable.ofPods(
                        "service-account-token-automounted",
                        "Holds no token of the Kubernetes API unasked",
                        List.of(pod(
                                "variables.pod.?automountServiceAccountToken.orValue(true) == false",
                                "every container gets a token of the Kubernetes API;"
                                        + " set automountServiceAccountToken to false"))),
                Exportable.ofPods(
                        "seccomp-set",
                        "Runs under a seccomp profile",
                        List.of(container(
                                "variables.windows || " + CONTEXT
                                        + ".?seccompProfile.or(variables.pod.?securityContext.?seccompProfile)"
                                        + ".optMap(profile, profile.?type.orValue('') in ['RuntimeDefault', 'Localhost'])"
                                        + ".orValue(true)",
                                "runs without a seccomp profile;"
                                        + " set securityContext.seccompProfile.type to RuntimeDefault"))),
                Exportable.ofPods(
                        "host-path-sensitive", "Holds nothing that gives its node away", List.of(hostPath())));
    }

    private static List<Part> hardeningCore() {
        List<Part> parts = new ArrayList<>(PodSecurityExpressions.of(Level.BASELINE, Version.V1_33));
        parts.add(container(
                CONTEXT + ".?runAsNonRoot.orValue(variables.pod.?securityContext.?runAsNonRoot.orValue(false)) == true",
                "may run as root; set securityContext.runAsNonRoot to true"));
        parts.add(container(
                "variables.windows || " + CONTEXT + ".?allowPrivilegeEscalation.orValue(true) == false",
                "may gain privileges; set securityContext.allowPrivilegeEscalation to false"));
        parts.add(container(
                "variables.windows || " + CONTEXT
                        + ".?capabilities.?drop.orValue([]).exists(name, name.upperAscii() == 'ALL')",
                "keeps capabilities; set securityContext.capabilities.drop to [ALL]"));
        return parts;
    }

    /** The path is read without doubled slashes and dots; two dots Kubernetes refuses. */
    private static Part hostPath() {
        String path = "'/' + volume.hostPath.path.replace('\\\\', '/').split('/')"
                + ".filter(part, part != '' && part != '.').join('/')";
        String socket = "(docker|containerd|crio|cri-dockerd|dockershim|podman|buildkitd)\\\\.sock"
                + "|docker_engine|containerd-containerd";
        String harmless = "/dev/(log|null|shm)"
                + "|/etc/(hostname|localtime|machine-id|os-release|pki/ca-trust|ssl/certs|timezone)";
        String tree = "/(boot|dev|etc|proc|root|sys|var/lib/etcd|var/lib/kubelet)(/.*)?";
        String parent = "/|/home|/run|/run/containerd|/run/crio|/usr|/usr/bin|/usr/local/bin|/var|/var/lib"
                + "|/var/lib/containerd|/var/lib/docker|/var/run|/var/run/containerd|/var/run/crio|/var/run/docker";
        return pod(
                "variables.volumes.all(volume, volume.?hostPath.?path.orValue('').trim() == '' || [" + path
                        + "].all(path,"
                        + " !path.matches('/(" + socket + ")$')"
                        + " && !path.matches('^(?i)/[a-z]:$')"
                        + " && (path.matches('^(" + harmless + ")$') || !path.matches('^(" + tree + "|" + parent
                        + ")$'))))",
                "a volume hands over a folder or socket that gives the node away; mount only what is needed");
    }
}
