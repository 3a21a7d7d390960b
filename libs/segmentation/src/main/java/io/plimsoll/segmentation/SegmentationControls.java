package io.plimsoll.segmentation;

import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.isolation.IsolationControl;
import io.plimsoll.segmentation.isolation.IsolationJudge;
import io.plimsoll.segmentation.policy.PolicySet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/** Isolation as an effect, as evidence. Pure, any thread. */
public final class SegmentationControls {

    private SegmentationControls() {}

    /** The controls this engine answers: three of workloads, two of namespaces. */
    public static List<Control> all() {
        return Arrays.stream(IsolationControl.values())
                .map(IsolationControl::control)
                .toList();
    }

    /**
     * One answer per control and subject, in the order of evidence. Where a policy was found that is not analysed yet and could
     * isolate the subject, a FAIL becomes UNKNOWN; a PASS stays.
     *
     * @param workloads of the cluster that are asked
     * @param namespaces of the cluster that are asked, by name, whether they were given as objects or not
     */
    public static List<Evidence> evidence(ClusterState state, List<Workload> workloads, Collection<String> namespaces) {
        IsolationJudge judge = new IsolationJudge(state, workloads, PolicySet.of(state));
        List<Evidence> evidence = new ArrayList<>();
        workloads.forEach(workload -> evidence.addAll(judge.judge(workload)));
        new TreeSet<>(namespaces).forEach(namespace -> evidence.addAll(judge.judge(namespace)));
        Collections.sort(evidence);
        return List.copyOf(evidence);
    }
}
