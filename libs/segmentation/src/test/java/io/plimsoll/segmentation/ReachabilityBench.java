package io.plimsoll.segmentation;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.metrics.SegmentationMetrics;
import io.plimsoll.segmentation.topology.PeerUnit;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Measures, never judges: see docs/benchmarks/segmentation.md. Runs only in the profile {@code bench}, of the estate that is named; of a small
 * one {@link ReachabilitySliceTest} prints the same figures in every build.
 */
class ReachabilityBench {

    private static final int RUNS = 15;

    /** Runs that are left out of the figures, while the JVM still compiles. */
    private static final int WARM_UP = 5;

    private static final int PAIRS = 2_000;

    @Test
    void analysesAnEstate() {
        String file = System.getProperty("plimsoll.bench.estate", "");
        Assumptions.assumeFalse(file.isEmpty(), "no estate is named");
        measured(Manifests.lines(Path.of(file)), RUNS, WARM_UP, PAIRS);
    }

    /**
     * Prints the figures of one cluster.
     *
     * @param warmUp runs that are left out of the figures, fewer than {@code runs}
     * @param pairs that are explained
     * @return what the last run found
     */
    static SegmentationMetrics measured(ClusterState state, int runs, int warmUp, int pairs) {
        List<Workload> workloads = PeerUnit.OWNER.of(state);
        Reachability reachability = Reachability.of(state, workloads);
        SegmentationMetrics metrics = reachability.metrics();
        double[] analyses = new double[runs];
        double[] measurements = new double[runs];
        double[] both = new double[runs];
        for (int run = 0; run < runs; run++) {
            long from = System.nanoTime();
            reachability = Reachability.of(state, workloads);
            long analysed = System.nanoTime();
            metrics = reachability.metrics();
            long measured = System.nanoTime();
            analyses[run] = (analysed - from) / 1e9;
            measurements[run] = (measured - analysed) / 1e9;
            both[run] = (measured - from) / 1e9;
            say(
                    "run %d: %d workloads, %d classes; analysis %.3f s, metrics %.3f s; %d..%d pairs of %d",
                    run,
                    workloads.size(),
                    reachability.classes(),
                    analyses[run],
                    measurements[run],
                    metrics.pairsAllowed().low(),
                    metrics.pairsAllowed().high(),
                    metrics.pairs());
        }
        say(
                "analysis %s, metrics %s, both %s",
                spread(analyses, warmUp), spread(measurements, warmUp), spread(both, warmUp));
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        say("heap in use, input and analysis: %d MiB", (runtime.totalMemory() - runtime.freeMemory()) >> 20);
        explain(reachability, workloads, pairs);
        explain(reachability, workloads, pairs);
        return metrics;
    }

    /** {@code median (least to most) s} of the runs that count. */
    private static String spread(double[] seconds, int warmUp) {
        double[] counted = Arrays.copyOfRange(seconds, warmUp, seconds.length);
        Arrays.sort(counted);
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f to %.2f) s",
                (counted[(counted.length - 1) / 2] + counted[counted.length / 2]) / 2,
                counted[0],
                counted[counted.length - 1]);
    }

    private static void explain(Reachability reachability, List<Workload> workloads, int pairs) {
        Random random = new Random(1);
        long[] nanos = new long[pairs];
        long pieces = 0;
        for (int i = 0; i < pairs; i++) {
            Workload source = workloads.get(random.nextInt(workloads.size()));
            Workload destination = workloads.get(random.nextInt(workloads.size()));
            long from = System.nanoTime();
            pieces +=
                    reachability.explain(source.id(), destination.id()).pieces().size();
            nanos[i] = System.nanoTime() - from;
        }
        Arrays.sort(nanos);
        say(
                "explain one pair: median %.3f ms, p99 %.3f ms, slowest %.3f ms (%d pieces)",
                nanos[pairs / 2] / 1e6, nanos[pairs * 99 / 100] / 1e6, nanos[pairs - 1] / 1e6, pieces);
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
