package io.plimsoll.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** An OCI layout as a folder, to which a bill of materials can be attached (OCI image specification 1.1, subject). */
public record Layout(Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final List<String> DESCRIPTOR = List.of("mediaType", "digest", "size");
    private static final String EMPTY = "application/vnd.oci.empty.v1+json";
    /** What a CycloneDX bill is called among attachments. */
    static final String BILL = "application/vnd.cyclonedx+json";

    /** Unpacks what {@link ServiceImage} wrote, into a folder that is not there yet. */
    public static Layout unpack(Path archive, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (InputStream in = Files.newInputStream(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                Path to = folder.resolve(entry.getName()).normalize();
                if (!to.startsWith(folder) || !entry.isFile() && !entry.isDirectory()) {
                    throw new IOException(archive + ": not an entry of a layout: " + entry.getName());
                }
                if (entry.isFile()) {
                    Files.createDirectories(to.getParent());
                    Files.copy(tar, to);
                }
            }
        }
        return new Layout(folder);
    }

    /**
     * One image of several architectures: an index over the images of each (OCI image specification 1.1, image index).
     *
     * @param parts by architecture, in the order of the index
     * @param folder that is not there yet
     */
    public static Layout join(SequencedMap<String, Layout> parts, Path folder) throws IOException {
        Layout joined = new Layout(folder);
        ObjectNode whole = JSON.createObjectNode();
        whole.put("schemaVersion", 2);
        whole.put("mediaType", INDEX);
        for (Map.Entry<String, Layout> part : parts.entrySet()) {
            Path blobs = part.getValue().folder().resolve("blobs/sha256");
            try (Stream<Path> files = Files.list(blobs)) {
                for (Path blob : files.toList()) {
                    Path to = folder.resolve("blobs/sha256")
                            .resolve(blob.getFileName().toString());
                    Files.createDirectories(to.getParent());
                    // Layers that all share are there once.
                    Files.copy(blob, to, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            ObjectNode image = JSON.createObjectNode();
            JsonNode manifest = part.getValue().index().withArray("manifests").get(0);
            for (String key : DESCRIPTOR) {
                image.set(key, manifest.get(key));
            }
            image.putObject("platform").put("architecture", part.getKey()).put("os", "linux");
            whole.withArray("manifests").add(image);
        }
        ObjectNode index = JSON.createObjectNode();
        index.put("schemaVersion", 2);
        index.put("mediaType", INDEX);
        index.withArray("manifests").add(joined.blob(JSON.writeValueAsBytes(whole), INDEX));
        joined.write(index);
        Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        return joined;
    }

    /** Descriptors of the image by architecture: of its parts, or of itself where it is of one. */
    public List<JsonNode> images() throws IOException {
        JsonNode image = index().withArray("manifests").get(0);
        if (!image.get("mediaType").asText().equals(INDEX)) {
            return List.of(image);
        }
        List<JsonNode> images = new ArrayList<>();
        JSON.readTree(blob(image.get("digest").asText()).toFile())
                .get("manifests")
                .forEach(images::add);
        return images;
    }

    /** Digest of the image as a whole. */
    public String digest() throws IOException {
        return index().withArray("manifests").get(0).get("digest").asText();
    }

    /** Names the image, so that it is found among what is attached to it. */
    public void name(String name) throws IOException {
        ObjectNode index = index();
        ObjectNode image = (ObjectNode) index.withArray("manifests").get(0);
        image.withObject("/annotations").put("org.opencontainers.image.ref.name", name);
        write(index);
    }

    /**
     * Attaches a bill of materials.
     *
     * @param image descriptor of what it is the bill of
     * @return digest of the attachment
     */
    public String attach(Path bill, JsonNode image) throws IOException {
        ObjectNode index = index();
        ObjectNode manifest = JSON.createObjectNode();
        manifest.put("schemaVersion", 2);
        manifest.put("mediaType", MANIFEST);
        manifest.put("artifactType", BILL);
        manifest.set("config", blob("{}".getBytes(StandardCharsets.UTF_8), EMPTY));
        manifest.withArray("layers").add(blob(Files.readAllBytes(bill), BILL));
        ObjectNode subject = manifest.putObject("subject");
        for (String key : DESCRIPTOR) {
            subject.set(key, image.get(key));
        }
        ObjectNode attached = blob(JSON.writeValueAsBytes(manifest), MANIFEST);
        attached.put("artifactType", BILL);
        ArrayNode manifests = index.withArray("manifests");
        manifests.add(attached);
        write(index);
        return attached.get("digest").asText();
    }

    /** What a digest stands for. */
    public Path blob(String digest) {
        return folder.resolve("blobs").resolve(digest.replace(':', '/'));
    }

    /** The image's own manifest; the first where it is of several architectures. */
    public JsonNode manifest() throws IOException {
        return JSON.readTree(blob(images().getFirst().get("digest").asText()).toFile());
    }

    ObjectNode index() throws IOException {
        return (ObjectNode) JSON.readTree(folder.resolve("index.json").toFile());
    }

    private void write(ObjectNode index) throws IOException {
        Files.write(folder.resolve("index.json"), JSON.writeValueAsBytes(index));
    }

    private ObjectNode blob(byte[] content, String mediaType) throws IOException {
        String digest = "sha256:" + HexFormat.of().formatHex(sha256(content));
        Path to = blob(digest);
        Files.createDirectories(to.getParent());
        Files.write(to, content);
        ObjectNode descriptor = JSON.createObjectNode();
        descriptor.put("mediaType", mediaType);
        descriptor.put("digest", digest);
        descriptor.put("size", content.length);
        return descriptor;
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
