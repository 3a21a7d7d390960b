package io.plimsoll.audit.control.question;

import io.plimsoll.audit.version.KubernetesVersion;
import io.plimsoll.audit.version.VersionKnowledge;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What an audit is told besides the objects.
 *
 * @param target Kubernetes version that is run or will be; null when unknown, then the newest known counts
 * @param today against which support windows are held; null when there is no clock
 * @param versions what is known of Kubernetes' releases
 */
public record Settings(
        @Nullable KubernetesVersion target, @Nullable LocalDate today, VersionKnowledge versions) {

    public static Settings builtin() {
        return new Settings(null, null, VersionKnowledge.builtin());
    }
}
