package io.plimsoll.inventory.health;

import io.plimsoll.inventory.Background;
import io.plimsoll.inventory.publish.Outbox;
import io.plimsoll.inventory.publish.Relay;
import io.plimsoll.inventory.store.Queries;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the database answers and has its tables. A broker that is away makes the outbox grow and nothing unready. */
@Readiness
public class Ready implements HealthCheck {

    private final Background background;
    private final Queries queries;
    private final Relay relay;

    Ready(Background background, Queries queries, Relay relay) {
        this.background = background;
        this.queries = queries;
        this.relay = relay;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("inventory");
        Outbox.Backlog backlog = background.backlog();
        response.withData("outboxRecords", backlog.records())
                .withData("outboxAgeSeconds", Math.round(backlog.ageSeconds()));
        if (!relay.fault().isEmpty()) {
            response.withData("degraded", "topics: " + relay.fault());
        }
        if (!background.fault().isEmpty()) {
            response.withData("fault", background.fault());
        }
        return response.status(background.migrated() && answers()).build();
    }

    private boolean answers() {
        try {
            return queries.answers();
        } catch (RuntimeException e) {
            return false;
        }
    }
}
