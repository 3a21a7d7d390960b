package io.plimsoll.audit.export;

import java.util.List;

/**
 * The resources that a policy is asked about when they are created or changed.
 *
 * @param pods true where the objects run pods, or are pods
 */
public record Targets(List<Resources> rules, boolean pods) {

    /** @param names in the plural, a subresource behind a slash */
    public record Resources(String group, List<String> versions, List<String> names) {
        public Resources {
            versions = List.copyOf(versions);
            names = List.copyOf(names);
        }
    }

    /** Everything that runs pods, and pods themselves with the debug containers that are added later. */
    public static final Targets PODS = new Targets(
            List.of(
                    new Resources(
                            "",
                            List.of("v1"),
                            List.of("pods", "pods/ephemeralcontainers", "podtemplates", "replicationcontrollers")),
                    new Resources(
                            "apps", List.of("v1"), List.of("deployments", "statefulsets", "daemonsets", "replicasets")),
                    new Resources("batch", List.of("v1"), List.of("jobs", "cronjobs"))),
            true);

    public Targets {
        rules = List.copyOf(rules);
    }
}
