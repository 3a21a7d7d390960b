package io.plimsoll.endtoend;

import io.plimsoll.assessment.Assessment;
import io.plimsoll.assessment.AssessmentResult;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.DeclaredObject;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.maturity.model.StageModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was uploaded, and what assessing it in one process says. */
final class Estate {

    /** One upload: its cluster, its source, the namespace of objects that name none, its files. */
    record Upload(String cluster, String source, String namespace, SortedMap<String, byte[]> files) {}

    private final SortedMap<String, SortedMap<String, Upload>> clusters = new TreeMap<>();
    private final SortedMap<String, List<String>> live = new TreeMap<>();

    /** Takes it, in place of what the source held before. */
    void put(Upload upload) {
        clusters.computeIfAbsent(upload.cluster(), name -> new TreeMap<>()).put(upload.source(), upload);
    }

    /** A cluster as it is seen live. */
    void live(String cluster, List<String> objects) {
        live.put(cluster, List.copyOf(objects));
    }

    AssessmentResult assessed(Declarations declarations, @Nullable Instant asOf) {
        List<ClusterState> states = new ArrayList<>();
        clusters.forEach((name, sources) -> {
            ClusterStateBuilder builder = new ClusterStateBuilder(name, ClusterMode.MANIFESTS);
            sources.values().forEach(upload -> add(builder, upload));
            states.add(builder.build());
        });
        live.forEach((name, objects) -> states.add(watched(name, objects)));
        return new Assessment(StageModel.builtin(), AddOnCatalogue.builtin())
                .assess(states, declarations, asOf, List.of());
    }

    private static ClusterState watched(String name, List<String> objects) {
        ClusterStateBuilder builder = new ClusterStateBuilder(name, ClusterMode.LIVE);
        for (String object : objects) {
            try {
                Value.Obj body =
                        (Value.Obj) SingleDocument.read("object", new ByteArrayInputStream(Uploads.bytes(object)));
                String apiVersion = body.text("apiVersion");
                int slash = apiVersion.indexOf('/');
                String namespace = body.at("metadata").text("namespace");
                builder.add(
                        new DeclaredObject(
                                body,
                                slash < 0 ? "" : apiVersion.substring(0, slash),
                                apiVersion.substring(slash + 1),
                                body.text("kind"),
                                namespace,
                                "",
                                Source.NONE),
                        problem -> {});
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return builder.build();
    }

    private static void add(ClusterStateBuilder builder, Upload upload) {
        upload.files().forEach((name, content) -> {
            try {
                new ManifestReader(ManifestLimits.DEFAULTS)
                        .read(name, new ByteArrayInputStream(content), new DocumentSink() {
                            @Override
                            public void document(Document document) {
                                builder.add(document, upload.namespace(), problem -> {});
                            }

                            @Override
                            public void problem(Problem problem) {
                                // Said by the upload's own answer.
                            }
                        });
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    /**
     * An estate of the shared cases, its clusters' names preceded by its own: one organisation holds them all.
     *
     * @param manifests the folder that the rows of {@code files.tsv} are relative to
     */
    static List<Upload> shared(Path manifests, String estate) throws IOException {
        SortedMap<String, Upload> uploads = new TreeMap<>();
        List<String> rows = Files.readAllLines(manifests.resolve("estates/" + estate + "/files.tsv"));
        for (String row : rows.subList(1, rows.size())) {
            if (row.isBlank()) {
                continue;
            }
            String[] cells = row.split("\t", -1);
            String cluster = prefix(estate) + "-" + cells[0];
            String source = cells[1].isEmpty() ? "files" : cells[1];
            Upload upload = uploads.computeIfAbsent(
                    cluster + " " + source, key -> new Upload(cluster, source, cells[1], new TreeMap<>()));
            upload.files().put(cells[2], Files.readAllBytes(manifests.resolve(cells[2])));
        }
        return List.copyOf(uploads.values());
    }

    private static String prefix(String estate) {
        return estate.substring(0, 2).toLowerCase(java.util.Locale.ROOT);
    }
}
