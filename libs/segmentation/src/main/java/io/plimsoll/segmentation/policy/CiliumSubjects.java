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
 * Whom a Cilium policy selects that is not understood whole: {@code endpointSelector} of {@code spec} and of each of {@code specs}. A
 * condition that cannot be told from manifests is left out, so that rather more pods are taken for selected than fewer.
 */
final class CiliumSubjects {

    private CiliumSubjects() {}

    /** Empty when it cannot be told; a rule for nodes selects no pod with a network of its own. */
    static List<Subject> of(Resource resource) {
        List<Value> specs = new ArrayList<>(resource.body().items("specs"));
        if (resource.spec().present()) {
            specs.add(resource.spec());
        }
        List<Subject> subjects = new ArrayList<>();
        for (Value spec : specs) {
            Optional<CiliumSelectors.Parts> parts = CiliumSelectors.parts(spec.at("endpointSelector"));
            if (!spec.hasKey("endpointSelector") || parts.isEmpty()) {
                return List.of();
            }
            // Of a namespaced policy it is its own namespace, whatever the selector says of namespaces.
            LabelSelector namespaces =
                    CiliumPolicies.isClusterwide(resource) ? parts.get().namespaces() : LabelSelector.EVERYTHING;
            subjects.add(new Subject(namespaces, parts.get().pods(), directions(spec)));
        }
        return subjects;
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
