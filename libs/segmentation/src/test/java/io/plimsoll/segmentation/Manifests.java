package io.plimsoll.segmentation;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.kubernetes.value.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A cluster from manifests. */
public final class Manifests {

    private Manifests() {}

    /** The cluster {@code test} as written in one text of YAML documents. */
    public static ClusterState of(String yaml) {
        ClusterStateBuilder builder = new ClusterStateBuilder("test", ClusterMode.MANIFESTS);
        read("in.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), builder);
        return builder.build();
    }

    /** The cluster {@code test} as written in every manifest below a folder. */
    public static ClusterState in(Path folder) {
        ClusterStateBuilder builder = new ClusterStateBuilder("test", ClusterMode.MANIFESTS);
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> files = paths.filter(path -> path.toString().matches(".*\\.(yaml|yml|json)"))
                    .sorted()
                    .toList();
            for (Path file : files) {
                try (InputStream in = Files.newInputStream(file)) {
                    read(folder.relativize(file).toString(), in, builder);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return builder.build();
    }

    /** The cluster {@code test} as written in one manifest. */
    public static ClusterState read(Path file) {
        ClusterStateBuilder builder = new ClusterStateBuilder("test", ClusterMode.MANIFESTS);
        try (InputStream in = Files.newInputStream(file)) {
            read(file.toString(), in, builder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return builder.build();
    }

    /** A cluster with further objects in it. */
    public static ClusterState with(ClusterState state, List<Value> manifests) {
        List<Resource> all = new ArrayList<>(state.resources());
        for (Value each : manifests) {
            String[] version = each.text("apiVersion").split("/");
            Value metadata = each.at("metadata");
            ResourceId id = new ResourceId(
                    state.name(), version[0], each.text("kind"), metadata.text("namespace"), metadata.text("name"));
            all.add(new Resource(id, version[1], each, Source.NONE, List.of()));
        }
        return new ClusterState(state.name(), state.mode(), all);
    }

    /** The cluster {@code test} from a file with one object in each line. */
    public static ClusterState lines(Path file) {
        ClusterStateBuilder builder = new ClusterStateBuilder("test", ClusterMode.MANIFESTS);
        try (Stream<String> lines = Files.lines(file)) {
            lines.forEach(
                    line -> read("in.json", new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)), builder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return builder.build();
    }

    /** The first document of a file, whatever it is. */
    public static Value value(Path file) {
        List<Value> values = new ArrayList<>();
        DocumentSink sink = new DocumentSink() {
            @Override
            public void document(Document document) {
                values.add(document.body());
            }

            @Override
            public void problem(Problem problem) {
                throw new AssertionError(problem.toString());
            }
        };
        try (InputStream in = Files.newInputStream(file)) {
            new ManifestReader(ManifestLimits.DEFAULTS).read(file.toString(), in, sink);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return values.getFirst();
    }

    private static void read(String file, InputStream in, ClusterStateBuilder builder) {
        DocumentSink sink = new DocumentSink() {
            @Override
            public void document(Document document) {
                builder.add(document, "", problem -> {});
            }

            @Override
            public void problem(Problem problem) {
                throw new AssertionError(problem.toString());
            }
        };
        try {
            new ManifestReader(ManifestLimits.DEFAULTS).read(file, in, sink);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
