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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** An OCI layout as a folder, to which a bill of materials can be attached (OCI image specification 1.1, subject). */
public record Layout(Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
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

    /** Names the image, so that it is found among what is attached to it. */
    public void name(String name) throws IOException {
        ObjectNode index = index();
        ObjectNode image = (ObjectNode) index.withArray("manifests").get(0);
        image.withObject("/annotations").put("org.opencontainers.image.ref.name", name);
        write(index);
    }

    /**
     * Attaches a bill of materials to the image.
     *
     * @return digest of the attachment
     */
    public String attach(Path bill) throws IOException {
        ObjectNode index = index();
        JsonNode image = index.withArray("manifests").get(0);
        ObjectNode manifest = JSON.createObjectNode();
        manifest.put("schemaVersion", 2);
        manifest.put("mediaType", MANIFEST);
        manifest.put("artifactType", BILL);
        manifest.set("config", blob("{}".getBytes(StandardCharsets.UTF_8), EMPTY));
        manifest.withArray("layers").add(blob(Files.readAllBytes(bill), BILL));
        ObjectNode subject = manifest.putObject("subject");
        for (String key : new String[] {"mediaType", "digest", "size"}) {
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

    /** The image's own manifest. */
    public JsonNode manifest() throws IOException {
        return JSON.readTree(
                blob(index().withArray("manifests").get(0).get("digest").asText())
                        .toFile());
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
