package io.plimsoll.analyser;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.plimsoll.messaging.analyser.AnalyserFigures;
import io.plimsoll.messaging.analyser.AnalyserProcess;
import io.plimsoll.telemetry.MetricName;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** The corridor's figures, under the names of the dictionary. */
@ApplicationScoped
public class CorridorMetrics implements MeterBinder {

    private final AnalyserRuntime runtime;

    CorridorMetrics(AnalyserRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        AnalyserProcess process = runtime.process();
        AnalyserFigures figures = process.figures();
        Gauge.builder(
                        MetricName.PARTITIONS_HELD,
                        process,
                        p -> p.status().held().size())
                .register(registry);
        Gauge.builder(
                        MetricName.PARTITIONS_REPLAYING,
                        process,
                        p -> p.status().replaying().size())
                .register(registry);
        Gauge.builder(MetricName.CLUSTERS, process, AnalyserProcess::clusters).register(registry);
        Gauge.builder(
                        MetricName.RECORDS_BEHIND,
                        process,
                        p -> p.status().behind().orElse(0))
                .register(registry);
        Gauge.builder(
                        MetricName.EVIDENCE_AGE,
                        figures,
                        f -> f.sinceMark()
                                .map(Duration::toMillis)
                                .map(millis -> millis / 1_000.0)
                                .orElse(Double.NaN))
                .register(registry);
        FunctionCounter.builder(MetricName.BATCHES, figures, AnalyserFigures::batches)
                .register(registry);
        FunctionCounter.builder(MetricName.RECORDS_PUBLISHED, figures, AnalyserFigures::records)
                .register(registry);
        Gauge.builder(MetricName.RECORDS_PARKED, figures, AnalyserFigures::parkedRecords)
                .register(registry);
        Gauge.builder(
                        MetricName.CLUSTERS_PARKED,
                        figures,
                        f -> f.parkedClusters().size())
                .register(registry);
    }
}
