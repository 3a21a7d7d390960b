package io.plimsoll.telemetry;

import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What the platform's tracer is made with, taken up by the OpenTelemetry extension. */
@Singleton
final class TracesBeans {

    @Produces
    @Singleton
    Sampler sampler() {
        return new CausedSampler();
    }
}
