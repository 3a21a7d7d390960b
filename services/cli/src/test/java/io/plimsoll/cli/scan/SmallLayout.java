package io.plimsoll.cli.scan;

import io.plimsoll.scanning.reference.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** An OCI layout with an image of the layers given, right in everything that a test does not spoil. */
final class SmallLayout {

    private final Path folder;

    SmallLayout(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("blobs/sha256"));
        Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    }

    /** Writes the image and the index that names it. */
    SmallLayout image(byte[]... layers) throws IOException {
        return index(manifest(Arrays.asList(layers)));
    }

    /** An index.json that leads to these bytes. */
    SmallLayout index(byte[] document) throws IOException {
        Files.writeString(
                folder.resolve("index.json"),
                "{\"schemaVersion\":2,\"manifests\":[{" + blob(document, "application/vnd.oci.image.manifest.v1+json")
                        + "}]}");
        return this;
    }

    byte[] manifest(List<byte[]> layers) throws IOException {
        StringBuilder written = new StringBuilder();
        for (byte[] layer : layers) {
            written.append(written.isEmpty() ? "{" : ",{")
                    .append(blob(layer, "application/vnd.oci.image.layer.v1.tar"))
                    .append('}');
        }
        return bytes("{\"schemaVersion\":2,\"config\":{"
                + blob(
                        bytes("{\"os\":\"linux\",\"architecture\":\"amd64\"}"),
                        "application/vnd.oci.image.config.v1+json")
                + "},\"layers\":[" + written + "]}");
    }

    /** Stores a blob; gives the members of its descriptor. */
    String blob(byte[] content, String mediaType) throws IOException {
        Digest digest = Digest.sha256(content);
        Files.write(folder.resolve("blobs/sha256").resolve(digest.hex()), content);
        return "\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + digest + "\",\"size\":" + content.length;
    }

    /** Puts other bytes where this blob lies. */
    SmallLayout spoil(byte[] blob, byte[] other) throws IOException {
        Files.write(folder.resolve("blobs/sha256").resolve(Digest.sha256(blob).hex()), other);
        return this;
    }

    String target() {
        return "oci:" + folder;
    }

    static byte[] tar(byte[]... entries) {
        return concatenated(concatenated(entries), new byte[1_024]);
    }

    static byte[] file(String name, String content) {
        return entry(name, '0', bytes(content), "");
    }

    static byte[] entry(String name, char type, byte[] content, String link) {
        return concatenated(
                header(name, type, content.length, link), content, new byte[(512 - content.length % 512) % 512]);
    }

    /** A POSIX ustar header, whose size may lie. */
    static byte[] header(String name, char type, long size, String link) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 124, String.format(Locale.ROOT, "%011o\0", size));
        Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = (byte) type;
        put(header, 157, link);
        put(header, 257, "ustar\0" + "00");
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xff;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        return header;
    }

    static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
            packed.write(plain);
        }
        return out.toByteArray();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** Everything below a folder, with what links lead to. */
    static String listing(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.map(path -> folder.relativize(path).toString()).sorted().collect(Collectors.joining("\n"));
        }
    }

    private static void put(byte[] into, int at, String text) {
        byte[] bytes = bytes(text);
        System.arraycopy(bytes, 0, into, at, Math.min(bytes.length, into.length - at));
    }
}
