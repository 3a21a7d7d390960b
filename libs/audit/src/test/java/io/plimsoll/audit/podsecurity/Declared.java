package io.plimsoll.audit.podsecurity;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.kubernetes.workload.Workloads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Workloads as tests write them: a manifest, or only the pod spec. */
public final class Declared {

    private Declared() {}

    /** A Pod called {@code test} with this spec, each line of it indented by two. */
    public static PodTemplate pod(String spec) {
        return workload("apiVersion: v1\nkind: Pod\nmetadata:\n  name: test\nspec:\n" + spec.indent(2))
                .template();
    }

    /** The only workload of a manifest. */
    public static Workload workload(String manifest) {
        return only("test.yaml", new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)));
    }

    /** The only workload of a file. */
    static Workload file(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return only(file.getFileName().toString(), in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Workload only(String name, InputStream in) {
        ClusterStateBuilder builder = new ClusterStateBuilder("test", ClusterMode.MANIFESTS);
        try {
            new ManifestReader(ManifestLimits.DEFAULTS).read(name, in, new DocumentSink() {
                @Override
                public void document(Document document) {
                    builder.add(document, "", this::problem);
                }

                @Override
                public void problem(Problem problem) {
                    throw new AssertionError(problem.toString());
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ClusterState state = builder.build();
        return Workloads.of(state).getFirst();
    }
}
