package io.plimsoll.registry;

import io.plimsoll.registry.RegistryProblem.Reason;
import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.image.ImageLimits;
import io.plimsoll.scanning.reference.Digest;
import io.plimsoll.scanning.trust.Attachment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Collects what is attached to one image. Everything is bounded and compared with its digest; what is too much, too large or
 * forged is a problem by name, and the rest is still collected.
 */
final class Attachments {

    private static final int MANIFESTS_MAX = 50;
    private static final int LAYERS_MAX = 20;
    private static final int BYTES_MAX = 16 << 20;
    private static final int ALL_BYTES_MAX = 64 << 20;
    private static final int PROBLEMS_MAX = 20;
    /** Where BuildKit says, in an index, which of its images a manifest is about. */
    private static final String BUILDKIT_DIGEST = "vnd.docker.reference.digest";

    private final Repository repository;
    private final ImageLimits limits;
    private final List<Attachment> found = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<Digest> seen = new HashSet<>();
    private int manifests;
    private long bytes;

    Attachments(Repository repository, ImageLimits limits) {
        this.repository = repository;
        this.limits = limits;
    }

    RegistryClient.Attached of(RegistryClient.Pulled pulled) throws IOException {
        Set<Digest> subjects = new LinkedHashSet<>();
        pulled.image().digest().ifPresent(subjects::add);
        subjects.add(pulled.root());
        for (Digest subject : subjects) {
            String tag = subject.algorithm() + "-" + subject.hex();
            for (String suffix : new String[] {".sig", ".att", ".sbom"}) {
                tagged(tag + suffix);
            }
            referrers(subject, tag);
        }
        if (pulled.image().digest().isPresent()) {
            withinIndex(pulled.document(), pulled.image().digest().get());
        }
        return new RegistryClient.Attached(found, problems);
    }

    /** Cosign's own tags: a manifest whose layers are the signatures. */
    private void tagged(String tag) throws IOException {
        Optional<byte[]> manifest = get("manifests/" + tag);
        if (manifest.isPresent()) {
            layers("tag " + tag, manifest.get());
        }
    }

    private void referrers(Digest subject, String tag) throws IOException {
        Optional<byte[]> index = get("referrers/" + subject);
        if (index.isEmpty()) {
            index = get("manifests/" + tag);
        }
        if (index.isEmpty()) {
            return;
        }
        for (Node member : members(index.get(), "the referrers of " + subject)) {
            referrer(member, "referrer ");
        }
    }

    private void withinIndex(byte[] document, Digest image) throws IOException {
        for (Node member : members(document, "the index")) {
            if (member.get("annotations").text(BUILDKIT_DIGEST).equals(image.toString())) {
                referrer(member, "index member ");
            }
        }
    }

    private List<Node> members(byte[] document, String what) throws IOException {
        try {
            return Documents.json(new ByteArrayInputStream(document))
                    .get("manifests")
                    .items();
        } catch (MalformedDocument e) {
            problem(what + ": not JSON");
            return List.of();
        }
    }

    private void referrer(Node descriptor, String kind) throws IOException {
        Optional<Digest> digest = Digest.find(descriptor.text("digest"));
        if (digest.isEmpty()) {
            problem(kind + "without a digest that can be verified");
            return;
        }
        if (!seen.add(digest.get())) {
            return;
        }
        if (manifests >= MANIFESTS_MAX) {
            problem("more than " + MANIFESTS_MAX + " manifests are attached, the others were not read");
            return;
        }
        Optional<byte[]> manifest = get("manifests/" + digest.get());
        if (manifest.isEmpty()) {
            problem(kind + digest.get() + " is not there");
        } else if (!isOf(manifest.get(), digest.get())) {
            problem(kind + digest.get() + " does not have its digest");
        } else {
            layers(kind + digest.get(), manifest.get());
        }
    }

    private void layers(String from, byte[] manifest) throws IOException {
        manifests++;
        Node read;
        try {
            read = Documents.json(new ByteArrayInputStream(manifest));
        } catch (MalformedDocument e) {
            problem(from + ": not JSON");
            return;
        }
        List<Node> layers = read.get("layers").items();
        if (layers.size() > LAYERS_MAX) {
            problem(from + ": " + layers.size() + " layers, " + LAYERS_MAX + " are read");
        }
        for (Node layer : layers.subList(0, Math.min(LAYERS_MAX, layers.size()))) {
            layer(from, layer);
        }
    }

    private void layer(String from, Node layer) throws IOException {
        Optional<Digest> digest = Digest.find(layer.text("digest"));
        if (digest.isEmpty()) {
            problem(from + ": a layer without a digest that can be verified");
            return;
        }
        if (layer.get("size").number() > BYTES_MAX || bytes >= ALL_BYTES_MAX) {
            problem(from + ": larger than is read");
            return;
        }
        byte[] content;
        try {
            content = repository.document("blobs/" + digest.get(), "", BYTES_MAX);
        } catch (RegistryProblem e) {
            problem(from + ": " + e.getMessage());
            return;
        }
        bytes += content.length;
        if (!isOf(content, digest.get())) {
            problem(from + ": a layer does not have its digest");
            return;
        }
        Map<String, String> annotations = new HashMap<>();
        layer.get("annotations").members().forEach((name, value) -> annotations.put(name, value.text()));
        found.add(new Attachment(from, layer.text("mediaType"), annotations, content));
    }

    /** Empty when it is not there: registries answer 404, and some 400 or 405 for a path they do not know. */
    private Optional<byte[]> get(String path) throws IOException {
        try {
            return Optional.of(repository.document(path, RegistryClient.ACCEPT, limits.manifestBytesMax()));
        } catch (RegistryProblem e) {
            if (e.reason() == Reason.NOT_FOUND
                    || e.reason() == Reason.UNEXPECTED_ANSWER && path.startsWith("referrers/")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean isOf(byte[] content, Digest digest) {
        MessageDigest computation = digest.computation();
        computation.update(content);
        return digest.isResultOf(computation);
    }

    private void problem(String what) {
        if (problems.size() < PROBLEMS_MAX) {
            problems.add(what);
        }
    }
}
