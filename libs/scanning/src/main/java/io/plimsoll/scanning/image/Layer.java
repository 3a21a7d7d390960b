package io.plimsoll.scanning.image;

import io.plimsoll.scanning.reference.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * One layer: what it is called, and a way to its bytes.
 *
 * @param digest that the bytes as they come must have; empty where the format has none (docker-save)
 * @param diffId that the unpacked tar must have, from the configuration; empty when not said
 * @param createdBy the history's word for it, empty when not said
 * @param packedBytes as declared, -1 when not said
 * @param content opens the packed bytes
 */
public record Layer(
        Optional<Digest> digest, Optional<Digest> diffId, String createdBy, long packedBytes, Content content) {

    /** Opens a layer's bytes; each call starts anew. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }

    /** The digest to call it by. */
    public String label() {
        return digest.or(() -> diffId).map(Digest::toString).orElse("layer without digest");
    }
}
