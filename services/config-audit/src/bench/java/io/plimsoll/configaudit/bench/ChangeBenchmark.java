package io.plimsoll.configaudit.bench;

import io.plimsoll.api.marks.v1.Mark;
import io.plimsoll.configaudit.flow.ConfigAudit;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.messaging.analyser.EvidencePublisher;
import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.RecordSink;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.messaging.view.Views;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.ResourceCodec;
import io.plimsoll.wire.TopicKey;
import io.plimsoll.wire.Version;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * One object of a cluster changes: from its record and the mark of its batch to the records of evidence that are handed to the broker, as
 * the service does it, without the broker. {@code ./mvnw -Pbench -pl services/config-audit -am -Dtest=ChangeBenchmark
 * -Dsurefire.failIfNoSpecifiedTests=false test}, with {@code -Dbench.objects} (10,000) and
 * {@code -Dbench.changes} (2,000) after as many again for warming up. Changes fall on kinds as they are frequent in the cluster, save
 * admission policies, which are measured by themselves. CPU time of the thread stands beside wall time, because machines are shared.
 */
class ChangeBenchmark {

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final Place RESOURCES = new Place(Topic.RESOURCES, 0);

    private final Views views = Views.readingResources();
    private final EvidencePublisher publisher =
            new EvidencePublisher(new ConfigAudit(), views, new Counted(), fingerprint -> 1, all -> Declarations.NONE);
    private int live;
    private long number;
    private int out;

    private final class Counted implements RecordSink {
        @Override
        public void take(int partition) {}

        @Override
        public void write(int partition, List<LogRecord> records) {
            out += records.size();
        }

        @Override
        public void leave(int partition) {}

        @Override
        public void close() {}
    }

    @Test
    void measure() {
        int objects = Integer.getInteger("bench.objects", 10_000);
        int changes = Integer.getInteger("bench.changes", 2_000);
        ClusterState state = GeneratedCluster.of(objects, 1);
        publisher.wholeChanged();
        number++;
        state.resources().forEach(each -> views.take(record(each)));
        live = state.resources().size();
        long begin = System.nanoTime();
        mark();
        System.out.printf(
                Locale.ROOT,
                "%,d objects, first audit: %,.0f ms, %,d records%n",
                live,
                (System.nanoTime() - begin) / 1e6,
                out);
        Random random = new Random(2);
        List<Resource> pool = state.resources().stream()
                .filter(each -> !each.group().equals("admissionregistration.k8s.io"))
                .toList();
        Map<String, List<double[]>> times = new TreeMap<>();
        for (int i = 0; i < 2 * changes; i++) {
            Resource changed = changed(pool.get(random.nextInt(pool.size())), random);
            double[] took = change(changed);
            if (i >= changes) {
                times.computeIfAbsent(changed.kind(), kind -> new ArrayList<>()).add(took);
            }
        }
        List<double[]> all = new ArrayList<>();
        times.values().forEach(all::addAll);
        report("any object", all);
        times.forEach(ChangeBenchmark::report);
        List<double[]> policies = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            state.all("ValidatingAdmissionPolicy", "admissionregistration.k8s.io")
                    .forEach(policy -> policies.add(change(copy(policy))));
        }
        report("an admission policy", policies);
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(Locale.ROOT, "heap in use %,d MB%n", (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }

    /** Wall and CPU milliseconds. */
    private double[] change(Resource changed) {
        number++;
        LogRecord record = record(changed);
        long cpu = CPU.getCurrentThreadCpuTime();
        long wall = System.nanoTime();
        views.take(record);
        mark();
        return new double[] {(System.nanoTime() - wall) / 1e6, (CPU.getCurrentThreadCpuTime() - cpu) / 1e6};
    }

    private void mark() {
        Version version = new Version(1, number, 0);
        Mark mark = Mark.newBuilder()
                .setCluster("bench")
                .setWriter(Views.INVENTORY)
                .setRevision(KernelCodec.toWire(version))
                .setMode(KernelCodec.toWire(ClusterMode.LIVE))
                .setRecordCount(live)
                .build();
        views.take(new LogRecord(RESOURCES, TopicKey.mark("bench", Views.INVENTORY), mark.toByteArray(), version));
        publisher.changed(0, "bench");
    }

    private LogRecord record(Resource resource) {
        Version version = new Version(1, number, 0);
        return new LogRecord(
                RESOURCES,
                TopicKey.resource(resource.id()),
                ResourceCodec.toWire(resource, version, ClusterMode.LIVE, "bench")
                        .toByteArray(),
                version);
    }

    /** A Deployment is edited, in other objects a label. */
    private static Resource changed(Resource resource, Random random) {
        if (resource.kind().equals("Deployment")) {
            int app = Integer.parseInt(resource.name().substring("app-".length()));
            return GeneratedCluster.one(GeneratedCluster.deployment(resource.namespace(), app, random));
        }
        return copy(resource);
    }

    /** As the decoder makes it: the same content, another version. */
    private static Resource copy(Resource resource) {
        return new Resource(resource.id(), resource.version(), resource.body(), resource.source(), resource.variants());
    }

    private static void report(String what, List<double[]> times) {
        Function<Integer, double[]> sorted = column ->
                times.stream().mapToDouble(each -> each[column]).sorted().toArray();
        double[] wall = sorted.apply(0);
        double[] cpu = sorted.apply(1);
        System.out.printf(
                Locale.ROOT,
                "%-24s %5d changes: wall median %6.1f ms, p99 %6.1f ms; CPU median %6.1f ms, p99 %6.1f ms%n",
                what,
                times.size(),
                at(wall, 0.5),
                at(wall, 0.99),
                at(cpu, 0.5),
                at(cpu, 0.99));
    }

    private static double at(double[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
