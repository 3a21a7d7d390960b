package io.plimsoll.audit.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A path in the file system of a node; empty when none is written. */
record NodePath(String raw) {

    /** Sensitive with all that lies under them. */
    private static final List<String> TREES =
            List.of("/boot", "/dev", "/etc", "/proc", "/root", "/sys", "/var/lib/etcd", "/var/lib/kubelet");

    /** Sensitive because of what else lies under them; a folder further down need not be. */
    private static final Set<String> PARENTS = Set.of(
            "/",
            "/home",
            "/run",
            "/run/containerd",
            "/run/crio",
            "/usr",
            "/usr/bin",
            "/usr/local/bin",
            "/var",
            "/var/lib",
            "/var/lib/containerd",
            "/var/lib/docker",
            "/var/run",
            "/var/run/containerd",
            "/var/run/crio",
            "/var/run/docker");

    /** Everybody may know these. */
    private static final Set<String> HARMLESS = Set.of(
            "/dev/log",
            "/dev/null",
            "/dev/shm",
            "/etc/hostname",
            "/etc/localtime",
            "/etc/machine-id",
            "/etc/os-release",
            "/etc/pki/ca-trust",
            "/etc/ssl/certs",
            "/etc/timezone");

    private static final Pattern RUNTIME_SOCKET =
            Pattern.compile("(docker|containerd|crio|cri-dockerd|dockershim|podman|buildkitd)\\.sock"
                    + "|docker_engine|containerd-containerd");

    private static final Pattern DRIVE = Pattern.compile("[a-z]:/?");

    boolean sensitive() {
        if (raw.isBlank()) {
            return false;
        }
        String path = normal();
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (RUNTIME_SOCKET.matcher(last).matches()
                || DRIVE.matcher(raw.replace('\\', '/').toLowerCase(Locale.ROOT))
                        .matches()) {
            return true;
        }
        if (HARMLESS.contains(path)) {
            return false;
        }
        return PARENTS.contains(path)
                || TREES.stream().anyMatch(tree -> path.equals(tree) || path.startsWith(tree + "/"));
    }

    /** Without doubled slashes, dots and a slash at the end, so that no spelling hides a folder. */
    private String normal() {
        List<String> parts = new ArrayList<>();
        for (String part : raw.replace('\\', '/').split("/")) {
            if (part.equals("..")) {
                if (!parts.isEmpty()) {
                    parts.removeLast();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return "/" + String.join("/", parts);
    }
}
