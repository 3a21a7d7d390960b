package io.plimsoll.kubernetes.workload;

import io.plimsoll.kubernetes.value.Value;

/**
 * One container of a pod specification.
 *
 * @param path in the object, for instance {@code spec.template.spec.containers[0]}
 */
public record Container(Role role, String path, Value body) {

    /** Where in the pod it stands. */
    public enum Role {
        INIT,
        MAIN,
        EPHEMERAL
    }

    public String name() {
        return body.text("name");
    }

    /** The image reference as written; empty when there is none. */
    public String image() {
        return body.text("image");
    }

    public Value securityContext() {
        return body.at("securityContext");
    }

    /** An init container that keeps running beside the main ones (KEP-753). */
    public boolean sidecar() {
        return role == Role.INIT && "Always".equals(body.text("restartPolicy"));
    }
}
