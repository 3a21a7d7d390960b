package io.plimsoll.audit.workload;

import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.audit.podsecurity.Version;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.List;

/** The controls asked of every workload, those gates count first, then advice. Pure, any thread. */
public final class WorkloadControls {

    private static final List<PodControl> CONTROLS = List.of(
            PodControl.ofContainers(PodStandards.BASELINE, PodStandards::baseline),
            PodControl.ofContainers(HardeningCore.CONTROL, HardeningCore::judge),
            new PodControl(WorkloadControlled.CONTROL, WorkloadControlled::judge),
            PodControl.ofContainers(RequestsAndReadiness.CONTROL, RequestsAndReadiness::judge),
            PodControl.ofContainers(PodStandards.RESTRICTED, PodStandards::restricted),
            PodControl.ofContainers(SeccompSet.CONTROL, SeccompSet::judge),
            PodControl.ofContainers(HostPathSensitive.CONTROL, HostPathSensitive::judge),
            PodControl.ofContainers(SecretInEnvironment.CONTROL, SecretInEnvironment::judge),
            PodControl.ofContainers(SidecarNotWeaker.CONTROL, SidecarNotWeaker::judge),
            PodControl.ofContainers(ReadOnlyRootFilesystem.CONTROL, ReadOnlyRootFilesystem::judge),
            PodControl.ofContainers(ServiceAccountToken.CONTROL, ServiceAccountToken::judge),
            PodControl.ofContainers(LivenessProbe.CONTROL, LivenessProbe::judge));

    private static final List<Control> ALL =
            CONTROLS.stream().map(PodControl::control).toList();

    private WorkloadControls() {}

    /** Every control of this package, in the order {@link #evidence} answers them. */
    public static List<Control> all() {
        return ALL;
    }

    /** The version of the Pod Security Standards all clusters are judged by, so that they can be compared. */
    public static Version standards() {
        return PodStandards.VERSION;
    }

    /** One answer per control, in the order of {@link #all}. Where pod specifications differ, the weakest decides. */
    public static List<Evidence> evidence(Workload workload) {
        List<PodFields> pods = workload.templates().stream().map(PodFields::of).toList();
        return CONTROLS.stream()
                .map(each -> each.answer(workload, pods).evidence(each.control(), workload))
                .toList();
    }
}
