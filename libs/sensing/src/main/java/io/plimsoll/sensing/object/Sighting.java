package io.plimsoll.sensing.object;

/**
 * One object as it was seen, stripped.
 *
 * @param resourceVersion as the API server gave it; empty when it gave none
 * @param generation {@code metadata.generation}, which rises with each change of what is wanted; 0 for kinds that have none
 * @param json canonical JSON in UTF-8
 * @param hash SHA-256 of {@code json}
 */
public record Sighting(
        ObjectKey key, String resourceVersion, long generation, byte[] json, byte[] hash, LastChange change) {}
