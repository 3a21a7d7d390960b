package io.plimsoll.sensor.health;

import io.plimsoll.sensing.view.ClusterView;
import io.plimsoll.sensor.Sensor;
import io.plimsoll.sensor.watch.Kinds;
import io.plimsoll.sensor.watch.Standing;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready once every kind was listed or is known to be denied, and a stream to inventory is open. */
@Readiness
@Singleton
public class Ready implements HealthCheck {

    private final Sensor sensor;

    Ready(Sensor sensor) {
        this.sensor = sensor;
    }

    @Override
    public HealthCheckResponse call() {
        Kinds kinds = sensor.kinds();
        ClusterView.Figures figures = sensor.view().figures();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("sensor")
                .withData("objects", figures.objects())
                .withData("waiting", figures.waiting())
                .withData("digest", sensor.view().digest().toString());
        if (kinds == null) {
            return answer.down().build();
        }
        kinds.standings().forEach((kind, standing) -> {
            if (!(standing instanceof Standing.Followed)) {
                answer.withData(kind.resource(), standing.toString());
            }
        });
        if (!kinds.fault().isEmpty()) {
            answer.withData("cluster", kinds.fault());
        }
        if (!sensor.progress().fault().isEmpty()) {
            answer.withData("inventory", sensor.progress().fault());
        }
        return answer.status(kinds.isSettled() && sensor.progress().isConnected())
                .build();
    }
}
