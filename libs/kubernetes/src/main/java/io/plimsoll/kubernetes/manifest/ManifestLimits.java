package io.plimsoll.kubernetes.manifest;

/**
 * Bounds of reading manifests. At a bound the document is reported, naming it, and the rest is read.
 *
 * @param objectCharsMax largest single object, in characters; the API server's request limit is 3 MiB
 * @param documentBytesMax largest document, in bytes: a {@code List} of many objects may be larger than one object
 * @param documentsMax most documents of one file; the rest of the file is not read
 * @param depthMax deepest nesting of mappings and sequences
 * @param aliasesMax most aliases of collections in one document (YAML bombs)
 * @param valuesMax most values of one document, aliases counted at each use
 * @param numberCharsMax longest number, in characters
 */
public record ManifestLimits(
        int objectCharsMax,
        int documentBytesMax,
        int documentsMax,
        int depthMax,
        int aliasesMax,
        int valuesMax,
        int numberCharsMax) {

    public static final ManifestLimits DEFAULTS =
            new ManifestLimits(3 << 20, 64 << 20, 1_000_000, 100, 50, 2_000_000, 400);

    public ManifestLimits {
        if (objectCharsMax < 1
                || documentBytesMax < objectCharsMax
                || documentsMax < 1
                || depthMax < 1
                || aliasesMax < 0
                || valuesMax < 1
                || numberCharsMax < 20) {
            throw new IllegalArgumentException("limits of manifests must be positive");
        }
    }
}
