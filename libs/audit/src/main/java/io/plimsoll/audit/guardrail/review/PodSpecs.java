package io.plimsoll.audit.guardrail.review;

import java.util.Map;
import java.util.Optional;

/** Where the kinds of Kubernetes keep the specification of their pods. */
public final class PodSpecs {

    private static final Map<String, String[]> PATHS = Map.of(
            "/Pod", new String[] {"spec"},
            "/ReplicationController", new String[] {"spec", "template", "spec"},
            "apps/Deployment", new String[] {"spec", "template", "spec"},
            "apps/ReplicaSet", new String[] {"spec", "template", "spec"},
            "apps/StatefulSet", new String[] {"spec", "template", "spec"},
            "apps/DaemonSet", new String[] {"spec", "template", "spec"},
            "batch/Job", new String[] {"spec", "template", "spec"},
            "batch/CronJob", new String[] {"spec", "jobTemplate", "spec", "template", "spec"});

    private PodSpecs() {}

    /** Keys from the object to its pod specification; empty for kinds that have none. */
    public static Optional<String[]> path(String group, String kind) {
        return Optional.ofNullable(PATHS.get(group + "/" + kind)).map(String[]::clone);
    }
}
