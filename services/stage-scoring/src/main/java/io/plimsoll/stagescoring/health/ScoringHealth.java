package io.plimsoll.stagescoring.health;

import io.plimsoll.messaging.CorridorStatus;
import io.plimsoll.stagescoring.ScoringRuntime;
import io.plimsoll.store.Migration;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the partitions held were read and handed on, and broker and database answered lately. */
@Readiness
@ApplicationScoped
public class ScoringHealth implements HealthCheck {

    private final ScoringRuntime runtime;
    private final Migration migration;

    ScoringHealth(ScoringRuntime runtime, Migration migration) {
        this.runtime = runtime;
        this.migration = migration;
    }

    @Override
    public HealthCheckResponse call() {
        CorridorStatus status = runtime.status();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("corridor")
                .status(runtime.ready())
                .withData("partitions-held", status.held().size())
                .withData("partitions-replaying", status.replaying().size());
        String fault = migration.done() ? status.fault() : migration.fault();
        return (fault.isEmpty() ? answer : answer.withData("fault", fault)).build();
    }
}
