package io.plimsoll.imagescan.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.embedded.EmbeddedParts;
import io.plimsoll.embedded.postgres.DatabaseAccess;
import io.plimsoll.imagescan.ImageScanConfig;
import io.plimsoll.imagescan.feed.Feeds;
import io.plimsoll.imagescan.store.PostgresQueue;
import io.plimsoll.imagescan.store.PostgresVex;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.advisory.FeedState;
import io.plimsoll.scanning.advisory.feed.Feed;
import io.plimsoll.scanning.advisory.feed.FeedLimits;
import io.plimsoll.scanning.advisory.index.AdvisoryIndexWriter;
import io.plimsoll.scanning.catalogue.Catalogue;
import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.image.ImageConfig;
import io.plimsoll.scanning.image.Lineage;
import io.plimsoll.scanning.kept.KeptReport;
import io.plimsoll.scanning.pack.Confidence;
import io.plimsoll.scanning.pack.Distribution;
import io.plimsoll.scanning.pack.EvidenceKind;
import io.plimsoll.scanning.pack.Occurrence;
import io.plimsoll.scanning.pack.Package;
import io.plimsoll.scanning.pack.PackageKind;
import io.plimsoll.scanning.pack.Purl;
import io.plimsoll.scanning.pack.SourcePackage;
import io.plimsoll.scanning.reference.Digest;
import io.plimsoll.store.Database;
import io.plimsoll.testing.Fixtures;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What a change of feeds costs the service: kept images out of its database, matched, and what was found back into it. The images are drawn from 40,000
 * packages, three in ten of names the shared feed speaks of.
 */
class MatchBenchmark {

    private static final int IMAGES = Integer.getInteger("plimsoll.bench.images", 10_000);
    private static final int PACKAGES = 300;
    private static final int POOL = 40_000;
    private static final int ONE_BY_ONE = 51;
    private static final Optional<Distribution> DEBIAN_12 = Optional.of(new Distribution("debian", "12", "", "", ""));
    private static final List<String> ECOSYSTEMS = List.of("Debian", "Maven", "PyPI", "Go");

    private final Database database = database();
    private final PostgresQueue queue = new PostgresQueue(database);

    private static Database database() {
        DatabaseAccess access = EmbeddedParts.infrastructure().postgres().access("image-scan");
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(access.jdbcUrl());
        source.setUser(access.user());
        source.setPassword(access.password());
        source.setCurrentSchema(access.schema());
        Flyway.configure()
                .dataSource(source)
                .schemas(access.schema())
                .locations("db/corridor", "db/images")
                .load()
                .migrate();
        return new Database(source);
    }

    @Test
    void matchesAllAgainAfterFeedsMoved() throws IOException {
        Path shared = Fixtures.folder("feed/osv").orElseThrow();
        Path folder = Files.createTempDirectory("feeds");
        ImageScanConfig config = new SmallRyeConfigBuilder()
                // As the service reads them: 7d, 24h, 15s.
                .withConverter(
                        Duration.class, 500, text -> Duration.parse(text.endsWith("d") ? "P" + text : "PT" + text))
                .withMapping(ImageScanConfig.class)
                .withDefaultValue("plimsoll.image-scan.feeds", folder.toString())
                .build()
                .getConfigMapping(ImageScanConfig.class);
        Feeds feeds = new Feeds(config, Clock.systemUTC());
        MatchImages matching = new MatchImages(
                queue, feeds, new Statements(new PostgresVex(database), Clock.systemUTC()), config, Clock.systemUTC());
        seed(pool(shared));
        for (int run = 0; run < 4; run++) {
            write(shared, folder, run);
            long from = System.nanoTime();
            feeds.look();
            while (matching.next()) {
                // Until nothing is left.
            }
            double seconds = seconds(from);
            say(
                    "run %d: %d images of %d packages, %.1f s, %d weaknesses kept",
                    run, IMAGES, PACKAGES, seconds, found());
            // Seen once, the database gathers what it knows of its tables, as it would by itself in the course of a
            // minute.
            database.transaction(session -> session.write("analyze"));
        }
        oneByOne(matching);
        assertThat(found()).isPositive();
    }

    private void oneByOne(MatchImages matching) throws IOException {
        double[] milliseconds = new double[ONE_BY_ONE];
        for (int i = 0; i < milliseconds.length; i++) {
            String digest = digest(i);
            database.transaction(session -> session.write("update image set feeds = '' where digest = ?", digest));
            long from = System.nanoTime();
            assertThat(matching.next()).isTrue();
            milliseconds[i] = seconds(from) * 1e3;
        }
        Arrays.sort(milliseconds);
        say("one image: median %.1f ms, slowest %.1f ms", milliseconds[ONE_BY_ONE / 2], milliseconds[ONE_BY_ONE - 1]);
    }

    private int found() {
        return database.transaction(session -> session.one("select count(*) from image_weakness", row -> row.getInt(1)))
                .orElse(0);
    }

