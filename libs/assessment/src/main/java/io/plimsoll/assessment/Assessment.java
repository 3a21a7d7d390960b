package io.plimsoll.assessment;

import io.plimsoll.assessment.cluster.ClusterAnalysis;
import io.plimsoll.assessment.cluster.ClusterPart;
import io.plimsoll.assessment.cluster.PlatformBaseline;
import io.plimsoll.assessment.declaration.DeclaredEvidence;
import io.plimsoll.assessment.declaration.Settling;
import io.plimsoll.assessment.image.ImageControls;
import io.plimsoll.audit.estate.EstateControls;
import io.plimsoll.audit.workload.WorkloadControls;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.segmentation.SegmentationControls;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From cluster states to stages and findings, in one process. Pure: same input, same answer. */
public final class Assessment {

    private final StageModel model;
    private final ClusterAnalysis analysis;

    public Assessment(StageModel model, AddOnCatalogue catalogue) {
        this.model = model;
        this.analysis = new ClusterAnalysis(model, catalogue);
    }

    /** Without declarations. */
    public AssessmentResult assess(List<ClusterState> clusters, @Nullable Instant asOf, List<Coverage> coverage) {
        return assess(clusters, Declarations.NONE, asOf, coverage);
    }

    /**
     * @param declarations what people say; see {@link Settling} for what it may settle
     * @param asOf the time that expiries are compared with; null: what depends on time stays unknown
     * @param coverage what reading the input already told
     */
    public AssessmentResult assess(
            List<ClusterState> clusters, Declarations declarations, @Nullable Instant asOf, List<Coverage> coverage) {
        List<ClusterPart> parts = clusters.stream()
                .map(state -> analysis.part(state, declarations.of(state.name())))
                .toList();
        return EstateScoring.of(model, parts, declarations, asOf, coverage);
    }

    /** All controls an engine here answers, by id. */
    public static Map<String, Control> controls() {
        Map<String, Control> controls = new HashMap<>();
        WorkloadControls.all().forEach(control -> controls.put(control.id(), control));
        EstateControls.all().forEach(control -> controls.put(control.id(), control));
        SegmentationControls.all().forEach(control -> controls.put(control.id(), control));
        controls.put(PlatformBaseline.CONTROL.id(), PlatformBaseline.CONTROL);
        ImageControls.all().forEach(control -> controls.put(control.id(), control));
        DeclaredEvidence.all().forEach(control -> controls.put(control.id(), control));
        return controls;
    }
}
