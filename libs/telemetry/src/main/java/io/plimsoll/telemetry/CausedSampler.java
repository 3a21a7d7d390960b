package io.plimsoll.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Every trace is kept, but for those that would begin at the database: a lease that is renewed and an outbox that is looked at each second are no
 * step of anything. Below a step that is kept, whatever it asks the database is kept too. Any thread.
 */
final class CausedSampler implements Sampler {

    /** What every step of the database bears from its start. */
    private static final List<AttributeKey<String>> DATABASE =
            List.of(AttributeKey.stringKey("db.system"), AttributeKey.stringKey("db.system.name"));

    private static final Sampler CAUSED = Sampler.parentBased(new Roots());

    @Override
    public SamplingResult shouldSample(
            Context parent, String trace, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        return CAUSED.shouldSample(parent, trace, name, kind, attributes, links);
    }

    @Override
    public String getDescription() {
        return "caused";
    }

    /** Of steps that nothing caused. */
    private static final class Roots implements Sampler {

        @Override
        public SamplingResult shouldSample(
                Context parent, String trace, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
            return DATABASE.stream().anyMatch(key -> attributes.get(key) != null)
                    ? SamplingResult.drop()
                    : SamplingResult.recordAndSample();
        }

        @Override
        public String getDescription() {
            return "roots";
        }
    }
}
