package io.plimsoll.sensor;

import io.micrometer.core.instrument.MeterRegistry;
import io.plimsoll.sensing.view.ClusterView;
import io.plimsoll.sensor.api.ApiServer;
import io.plimsoll.sensor.uplink.Centre;
import io.plimsoll.sensor.uplink.Progress;
import io.plimsoll.sensor.uplink.Uplink;
import io.plimsoll.sensor.watch.Kinds;
import io.plimsoll.sensor.watch.Room;
import io.plimsoll.sensor.watch.Sights;
import io.plimsoll.telemetry.MetricName;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The sensor, put together. */
@Singleton
public class Sensor {

    private static final long ROOM_LOOK_MILLIS = 20;

    private final SensorConfig config;
    private final String version;
    private final ClusterView view;
    private final Progress progress = new Progress();
    private @Nullable ApiServer api;
    private @Nullable Kinds kinds;
    private @Nullable Uplink uplink;

    Sensor(
            SensorConfig config,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "0") String version,
            MeterRegistry meters) {
        this.config = config;
        this.version = version;
        this.view = new ClusterView(config.waitingBytesMax(), config.deletionsMax());
        meters.gauge(MetricName.SENSOR_OBJECTS, view, each -> each.figures().objects());
        meters.gauge(MetricName.SENSOR_WAITING, view, each -> each.figures().waiting());
        meters.gauge(
                MetricName.SENSOR_WAITING_BYTES, view, each -> each.figures().waitingBytes());
        meters.gauge(MetricName.SENSOR_CONNECTED, progress, each -> each.isConnected() ? 1 : 0);
        meters.more()
                .counter(
                        MetricName.SENSOR_STALE,
                        java.util.List.of(),
                        view,
                        each -> each.figures().stale());
        meters.more().counter(MetricName.SENSOR_CHANGES, java.util.List.of(), progress, Progress::acceptedChanges);
    }

    void begin(@Observes StartupEvent event) throws IOException {
        ApiServer server = ApiServer.of(config);
        Sights sights = new Sights();
        Room room = this::awaitRoom;
        Kinds all = new Kinds(config, server, view, sights, room);
        Uplink up =
                new Uplink(new Uplink.Parts(config, server, all, sights, view, new Centre(config), progress, version));
        api = server;
        kinds = all;
        uplink = up;
        all.start();
        up.start();
    }

    /** While everything is told, a list goes no faster than that. */
    private void awaitRoom() throws InterruptedException {
        while (progress.isTelling() && !view.hasRoom()) {
            Thread.sleep(ROOM_LOOK_MILLIS);
        }
    }

    void end(@Observes ShutdownEvent event) throws InterruptedException {
        if (uplink != null) {
            uplink.close();
        }
        if (kinds != null) {
            kinds.close();
        }
        if (api != null) {
            api.close();
        }
    }

    public ClusterView view() {
        return view;
    }

    public Progress progress() {
        return progress;
    }

    /** Null before the start is over. */
    public @Nullable Kinds kinds() {
        return kinds;
    }
}
