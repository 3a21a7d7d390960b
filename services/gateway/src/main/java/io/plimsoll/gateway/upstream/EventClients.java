package io.plimsoll.gateway.upstream;

import io.micrometer.core.instrument.MeterRegistry;
import io.plimsoll.gateway.GatewayConfig;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.telemetry.MetricName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts who listens, over whichever protocol; each holds a connection and a stream for as long as they like. */
@ApplicationScoped
public class EventClients {

    private final AtomicInteger listening = new AtomicInteger();
    private final GatewayConfig config;

    EventClients(GatewayConfig config, MeterRegistry meters) {
        this.config = config;
        meters.gauge(MetricName.EVENT_CLIENTS, listening);
    }

    /**
     * Lets one more in, who must {@link #leave}.
     *
     * @throws ProblemException when as many listen as may
     */
    public void enter() {
        if (listening.incrementAndGet() > config.eventClientsMax()) {
            leave();
            throw new ProblemException(Problem.TOO_MANY, "too many listen to events; come again later")
                    .over(config.eventClientsMax() + " clients")
                    .retryAfter(config.heartbeat());
        }
    }

    public void leave() {
        listening.decrementAndGet();
    }
}
