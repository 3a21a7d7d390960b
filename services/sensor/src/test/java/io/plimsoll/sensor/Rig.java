package io.plimsoll.sensor;

import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.sensing.view.ClusterView;
import io.plimsoll.sensor.api.ApiServer;
import io.plimsoll.sensor.uplink.Centre;
import io.plimsoll.sensor.uplink.Progress;
import io.plimsoll.sensor.uplink.Uplink;
import io.plimsoll.sensor.watch.Kinds;
import io.plimsoll.sensor.watch.Sights;
import io.plimsoll.testing.KubernetesApi;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A sensor without its service, between an API server and a centre. */
final class Rig implements AutoCloseable {

    final KubernetesApi cluster = new KubernetesApi();
    final FakeCentre centre = new FakeCentre();
    final Progress progress = new Progress();
    final ClusterView view;
    final Kinds kinds;
    private final ApiServer api;
    private final Path file;
    private final Uplink uplink;
    private final Map<String, String> settings = new HashMap<>();

    Rig(Map<String, String> more) throws IOException {
        file = Files.createTempFile("kubeconfig", ".yaml");
        Files.writeString(file, cluster.kubeconfig());
        settings.putAll(Map.of(
                "plimsoll.sensor.cluster", "prod",
                "plimsoll.sensor.inventory", "127.0.0.1:" + centre.port(),
                "plimsoll.sensor.credential", "id.secret",
                "plimsoll.sensor.tls", "false",
                "plimsoll.sensor.kubeconfig", file.toString(),
                "plimsoll.sensor.list-page-objects", "3",
                "plimsoll.sensor.denied-retry", "PT0.5S",
                "plimsoll.sensor.discovery-every", "PT0.5S",
                "plimsoll.sensor.pause-max", "PT1S",
                "plimsoll.sensor.heartbeat", "PT0.3S"));
        settings.putAll(more);
        SensorConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(SensorConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build()
                .getConfigMapping(SensorConfig.class);
        view = new ClusterView(config.waitingBytesMax(), config.deletionsMax());
        api = ApiServer.of(config);
        Sights sights = new Sights();
        kinds = new Kinds(config, api, view, sights, () -> {
            while (progress.isTelling() && !view.hasRoom()) {
                Thread.sleep(5);
            }
        });
        uplink = new Uplink(new Uplink.Parts(config, api, kinds, sights, view, new Centre(config), progress, "1.2.3"));
        cluster.serve("", "v1", "Namespace", "namespaces")
                .serve("", "v1", "Service", "services")
                .serve("", "v1", "Secret", "secrets")
                .serve("apps", "v1", "Deployment", "deployments")
                .serve("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies");
    }

    Rig() throws IOException {
        this(Map.of());
    }

    /** As whoever rotates it does: whole, and at once. */
    void rewriteKubeconfig(String content) throws IOException {
        Path next = Files.writeString(Files.createTempFile("kubeconfig", ".next"), content);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    Rig start() {
        kinds.start();
        uplink.start();
        return this;
    }

    static String service(int number, String content) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"s" + number
                + "\",\"namespace\":\"shop\"},\"spec\":{\"type\":\"" + content + "\"}}";
    }

    static ObjectKey key(int number) {
        return new ObjectKey("", "Service", "shop", "s" + number);
    }

    /** Until both ends hold the same and that is as many objects. */
    void awaitAgreement(int objects) {
        await(
                "both ends hold the same " + objects + " objects",
                () -> centre.agrees()
                        && centre.held().size() == objects
                        && view.figures().objects() == objects
                        && view.figures().waiting() == 0);
    }

    void await(String what, BooleanSupplier so) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 30 s: " + what + "; view " + view.figures() + ", centre holds "
                        + centre.held().size() + ", " + kinds.standings() + ", " + kinds.fault() + ", "
                        + progress.fault());
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() throws Exception {
        uplink.close();
        kinds.close();
        api.close();
        cluster.close();
        centre.close();
    }
}
