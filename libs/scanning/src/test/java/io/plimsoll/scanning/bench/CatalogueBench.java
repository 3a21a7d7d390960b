package io.plimsoll.scanning.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdOutputStream;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.ImageScan;
import io.plimsoll.scanning.catalogue.java.ArchiveIndex;
import io.plimsoll.scanning.image.Folder;
import io.plimsoll.scanning.image.ImageConfig;
import io.plimsoll.scanning.image.ImageLimits;
import io.plimsoll.scanning.image.Layer;
import io.plimsoll.scanning.image.OciLayout;
import io.plimsoll.scanning.image.ResolvedImage;
import io.plimsoll.scanning.pack.EvidenceKind;
import io.plimsoll.scanning.pack.PackageKind;
import io.plimsoll.scanning.reference.Digest;
import io.plimsoll.scanning.reference.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * What cataloguing costs beside decompressing, on the image that {@code src/bench/demo-image.sh} makes: medians of five,
 * each measured beside its reference in the same run. {@code ./mvnw -Pbench -pl libs/scanning -am test
 * -Dplimsoll.bench.image=FOLDER}.
 */
class CatalogueBench {

    private static final int RUNS = 5;
    private static final ImageScan WITHOUT_SECRETS =
            new ImageScan(ImageLimits.DEFAULT, () -> false, ArchiveIndex.NONE, false);

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static Path image() {
        String folder = System.getProperty("plimsoll.bench.image", "");
        assumeTrue(!folder.isEmpty() && Files.isDirectory(Path.of(folder, "layout")), "no image to measure");
        return Path.of(folder);
    }

    private static ResolvedImage layout(Path folder) throws IOException {
        Folder files = name -> Files.isRegularFile(folder.resolve(name))
                ? Optional.of(Files.newInputStream(folder.resolve(name)))
                : Optional.empty();
        return OciLayout.resolve(files, "", Platform.DEFAULT, ImageLimits.DEFAULT);
    }

    private static double[] seconds(Work... works) throws IOException, InterruptedException {
        double[][] taken = new double[works.length][RUNS];
        for (int run = 0; run < RUNS; run++) {
            for (int work = 0; work < works.length; work++) {
                long start = System.nanoTime();
                works[work].run();
                taken[work][run] = (System.nanoTime() - start) / 1e9;
            }
        }
        return Arrays.stream(taken).mapToDouble(CatalogueBench::median).toArray();
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static void decompress(String program, List<Path> files) throws IOException, InterruptedException {
        for (Path file : files) {
            Process process = new ProcessBuilder(program, "-dc", file.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.waitFor()).isZero();
        }
    }

    private static void say(String what, double[] seconds) {
        System.out.printf(
                Locale.ROOT,
                "%-44s %6.2f s, reference %6.2f s, ratio %.2f%n",
                what,
                seconds[1],
                seconds[0],
                seconds[1] / seconds[0]);
    }

    @Test
    void gzipLayers() throws IOException, InterruptedException {
        Path folder = image().resolve("layout");
        ResolvedImage image = layout(folder);
        List<Path> layers = new ArrayList<>();
        image.layers()
                .forEach(layer -> layers.add(folder.resolve(
                        "blobs/sha256/" + layer.digest().orElseThrow().hex())));
        for (int warm = 0; warm < 5; warm++) {
            WITHOUT_SECRETS.read(image);
        }
        say(
                "gzip layers, catalogue, warm / gzip -dc",
                seconds(() -> decompress("gzip", layers), () -> WITHOUT_SECRETS.read(image)));
        say(
                "gzip layers, with secrets, warm / gzip -dc",
                seconds(() -> decompress("gzip", layers), () -> ImageScan.DEFAULT.read(image)));
    }

    @Test
    void zstdLayers() throws IOException, InterruptedException {
        ResolvedImage image = layout(image().resolve("layout"));
        Path packed = Files.createDirectories(image().resolve("zstd"));
        List<Layer> layers = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        for (Layer layer : image.layers()) {
            Path file = packed.resolve(layer.digest().orElseThrow().hex() + ".zst");
            if (!Files.exists(file)) {
                try (InputStream in = new GZIPInputStream(layer.content().open());
                        OutputStream out = new ZstdOutputStream(Files.newOutputStream(file), 3)) {
                    in.transferTo(out);
                }
            }
            files.add(file);
            Digest digest = Digest.sha256(Files.readAllBytes(file));
            layers.add(new Layer(
                    Optional.of(digest), Optional.empty(), "", Files.size(file), () -> Files.newInputStream(file)));
        }
        ResolvedImage zstd =
                new ResolvedImage(Optional.empty(), "zstd", ImageConfig.NONE, layers, image.annotations(), List.of());
        for (int warm = 0; warm < 5; warm++) {
            WITHOUT_SECRETS.read(zstd);
        }
        say(
                "zstd layers, catalogue, warm / zstd -dc",
                seconds(() -> decompress("zstd", files), () -> WITHOUT_SECRETS.read(zstd)));
    }

    /** Found is what is there: Debian packages counted by other means, the rest known of the archives put in. */
    @Test
    void findsAllOfIt() throws IOException {
        ImageReport report = ImageScan.DEFAULT.read(layout(image().resolve("layout")));
        long installed;
        try (var lines = Files.lines(image().resolve("rootfs/var/lib/dpkg/status"))) {
            installed = lines.filter("Status: install ok installed"::equals).count();
        }
        var packages = report.catalogue().packages();
        assertThat(packages.stream().filter(found -> found.kind() == PackageKind.DEB))
                .hasSize((int) installed);
        assertThat(report.catalogue().archives()).isEqualTo(388);
        long poms = packages.stream()
                .flatMap(found -> found.occurrences().stream())
                .filter(place -> place.evidence() == EvidenceKind.POM_PROPERTIES)
                .count();
        assertThat(poms).isEqualTo(264);
        assertThat(packages.stream().filter(found -> found.kind() == PackageKind.NPM))
                .hasSize(3);
        assertThat(packages.stream().filter(found -> found.kind() == PackageKind.JAVA_ARCHIVE))
                .allMatch(found -> found.namespace().isEmpty());
        assertThat(report.catalogue().incomplete()).isEmpty();
        assertThat(report.secrets().stream().map(secret -> secret.where()))
                .contains("environment", "/etc/demo/credentials");
        System.out.printf(
                Locale.ROOT,
                "%d deb of %d, %d archives, %d pom identities, %d packages%n",
                installed,
                installed,
                report.catalogue().archives(),
                poms,
                packages.size());
    }
}
