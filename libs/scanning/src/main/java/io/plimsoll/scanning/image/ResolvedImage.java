package io.plimsoll.scanning.image;

import io.plimsoll.scanning.reference.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image whose manifest and configuration are read and whose layers can be.
 *
 * @param digest of the manifest; empty where the format has none (docker-save)
 * @param name as the archive or layout names it, empty when it does not
 * @param layers lowest first
 * @param annotations of the manifest
 * @param incomplete what could not be had: foreign layers
 */
public record ResolvedImage(
        Optional<Digest> digest,
        String name,
        ImageConfig config,
        List<Layer> layers,
        Map<String, String> annotations,
        List<Incompleteness> incomplete) {
    public ResolvedImage {
        layers = List.copyOf(layers);
        annotations = Map.copyOf(annotations);
        incomplete = List.copyOf(incomplete);
    }
}
