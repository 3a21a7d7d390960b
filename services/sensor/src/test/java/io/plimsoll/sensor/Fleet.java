package io.plimsoll.sensor;

import io.plimsoll.sensing.view.ClusterView;
import io.plimsoll.sensor.api.ApiServer;
import io.plimsoll.sensor.uplink.Centre;
import io.plimsoll.sensor.uplink.Progress;
import io.plimsoll.sensor.uplink.Uplink;
import io.plimsoll.sensor.watch.Kinds;
import io.plimsoll.sensor.watch.Sights;
import io.plimsoll.testing.GeneratedEstate;
import io.plimsoll.testing.KubernetesApi;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Many sensors, each with a cluster of its own, in one process: a load for inventory. Arguments: inventory's address, a file with a line
 * {@code CLUSTER SECRET ESTATE.jsonl} for each, and over how many seconds they connect. Says {@code filled}, waits for a line, connects, says
 * {@code connected}, answers each further line with how they are, and ends with its input.
 */
final class Fleet {

    private static final Duration BOOKMARKS = Duration.ofSeconds(10);

    private record Sensing(
            String cluster, KubernetesApi objects, ClusterView view, Progress progress, Kinds kinds, Uplink uplink) {}

    private Fleet() {}

    public static void main(String[] arguments) throws Exception {
        List<Sensing> fleet = new ArrayList<>();
        int objects = 0;
        for (String line : Files.readAllLines(Path.of(arguments[1]))) {
            String[] words = line.split(" ");
            KubernetesApi cluster = new KubernetesApi().bookmarksEvery(BOOKMARKS);
            objects += GeneratedEstate.fill(cluster, Path.of(words[2]));
            fleet.add(sensing(arguments[0], words[0], words[1], cluster));
        }
        System.out.println("filled " + objects);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        in.readLine();
        long pause = 1000L * Long.parseLong(arguments[2]) / Math.max(1, fleet.size());
        for (Sensing each : fleet) {
            each.kinds().start();
            each.uplink().start();
            Thread.sleep(pause);
        }
        System.out.println("connected");
        while (in.readLine() != null) {
            System.out.println(figures(fleet));
        }
        // What still waits in a read ends with the process.
        Runtime.getRuntime().halt(0);
    }

    private static String figures(List<Sensing> fleet) {
        int connected = 0;
        int waiting = 0;
        List<String> faults = new ArrayList<>();
        boolean read = true;
        for (Sensing each : fleet) {
            connected += each.progress().isConnected() ? 1 : 0;
            waiting += each.view().figures().waiting();
            read &= each.objects().methods().stream().allMatch("GET"::equals);
            if (!each.progress().fault().isEmpty()) {
                faults.add(each.cluster() + ": " + each.progress().fault());
            }
        }
        return "connected " + connected + ", waiting " + waiting + ", only GET " + read + ", faults " + faults;
    }

    private static Sensing sensing(String inventory, String cluster, String secret, KubernetesApi objects)
            throws IOException {
        Path kubeconfig = Files.writeString(Files.createTempFile("kubeconfig", ".yaml"), objects.kubeconfig());
        SensorConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(SensorConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "plimsoll.sensor.cluster", cluster,
                                "plimsoll.sensor.inventory", inventory,
                                "plimsoll.sensor.credential", secret,
                                "plimsoll.sensor.tls", "false",
                                "plimsoll.sensor.kubeconfig", kubeconfig.toString()),
                        "fleet",
                        100))
                .build()
                .getConfigMapping(SensorConfig.class);
        ClusterView view = new ClusterView(config.waitingBytesMax(), config.deletionsMax());
        ApiServer api = ApiServer.of(config);
        Sights sights = new Sights();
        Progress progress = new Progress();
        Kinds kinds = new Kinds(config, api, view, sights, () -> {
            while (progress.isTelling() && !view.hasRoom()) {
                Thread.sleep(20);
            }
        });
        Uplink uplink =
                new Uplink(new Uplink.Parts(config, api, kinds, sights, view, new Centre(config), progress, "fleet"));
        return new Sensing(cluster, objects, view, progress, kinds, uplink);
    }
}
