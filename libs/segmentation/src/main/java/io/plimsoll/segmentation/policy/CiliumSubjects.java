package io.plimsoll.segmentation.policy;

import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.segmentation.policy.Unanalysed.Subject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a Cilium policy selects: {@code endpointSelector} of {@code spec} and of each of {@code specs}. Keys may name their source
 * ({@code k8s:app}); {@code io.kubernetes.pod.namespace} and {@code io.cilium.k8s.namespace.labels.*} speak of the namespace. A
 * condition that cannot be told from manifests is left out, so that rather more pods are taken for selected than fewer.
 */
final class CiliumSubjects {

    private static final String NAMESPACE = "io.kubernetes.pod.namespace";
    private static final String NAMESPACE_LABEL = "io.cilium.k8s.namespace.labels.";

    private CiliumSubjects() {}

    /** Empty when it cannot be told; a rule for nodes selects no pod with a network of its own. */
    static List<Subject> of(Resource resource) {
        List<Value> specs = new ArrayList<>(resource.body().items("specs"));
        if (resource.spec().present()) {
            specs.add(resource.spec());
        }
        List<Subject> subjects = new ArrayList<>();
        for (Value spec : specs) {
            Optional<LabelSelector> selector = SelectorReader.readAnyKey(spec.at("endpointSelector"));
            if (!spec.hasKey("endpointSelector") || selector.isEmpty()) {
                return List.of();
            }
            subjects.add(subject(selector.get(), directions(spec)));
        }
        return subjects;
    }

    private static Subject subject(LabelSelector selector, Set<Direction> directions) {
        List<Requirement> namespaces = new ArrayList<>();
        List<Requirement> pods = new ArrayList<>();
        for (Requirement written : selector.requirements()) {
            String key = written.key().replaceFirst("^(k8s|any):", "");
            Requirement requirement = written.of(key);
            if (key.equals(NAMESPACE)) {
                namespaces.add(requirement.of(Labels.NAMESPACE_NAME));
            } else if (key.startsWith(NAMESPACE_LABEL)) {
                namespaces.add(requirement.of(key.substring(NAMESPACE_LABEL.length())));
            } else if (!key.startsWith("io.cilium.")) {
                pods.add(requirement);
            }
        }
        return new Subject(new LabelSelector(namespaces), new LabelSelector(pods), directions);
    }

    /** Both where neither is written. */
    private static Set<Direction> directions(Value spec) {
        Set<Direction> directions = EnumSet.noneOf(Direction.class);
        for (Direction direction : Direction.values()) {
            if (spec.hasKey(direction.field()) || spec.hasKey(direction.field() + "Deny")) {
                directions.add(direction);
            }
        }
        return directions.isEmpty() ? EnumSet.allOf(Direction.class) : directions;
    }
}
