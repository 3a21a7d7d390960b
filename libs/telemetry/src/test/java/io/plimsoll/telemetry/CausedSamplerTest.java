package io.plimsoll.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.List;
import org.junit.jupiter.api.Test;

class CausedSamplerTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final Attributes DATABASE = Attributes.of(AttributeKey.stringKey("db.system"), "postgresql");
    private static final Attributes NEWER = Attributes.of(AttributeKey.stringKey("db.system.name"), "postgresql");

    private static SamplingDecision decided(Context parent, Attributes attributes) {
        return new CausedSampler()
                .shouldSample(parent, TRACE, "a", SpanKind.CLIENT, attributes, List.of())
                .getDecision();
    }

    private static Context below(TraceFlags flags) {
        return Context.root()
                .with(Span.wrap(
                        SpanContext.createFromRemoteParent(TRACE, "b7ad6b7169203331", flags, TraceState.getDefault())));
    }

    @Test
    void whatBeginsAtTheDatabaseIsLeftOut() {
        assertThat(decided(Context.root(), DATABASE)).isEqualTo(SamplingDecision.DROP);
        assertThat(decided(Context.root(), NEWER)).isEqualTo(SamplingDecision.DROP);
    }

    @Test
    void whatAStepAsksTheDatabaseIsKeptWithIt() {
        assertThat(decided(below(TraceFlags.getSampled()), DATABASE)).isEqualTo(SamplingDecision.RECORD_AND_SAMPLE);
        assertThat(decided(below(TraceFlags.getDefault()), DATABASE)).isEqualTo(SamplingDecision.DROP);
    }

    @Test
    void allElseIsKept() {
        assertThat(decided(Context.root(), Attributes.empty())).isEqualTo(SamplingDecision.RECORD_AND_SAMPLE);
    }
}
