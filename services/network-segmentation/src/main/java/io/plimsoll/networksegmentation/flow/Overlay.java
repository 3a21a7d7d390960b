package io.plimsoll.networksegmentation.flow;

import io.plimsoll.kubernetes.ResourceId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Changes laid over a cluster by identity.
 *
 * @param files manifests to add, or to put in place of objects of the same identity
 * @param removals objects to take away
 * @param namespace for namespaced objects that name none; empty means {@code default}
 */
public record Overlay(List<File> files, List<ResourceId> removals, String namespace) {

    /** One file; its bytes are not to be changed. */
    public record File(String name, byte[] content) {}

    public Overlay {
        files = List.copyOf(files);
        removals = List.copyOf(removals);
    }

    /** Equal for equal overlays. */
    public String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach(file -> {
                update(digest, file.name().getBytes(StandardCharsets.UTF_8));
                update(digest, file.content());
            });
            removals.forEach(id -> update(
                    digest,
                    String.join("\0", id.group(), id.kind(), id.namespace(), id.name())
                            .getBytes(StandardCharsets.UTF_8)));
            update(digest, namespace.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** With its length, so that no two lists of parts are one. */
    private static void update(MessageDigest digest, byte[] part) {
        digest.update((part.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(part);
    }
}
