package io.plimsoll.segmentation;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceChange;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.topology.PeerUnit;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Measures what one change costs, never judges: see docs/benchmarks/segmentation.md. Runs only where it is asked for and an estate is named. */
class ChangesBench {

    private static final int CHANGES = Integer.getInteger("plimsoll.bench.changes", 3_000);

    /** Changes that are left out of the figures, while the JVM still compiles. */
    private static final int WARM_UP = CHANGES / 3;

    private final Random random = new Random(1);
    private final Map<String, List<Resource>> byKind = new LinkedHashMap<>();

    @Test
    void followsAnEstate() {
        String file = System.getProperty("plimsoll.bench.estate", "");
        Assumptions.assumeFalse(file.isEmpty(), "no estate is named");
        ClusterState state = Manifests.lines(Path.of(file));
        state.resources()
                .forEach(resource -> byKind.computeIfAbsent(resource.kind(), unused -> new ArrayList<>())
                        .add(resource));
        FollowedReachability followed = new FollowedReachability(state, PeerUnit.OWNER, ReachabilityOptions.DEFAULTS);
        Map<String, Supplier<List<ResourceChange>>> kinds = new LinkedHashMap<>();
        kinds.put("a pod is replaced by another of its template", this::replacedPod);
        kinds.put("a pod is relabelled", this::relabelledPod);
        kinds.put("a pod goes", this::lostPod);
        kinds.put("a NetworkPolicy gets the rules of another", this::editedPolicy);
        kinds.put("a NetworkPolicy comes", this::newPolicy);
        kinds.put("a NetworkPolicy goes", this::lostPolicy);
        kinds.put("a namespace is relabelled", this::relabelledNamespace);
        kinds.put("a cluster-wide policy gets the rules of another", this::editedClusterWide);
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        List<Double> all = new ArrayList<>();
        List<Double> undisturbed = new ArrayList<>();
        List<String> names = List.copyOf(kinds.keySet());
        int[] weights = {6, 3, 3, 3, 2, 2, 1, 1};
        List<String> mix = new ArrayList<>();
        for (int k = 0; k < names.size(); k++) {
            for (int i = 0; i < weights[k]; i++) {
                mix.add(names.get(k));
            }
        }
        for (int i = 0; i < CHANGES; i++) {
            String kind = mix.get(random.nextInt(mix.size()));
            List<ResourceChange> change =
                    Objects.requireNonNull(kinds.get(kind)).get();
            List<Workload> before = followed.now().workloads();
            Workload source = before.get(random.nextInt(before.size()));
            Workload destination = before.get(random.nextInt(before.size()));
            long collections = collections();
            long from = clock();
            Reachability now = followed.after(change);
            if (now.has(source.id()) && now.has(destination.id())) {
                now.between(source.id(), destination.id());
            }
            double took = (clock() - from) / 1e6;
            if (i >= WARM_UP) {
                millis.computeIfAbsent(kind, unused -> new ArrayList<>()).add(took);
                all.add(took);
                if (collections() == collections) {
                    undisturbed.add(took);
                }
            }
        }
        millis.forEach(ChangesBench::say);
        say("all of them", all);
        say("those in which nothing was collected", undisturbed);
        System.out.printf(
                Locale.ROOT,
                "%d workloads, %d classes; begun anew %d times in %d changes%n",
                followed.now().workloads().size(),
                followed.now().classes(),
                followed.begunAnew(),
                CHANGES);
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(Locale.ROOT, "heap in use: %d MiB%n", (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }

    /** Nanoseconds; of this thread alone where asked, for a machine that others use as well: then nothing is to run beside it. */
    private static long clock() {
        return Boolean.getBoolean("plimsoll.bench.cpu")
                ? ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()
                : System.nanoTime();
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private static void say(String kind, List<Double> millis) {
        double[] sorted =
                millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%-50s %5d times: median %.1f, p99 %.1f, most %.1f ms%n",
                kind,
                sorted.length,
                sorted[sorted.length / 2],
                sorted[sorted.length * 99 / 100],
                sorted[sorted.length - 1]);
    }

    private List<ResourceChange> replacedPod() {
        Resource pod = any("Pod");
        String name = pod.name() + "x";
        Resource other =
                remade(pod, with(with(pod.body(), text(name), "metadata", "name"), address(), "status", "podIPs"));
        replace("Pod", pod, other);
        return List.of(ResourceChange.gone(pod.id()), ResourceChange.put(other));
    }

    private Value address() {
        String address = "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256);
        return new Value.Arr(List.of(new Value.Obj(Map.of("ip", text(address)), 0)), 0);
    }

    private List<ResourceChange> relabelledPod() {
        Resource pod = any("Pod");
        Resource like = any("Pod");
        Resource other = remade(pod, with(pod.body(), like.body().at("metadata", "labels"), "metadata", "labels"));
        replace("Pod", pod, other);
        return List.of(ResourceChange.put(other));
    }

    private List<ResourceChange> lostPod() {
        Resource pod = any("Pod");
        all("Pod").remove(place(all("Pod"), pod));
        return List.of(ResourceChange.gone(pod.id()));
    }

    private List<ResourceChange> editedPolicy() {
        Resource policy = any("NetworkPolicy");
        Resource other = remade(policy, with(policy.body(), any("NetworkPolicy").spec(), "spec"));
        replace("NetworkPolicy", policy, other);
        return List.of(ResourceChange.put(other));
    }

    private List<ResourceChange> newPolicy() {
        Resource policy = any("NetworkPolicy");
        Value body = with(policy.body(), any("NetworkPolicy").spec(), "spec");
        Resource other = remade(policy, with(body, text(policy.name() + "-x"), "metadata", "name"));
        all("NetworkPolicy").add(other);
        return List.of(ResourceChange.put(other));
    }

    private List<ResourceChange> lostPolicy() {
        Resource policy = any("NetworkPolicy");
        all("NetworkPolicy").remove(place(all("NetworkPolicy"), policy));
        return List.of(ResourceChange.gone(policy.id()));
    }

    private List<ResourceChange> relabelledNamespace() {
        Resource namespace = any("Namespace");
        Value labels = any("Namespace").body().at("metadata", "labels");
        Resource other = remade(namespace, with(namespace.body(), labels, "metadata", "labels"));
        replace("Namespace", namespace, other);
        return List.of(ResourceChange.put(other));
    }

    private List<ResourceChange> editedClusterWide() {
        List<String> kinds = byKind.keySet().stream()
                .filter(kind -> kind.equals("ClusterNetworkPolicy") || kind.equals("AdminNetworkPolicy"))
                .toList();
        String kind = kinds.get(random.nextInt(kinds.size()));
        Resource policy = any(kind);
        Value rules = any(kind).spec().at("ingress");
        Resource other = remade(policy, with(policy.body(), rules, "spec", "ingress"));
        replace(kind, policy, other);
        return List.of(ResourceChange.put(other));
    }

    private List<Resource> all(String kind) {
        return byKind.computeIfAbsent(kind, unused -> new ArrayList<>());
    }

    private Resource any(String kind) {
        List<Resource> all = all(kind);
        return all.get(random.nextInt(all.size()));
    }

    private void replace(String kind, Resource before, Resource after) {
        List<Resource> all = all(kind);
        all.set(place(all, before), after);
    }

    /** Told by identity: to compare objects would leave more behind than a change does, for the collector to find while one is measured. */
    @SuppressWarnings("ReferenceEquality")
    private static int place(List<Resource> all, Resource wanted) {
        int place = 0;
        while (all.get(place) != wanted) {
            place++;
        }
        return place;
    }

    private static Value text(String text) {
        return new Value.Text(text, 0);
    }

    private static Value with(Value body, Value value, String... path) {
        if (path.length == 0) {
            return value;
        }
        Map<String, Value> fields = new LinkedHashMap<>(body.fields());
        Value inner = fields.getOrDefault(path[0], new Value.Obj(Map.of(), 0));
        fields.put(path[0], with(inner, value, Arrays.copyOfRange(path, 1, path.length)));
        return new Value.Obj(fields, 0);
    }

    private static Resource remade(Resource of, Value body) {
        ResourceId id = of.id();
        ClusterStateBuilder builder = new ClusterStateBuilder(id.cluster(), ClusterMode.LIVE);
        builder.add(new Document(body, Source.NONE), "", problem -> {
            throw new IllegalStateException(problem.toString());
        });
        return builder.build().resources().getFirst();
    }
}