    private static String digest(int image) {
        return Digest.sha256(("image " + image).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private void seed(List<Package> pool) throws IOException {
        long bytes = 0;
        for (int image = 0; image < IMAGES; image++) {
            Random random = new Random(image);
            Map<String, Package> packages = new TreeMap<>();
            while (packages.size() < PACKAGES) {
                Package pack = pool.get(random.nextInt(pool.size()));
                packages.put(pack.purl().toString(), pack);
            }
            String digest = digest(image);
            byte[] kept = KeptReport.write(new ImageReport(
                    "",
                    "registry.example.com/app" + image,
                    Optional.of(Digest.of(digest)),
                    ImageConfig.NONE,
                    Lineage.NONE,
                    List.of(),
                    new Catalogue(DEBIAN_12, List.copyOf(packages.values()), 0, 0, List.of(), List.of()),
                    List.of(),
                    List.of()));
            bytes += kept.length;
            queue.claim(digest, "linux/amd64", "registry.example.com/app" + image, Duration.ofMinutes(1));
            queue.read(digest, kept, "", "", Instant.now());
        }
        say("%d images kept, %d MB", IMAGES, bytes >> 20);
    }

    /** The shared archives, and a record more with each run: other feeds. */
    private static void write(Path shared, Path folder, int run) throws IOException {
        Path fresh = Files.createTempFile(folder, "index", ".new");
        Path aside = Files.createTempFile(folder, "index", ".aside");
        try (FileChannel target = FileChannel.open(fresh, StandardOpenOption.WRITE);
                FileChannel scratch = FileChannel.open(
                        aside, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            AdvisoryIndexWriter writer = new AdvisoryIndexWriter(target, scratch, AdvisoryIndexWriter.MEMORY_BYTES_MAX);
            for (String ecosystem : ECOSYSTEMS) {
                Feed feed = new Feed("osv/" + ecosystem, FeedState.Kind.OSV, writer, Instant.now(), FeedLimits.DEFAULT);
                try (InputStream in = Files.newInputStream(shared.resolve(ecosystem + "/all.zip"))) {
                    feed.archive("all.zip", in);
                }
                if (ecosystem.equals("PyPI")) {
                    feed.file(
                            "more.json",
                            new ByteArrayInputStream(("{\"id\":\"PYSEC-BENCH-" + run
                                            + "\",\"affected\":[{\"package\":{\"ecosystem\":\"PyPI\",\"name\":\"package-"
                                            + run
                                            + "\"},\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":[{\"introduced\":\"0\"}]}]}]}")
                                    .getBytes(StandardCharsets.UTF_8)));
                }
                writer.feed(feed.end());
            }
            writer.finish();
        }
        Files.move(
                fresh,
                folder.resolve("advisories.idx"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<Package> pool(Path shared) throws IOException {
        Map<String, List<String>> names = new TreeMap<>();
        for (String ecosystem : ECOSYSTEMS) {
            names.put(ecosystem, names(shared, ecosystem));
        }
        Random random = new Random(1);
        List<Package> pool = new ArrayList<>();
        for (int i = 0; i < POOL; i++) {
            String version = random.nextInt(20) + "." + random.nextInt(30) + "." + random.nextInt(10);
            String ecosystem = ECOSYSTEMS.get(i % ECOSYSTEMS.size());
            List<String> known = names.getOrDefault(ecosystem, List.of());
            boolean spoken = random.nextInt(10) < 3;
            String other = "package-" + random.nextInt(20_000);
            String name = spoken ? known.get(random.nextInt(known.size())) : other;
            pool.add(
                    switch (ecosystem) {
                        case "Debian" ->
                            pack(
                                    Purl.of("deb", "debian", name, version + "-1+deb12u1", Map.of()),
                                    PackageKind.DEB,
                                    name);
                        case "Maven" -> {
                            String[] pair = (spoken ? name : "org.example:" + name).split(":", 2);
                            yield pack(Purl.of("maven", pair[0], pair[1], version, Map.of()), PackageKind.MAVEN, "");
                        }
                        case "PyPI" ->
                            pack(Purl.parse("pkg:pypi/" + name + "@" + version).orElseThrow());
                        default ->
                            pack(Purl.parse("pkg:golang/" + (spoken ? name : "example.org/" + name) + "@v" + version)
                                    .orElseThrow());
                    });
        }
        return pool;
    }

    private static Package pack(Purl purl) {
        return pack(purl, PackageKind.ofPurlType(purl.type()).orElseThrow(), "");
    }

    private static Package pack(Purl purl, PackageKind kind, String source) {
        return new Package(
                purl,
                kind,
                source.isEmpty() ? Optional.empty() : Optional.of(new SourcePackage(source, "")),
                List.of(),
                List.of(new Occurrence(
                        "/somewhere/" + purl.name(), 0, EvidenceKind.PACKAGE_DATABASE, Confidence.HIGH, false)),
                Optional.empty());
    }

    private static List<String> names(Path shared, String ecosystem) throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(shared.resolve(ecosystem + "/all.zip")))) {
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
