package io.plimsoll.audit.control.question;

import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import java.util.List;

/**
 * What controls are asked of: one object as one document declares it. Pods, and ReplicaSets that a Deployment owns, are no
 * targets of their own: they are further pods of their top owner, which need not be in the input.
 *
 * @param id of the object, or of the unseen owner of {@code object}
 * @param object as declared
 * @param pods its pod specifications, its own first; empty for what runs nothing
 */
public record Target(ResourceId id, Resource object, List<Pod> pods) {

    public Target {
        pods = List.copyOf(pods);
    }

    /**
     * One pod specification with what is found out about it once and asked by many controls.
     *
     * @param shapeFault why fields may hide what controls ask for; empty when the shape is right
     */
    public record Pod(PodFields fields, PodStandard standard, String shapeFault) {
        static Pod of(PodFields fields) {
            return new Pod(fields, new PodStandard(fields), PodShape.fault(fields));
        }
    }

    public boolean runs() {
        return !pods.isEmpty();
    }
}
