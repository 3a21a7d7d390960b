package io.plimsoll.inventory.ingest;

import io.plimsoll.assessment.Coverage;
import io.plimsoll.inventory.flow.ClusterPublication;
import io.plimsoll.inventory.flow.Content;
import io.plimsoll.inventory.flow.SourceContent;
import io.plimsoll.inventory.flow.StoredObject;
import io.plimsoll.kubernetes.manifest.DeclaredObject;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads an upload as the command line reads a folder. A document that is no well-formed YAML or JSON, or over a bound, refuses the whole upload,
 * naming file, document and line: half a file of objects says something else than the whole. A document that is well-formed and no object of
 * Kubernetes is left out and told as coverage.
 */
public final class ManifestUpload {

    private final String namespace;
    private final List<byte[]> objects = new ArrayList<>();
    private final List<Coverage> coverage = new ArrayList<>();
    private final MessageDigest digest = Content.sha256();
    private final ManifestReader reader = new ManifestReader(ManifestLimits.DEFAULTS);

    private ManifestUpload(String namespace) {
        this.namespace = namespace;
        digest.update(namespace.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param namespace for namespaced objects that name none; empty means {@code default}
     * @throws ProblemException when a document cannot be read
     */
    public static SourceContent read(Spool spool, String namespace) {
        ManifestUpload upload = new ManifestUpload(namespace);
        spool.read(upload::file);
        return new SourceContent(upload.objects, upload.coverage, upload.digest.digest());
    }

    private void file(String name, InputStream in) throws IOException {
        if (!isManifest(name)) {
            return;
        }
        reader.read(name, in, new DocumentSink() {
            @Override
            public void document(Document document) {
                DeclaredObject.each(document, namespace, ManifestUpload.this::add, ManifestUpload.this::note);
            }

            @Override
            public void problem(Problem problem) {
                if (problem.severity() == Problem.Severity.SKIPPED) {
                    throw refusal(problem);
                }
                note(problem);
            }
        });
    }

    /** As the command line takes from a folder; standard input has no name. */
    private static boolean isManifest(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return name.equals("-") || lower.endsWith(".yaml") || lower.endsWith(".yml") || lower.endsWith(".json");
    }

    private void add(DeclaredObject object) {
        if (objects.size() >= StoredObject.IN_A_CLUSTER_MAX) {
            throw new ProblemException(
                            io.plimsoll.problem.Problem.TOO_LARGE,
                            "the upload holds more than " + StoredObject.IN_A_CLUSTER_MAX + " objects")
                    .at(place(object.source()))
                    .over(StoredObject.IN_A_CLUSTER_MAX + " objects");
        }
        byte[] bytes = StoredObject.bytes(object);
        objects.add(bytes);
        digest.update(bytes);
    }

    private void note(Problem problem) {
        Coverage gap = ClusterPublication.coverage(problem);
        coverage.add(gap);
        digest.update((gap.kind() + " " + gap.source() + " " + gap.text()).getBytes(StandardCharsets.UTF_8));
    }

    private static ProblemException refusal(Problem problem) {
        return new ProblemException(
                        io.plimsoll.problem.Problem.UNPROCESSABLE,
                        place(problem.source()) + ": " + problem.message() + "; nothing of the upload is kept")
                .at(place(problem.source()));
    }

    private static String place(io.plimsoll.kernel.Source source) {
        return source.file() + ", document " + source.document() + (source.line() > 0 ? ", line " + source.line() : "");
    }
}
