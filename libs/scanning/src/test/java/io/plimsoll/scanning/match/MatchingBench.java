package io.plimsoll.scanning.match;

import io.plimsoll.scanning.advisory.index.AdvisoryIndex;
import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.pack.Package;
import io.plimsoll.testing.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** Measures, never judges: see docs/benchmarks/matching.md. Run by {@code -Pbench} only. */
class MatchingBench {
    private static final int IMAGES = 10_000;
    private static final int PACKAGES = 300;
    private static final int POOL = 40_000;
    private static final int THREADS = 2;

    @Test
    void importsTheSharedFeed() throws IOException {
        Path folder = Fixtures.folder("feed").orElseThrow();
        for (int times : new int[] {1, 1, 1, 1, 1, 2, 4, 8, 16}) {
            long from = System.nanoTime();
            AdvisoryIndex index = Feeds.index(writer -> {
                for (int i = 0; i < times; i++) {
                    Feeds.readShared(folder, writer);
                }
            });
            say("import, the feed %d times: %d records, %.2f s", times, index.advisories(), seconds(from));
        }
    }

    @Test
    void matchesTenThousandImagesAgain() throws Exception {
        AdvisoryIndex index = Feeds.shared();
        List<Package> pool = pool();
        for (int run = 0; run < 5; run++) {
            Matcher matcher = Feeds.matcher(index);
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            long from = System.nanoTime();
            List<Future<Long>> parts = new ArrayList<>();
            for (int part = 0; part < THREADS; part++) {
                int first = part;
                parts.add(threads.submit(() -> matchEvery(matcher, pool, first)));
            }
            long findings = 0;
            for (Future<Long> part : parts) {
                findings += part.get();
            }
            threads.shutdown();
            say(
                    "%d images of %d packages on %d threads: %.2f s, %d findings",
                    IMAGES, PACKAGES, THREADS, seconds(from), findings);
        }
    }

    private static long matchEvery(Matcher matcher, List<Package> pool, int first) throws IOException {
        long findings = 0;
        for (int image = first; image < IMAGES; image += THREADS) {
            findings += findings(matcher.match(image(pool, image), Optional.of(Packages.DEBIAN_12)));
        }
        return findings;
    }

    @Test
    void matchesOneImageWithNothingKept() throws IOException {
        AdvisoryIndex index = Feeds.shared();
        List<Package> pool = pool();
        double[] milliseconds = new double[50];
        for (int i = 0; i < milliseconds.length; i++) {
            List<Package> image = image(pool, i);
            long from = System.nanoTime();
            findings(Feeds.matcher(index).match(image, Optional.of(Packages.DEBIAN_12)));
            milliseconds[i] = seconds(from) * 1e3;
        }
        double first = milliseconds[0];
        Arrays.sort(milliseconds);
        say(
                "one image, a new matcher each: first %.1f ms, median %.1f ms, slowest %.1f ms",
                first, milliseconds[25], milliseconds[49]);
    }

    private static long findings(ImageAnswer answer) {
        return answer.packages().stream()
                .mapToLong(one -> one.findings().size())
                .sum();
    }

    /** The same packages for the same number. */
    private static List<Package> image(List<Package> pool, int number) {
        Random random = new Random(number);
        List<Package> image = new ArrayList<>(PACKAGES);
        for (int i = 0; i < PACKAGES; i++) {
            image.add(pool.get(random.nextInt(pool.size())));
        }
        return image;
    }

    /** Three in ten of names the feed speaks of, the rest of names it does not; versions at random. */
    private static List<Package> pool() throws IOException {
        List<String> debian = names("Debian");
        List<String> maven = names("Maven");
        List<String> python = names("PyPI");
        List<String> go = names("Go");
        Random random = new Random(1);
        List<Package> pool = new ArrayList<>();
        for (int i = 0; i < POOL; i++) {
            String version = random.nextInt(20) + "." + random.nextInt(30) + "." + random.nextInt(10);
            boolean spoken = random.nextInt(10) < 3;
            String other = "package-" + random.nextInt(20_000);
            pool.add(
                    switch (i % 4) {
                        case 0 -> {
                            String name = spoken ? pick(debian, random) : other;
                            yield Packages.deb(name, version + "-1+deb12u1", name, "");
                        }
                        case 1 -> {
                            String[] name = (spoken ? pick(maven, random) : "org.example:" + other).split(":");
                            yield Packages.maven(name[0], name[1], version);
                        }
                        case 2 -> Packages.of("pkg:pypi/" + (spoken ? pick(python, random) : other) + "@" + version);
                        default ->
                            Packages.of("pkg:golang/" + (spoken ? pick(go, random) : "example.org/" + other) + "@v"
                                    + version);
                    });
        }
        return pool;
    }

    private static String pick(List<String> names, Random random) {
        return names.get(random.nextInt(names.size()));
    }

    private static List<String> names(String ecosystem) throws IOException {
        Path archive = Fixtures.folder("feed/osv").orElseThrow().resolve(ecosystem + "/all.zip");
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry member = zip.getNextEntry(); member != null; member = zip.getNextEntry()) {
                for (Node one : Documents.json(new ByteArrayInputStream(zip.readAllBytes()))
                        .get("affected")
                        .items()) {
                    names.add(one.get("package").text("name"));
                }
            }
        }
        return names.stream().distinct().sorted().toList();
    }

    private static double seconds(long from) {
        return (System.nanoTime() - from) / 1e9;
    }

    private static void say(String format, Object... values) {
        System.out.printf(format + "%n", values);
    }
}
