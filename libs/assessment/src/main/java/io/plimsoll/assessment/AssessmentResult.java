package io.plimsoll.assessment;

import io.plimsoll.assessment.scope.ScopeAssessment;
import io.plimsoll.maturity.model.StageModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole answer.
 *
 * @param snapshot SHA-256 over everything assessed, positions aside: equal input, equal text
 * @param scopes widest first, then by id
 * @param findings worst first
 */
public record AssessmentResult(
        StageModel model,
        String snapshot,
        @Nullable Instant asOf,
        List<ScopeAssessment> scopes,
        List<Coverage> coverage,
        List<Finding> findings) {

    /** The same answer with further gaps. */
    public AssessmentResult with(List<Coverage> more) {
        List<Coverage> all = new ArrayList<>(coverage);
        all.addAll(more);
        return new AssessmentResult(model, snapshot, asOf, scopes, List.copyOf(all), findings);
    }

    public ScopeAssessment organisation() {
        return scopes.getFirst();
    }
}
