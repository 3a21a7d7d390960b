package io.plimsoll.kubernetes.addon;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.kubernetes.workload.Container;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.kubernetes.workload.Workloads;
import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Every image that runs in the shared manifests is an add-on, or stands in the list of those that are not. */
class FixtureImagesTest {

    @Test
    void areAddOnsUnlessListedAsApplications() throws IOException {
        Path manifests = Fixtures.folder("manifests").orElse(null);
        Assumptions.assumeTrue(manifests != null, "shared cases are not here");
        SortedSet<String> unmatched = images(manifests).stream()
                .filter(image ->
                        AddOnCatalogue.builtin().of(ImageReference.of(image)).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unmatched).containsExactlyElementsOf(new TreeSet<>(applications()));
    }

    @Test
    void applicationsAreNoAddOns() throws IOException {
        assertThat(applications())
                .hasSizeGreaterThan(80)
                .allSatisfy(image -> assertThat(AddOnCatalogue.builtin().of(ImageReference.of(image)))
                        .isEmpty());
    }

    private static List<String> applications() throws IOException {
        try (InputStream in = FixtureImagesTest.class.getResourceAsStream("applications.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    /** Repositories with their host, of every container of every workload in the files. */
    private static SortedSet<String> images(Path manifests) throws IOException {
        SortedSet<String> images = new TreeSet<>();
        try (Stream<Path> files = Files.walk(manifests)) {
            files.filter(file -> file.toString().matches(".*\\.(ya?ml|json)"))
                    .sorted()
                    .forEach(file -> collect(file, images));
        }
        return images;
    }

    private static void collect(Path file, SortedSet<String> images) {
        ClusterStateBuilder builder = new ClusterStateBuilder("cluster", ClusterMode.MANIFESTS);
        try (InputStream in = Files.newInputStream(file)) {
            new ManifestReader(ManifestLimits.DEFAULTS).read(file.toString(), in, new DocumentSink() {
                @Override
                public void document(Document document) {
                    builder.add(document, "default", this::problem);
                }

                @Override
                public void problem(Problem problem) {
                    // Templates that are not yet manifests: what they would run is not known.
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Workload workload : Workloads.of(builder.build())) {
            for (PodTemplate template : workload.templates()) {
                for (Container container : template.containers()) {
                    ImageReference image = ImageReference.of(container.image());
                    if (image.pin() != ImageReference.Pin.UNREADABLE) {
                        images.add(image.name());
                    }
                }
            }
        }
    }
}
