package io.plimsoll.scanning.trust;

import java.util.Map;

/**
 * Something attached to an image in its registry, as it was fetched; its bytes have the digest they were asked for by.
 *
 * @param from where it was found: {@code tag sha256-….sig}, {@code referrer sha256:…}, {@code index}
 * @param mediaType of the bytes
 * @param annotations of the descriptor
 */
public record Attachment(String from, String mediaType, Map<String, String> annotations, byte[] content) {
    public Attachment {
        annotations = Map.copyOf(annotations);
    }
}
