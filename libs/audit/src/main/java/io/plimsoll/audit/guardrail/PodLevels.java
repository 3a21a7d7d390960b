package io.plimsoll.audit.guardrail;

import io.plimsoll.kubernetes.workload.PodTemplate;

/** Whether a pod breaks a level of the Pod Security Standards; asked here, answered by who knows the standards. */
public interface PodLevels {

    boolean baselineViolated(PodTemplate template);

    /** Breaks restricted, which includes baseline. */
    boolean restrictedViolated(PodTemplate template);
}
