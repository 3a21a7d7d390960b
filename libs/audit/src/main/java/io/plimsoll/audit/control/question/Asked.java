package io.plimsoll.audit.control.question;

import io.plimsoll.audit.podsecurity.ContainerFields;
import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.kubernetes.Resource;

/**
 * The circumstances of one question.
 *
 * @param target what is asked; for clusters, absent things are asked of {@code cluster}
 */
public record Asked(Target target, Cluster cluster, Parameters parameters, Settings settings) {

    /** The standards' findings about a pod of the target. */
    @SuppressWarnings(
            "ReferenceEquality") // The very pod is meant; comparing two by content costs more than judging one.
    public PodStandard standard(PodFields pod) {
        for (Target.Pod each : target.pods()) {
            if (each.fields() == pod) {
                return each.standard();
            }
        }
        return new PodStandard(pod);
    }

    /** The object a pod specification stands in. */
    public static Resource object(PodFields pod) {
        return pod.template().resource();
    }

    /** Name of the container whose field stands at {@code path}; empty when it is the pod's own. */
    public static String containerAt(PodFields pod, String path) {
        for (ContainerFields each : pod.containers()) {
            String prefix = each.container().path();
            if (path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '.')) {
                return each.container().name();
            }
        }
        return "";
    }
}
