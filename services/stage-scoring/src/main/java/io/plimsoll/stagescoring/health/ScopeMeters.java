package io.plimsoll.stagescoring.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.plimsoll.api.stages.v1.GateResult;
import io.plimsoll.api.stages.v1.Standing;
import io.plimsoll.stagescoring.store.Figures;
import io.plimsoll.telemetry.MetricName;
import java.util.ArrayList;
import java.util.List;

/** Where scopes stand, as gauges: a scope that is gone takes its gauges with it. */
final class ScopeMeters {

    /** What people say counts for less than what was measured. */
    private static final double DECLARED = 0.5;

    private final MultiGauge stage;
    private final MultiGauge freeboard;
    private final MultiGauge ratio;
    private final MultiGauge confidence;

    ScopeMeters(MeterRegistry registry) {
        this.stage = MultiGauge.builder(MetricName.STAGE).register(registry);
        this.freeboard = MultiGauge.builder(MetricName.FREEBOARD).register(registry);
        this.ratio = MultiGauge.builder(MetricName.GATE_RATIO).register(registry);
        this.confidence = MultiGauge.builder(MetricName.CONFIDENCE).register(registry);
    }

    /** These and no others from now on. */
    void show(List<Figures.Scope> scopes) {
        List<Row<?>> stages = new ArrayList<>();
        List<Row<?>> boards = new ArrayList<>();
        List<Row<?>> ratios = new ArrayList<>();
        List<Row<?>> confidences = new ArrayList<>();
        for (Figures.Scope scope : scopes) {
            Standing measured = scope.record().getMeasured();
            Tags tags = Tags.of("scope", scope.id());
            var adoption = measured.getAdoption();
            var security = measured.getSecurity();
            stages.add(Row.of(tags.and("axis", "adoption-shown"), adoption.getShown()));
            stages.add(Row.of(tags.and("axis", "adoption-possible"), adoption.getPossible()));
            stages.add(Row.of(tags.and("axis", "security-proven"), security.getLow()));
            stages.add(Row.of(tags.and("axis", "security-possible"), security.getHigh()));
            boards.add(Row.of(tags.and("bound", "low"), measured.getFreeboard().getLow()));
            boards.add(Row.of(tags.and("bound", "high"), measured.getFreeboard().getHigh()));
            if (measured.getGatesCount() > 0) {
                confidences.add(Row.of(tags, confidence(measured)));
            }
            for (GateResult gate : measured.getGatesList()) {
                // Where a gate is not asked it has no ratio of its own.
                if (gate.hasRatio() && !gate.hasInheritedFrom()) {
                    ratios.add(Row.of(tags.and("gate", gate.getId()), gate.getRatio()));
                }
            }
        }
        stage.register(stages, true);
        freeboard.register(boards, true);
        ratio.register(ratios, true);
        confidence.register(confidences, true);
    }

    /** Share of the gates that evidence settles, 0..1; of no gate, 0. */
    static double confidence(Standing standing) {
        double settled = 0;
        for (GateResult gate : standing.getGatesList()) {
            settled += switch (gate.getStatus()) {
                case EVIDENCE_STATE_PASS, EVIDENCE_STATE_FAIL, EVIDENCE_STATE_NOT_APPLICABLE -> 1;
                case EVIDENCE_STATE_WAIVED -> DECLARED;
                case EVIDENCE_STATE_UNKNOWN, EVIDENCE_STATE_UNSPECIFIED, UNRECOGNIZED -> 0;
            };
        }
        return standing.getGatesCount() == 0 ? 0 : settled / standing.getGatesCount();
    }
}
