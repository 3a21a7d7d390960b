package io.plimsoll.cli.input;

import io.plimsoll.assessment.Coverage;
import io.plimsoll.cli.UsageProblem;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads files, folders and standard input into cluster states. Keeps what could not be read as coverage. */
public final class EstateInput {

    /** Name of the cluster when no estate file names one. */
    public static final String CLUSTER = "cluster";

    private final Map<String, ClusterStateBuilder> builders = new TreeMap<>();
    private final List<Coverage> coverage = new ArrayList<>();
    private final ManifestFiles files = new ManifestFiles(this::note);
    private int skipped;

    /** Adds files, folders (recursively: .yaml, .yml, .json) or {@code -} to one cluster. */
    public void addPaths(List<String> paths) {
        for (String path : paths) {
            add(CLUSTER, "", path.equals("-") ? null : Path.of(path), path);
        }
    }

    /**
     * Adds what an estate file names: {@code clusters: [{name, sources: [{path, namespace}]}]}, paths relative to it.
     *
     * @throws UsageProblem naming the place when it is no estate file
     */
    public void addEstate(Path file) {
        Value root = document(file);
        Path folder = file.toAbsolutePath().getParent();
        List<Value> clusters = root.items("clusters");
        if (clusters.isEmpty()) {
            throw new UsageProblem(file + ": no clusters: an estate file has clusters: [{name, sources: [{path}]}]");
        }
        for (Value cluster : clusters) {
            String name = cluster.text("name");
            if (name.isEmpty() || cluster.items("sources").isEmpty()) {
                throw new UsageProblem(file + ":" + cluster.line() + ": a cluster needs a name and sources");
            }
            for (Value source : cluster.items("sources")) {
                String path = source.text("path");
                if (path.isEmpty()) {
                    throw new UsageProblem(file + ":" + source.line() + ": a source needs a path");
                }
                add(name, source.text("namespace"), folder == null ? Path.of(path) : folder.resolve(path), path);
            }
        }
    }

    private static Value document(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return SingleDocument.read(file.toString(), in);
        } catch (IllegalArgumentException e) {
            throw new UsageProblem("the estate file cannot be used: " + e.getMessage());
        } catch (IOException e) {
            throw new UsageProblem(file + ": no such file, or not readable");
        }
    }

    public List<ClusterState> states() {
        List<ClusterState> states = new ArrayList<>();
        builders.values().forEach(builder -> states.add(builder.build(this::note)));
        return states;
    }

    /** What could not be read, or was read otherwise than its author may think; by source. */
    public List<Coverage> coverage() {
        return coverage.stream()
                .sorted(java.util.Comparator.comparing(Coverage::source)
                        .thenComparing(Coverage::kind)
                        .thenComparing(Coverage::text))
                .toList();
    }

    /** How many documents were left out. */
    public int skipped() {
        return skipped;
    }

    private void add(String cluster, String namespace, @Nullable Path path, String shown) {
        ClusterStateBuilder builder =
                builders.computeIfAbsent(cluster, name -> new ClusterStateBuilder(name, ClusterMode.MANIFESTS));
        DocumentSink sink = new DocumentSink() {
            @Override
            public void document(Document document) {
                builder.add(document, namespace, EstateInput.this::note);
            }

            @Override
            public void problem(Problem problem) {
                note(problem);
            }
        };
        files.read(path, shown, sink);
    }

    private void note(Problem problem) {
        boolean left = problem.severity() == Problem.Severity.SKIPPED;
        skipped += left ? 1 : 0;
        coverage.add(new Coverage(left ? "document" : "notice", problem.message(), problem.source()));
    }
}
