package io.plimsoll.audit.control.question;

import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.kubernetes.Resource;

/** How a control answers. Pure, any thread; never fails on odd shapes. */
public sealed interface Judge {

    /** Asked of each pod specification of a workload; the weakest answer is the workload's. */
    @FunctionalInterface
    non-sealed interface OfPods extends Judge {
        Answer judge(PodFields pod, Asked asked);
    }

    /** Asked of one object as declared. */
    @FunctionalInterface
    non-sealed interface OfObjects extends Judge {
        Answer judge(Resource object, Asked asked);
    }

    /** Asked once of the whole cluster. */
    @FunctionalInterface
    non-sealed interface OfClusters extends Judge {
        Answer judge(Asked asked);
    }
}
