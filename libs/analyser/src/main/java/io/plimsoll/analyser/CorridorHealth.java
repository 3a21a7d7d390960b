package io.plimsoll.analyser;

import io.plimsoll.messaging.CorridorStatus;
import io.plimsoll.store.Migration;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the partitions held were read and handed on, and broker and database answered lately; says how many are held. */
@Readiness
@ApplicationScoped
public class CorridorHealth implements HealthCheck {

    private final AnalyserRuntime runtime;
    private final Migration migration;

    CorridorHealth(AnalyserRuntime runtime, Migration migration) {
        this.runtime = runtime;
        this.migration = migration;
    }

    @Override
    public HealthCheckResponse call() {
        CorridorStatus status = runtime.process().status();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("corridor")
                .status(migration.done() && runtime.process().ready())
                .withData("partitions-held", status.held().size())
                .withData("partitions-replaying", status.replaying().size())
                .withData("clusters-waiting", status.waiting());
        String fault = migration.done() ? status.fault() : migration.fault();
        return (fault.isEmpty() ? answer : answer.withData("fault", fault)).build();
    }
}
