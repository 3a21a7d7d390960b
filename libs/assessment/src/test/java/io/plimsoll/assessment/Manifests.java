package io.plimsoll.assessment;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Manifests, written in a test or standing in files, as one cluster. What cannot be read is left out. */
public final class Manifests {

    private final ClusterStateBuilder builder;

    private Manifests(String cluster) {
        builder = new ClusterStateBuilder(cluster, ClusterMode.MANIFESTS);
    }

    public static ClusterState of(String text) {
        Manifests manifests = new Manifests("test");
        manifests.add("test.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return manifests.builder.build();
    }

    public static ClusterState of(String cluster, List<Path> files) {
        Manifests manifests = new Manifests(cluster);
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                manifests.add(String.valueOf(file.getFileName()), in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return manifests.builder.build();
    }

    private void add(String name, InputStream in) {
        try {
            new ManifestReader(ManifestLimits.DEFAULTS).read(name, in, new DocumentSink() {
                @Override
                public void document(Document document) {
                    builder.add(document, "", this::problem);
                }

                @Override
                public void problem(Problem problem) {
                    // Some files of the fixtures are templates.
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
