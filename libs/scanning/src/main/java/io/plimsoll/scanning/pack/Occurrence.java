package io.plimsoll.scanning.pack;

/**
 * One place a package was seen at.
 *
 * @param path absolute in the image, {@code !/} steps into an archive: {@code /app/a.jar!/BOOT-INF/lib/b.jar}
 * @param layer index of the layer that brought it, lowest is 0; -1 when there are no layers
 * @param evidence what said so
 * @param confidence how surely
 * @param development only needed to build or test, as far as a lock file says
 */
public record Occurrence(String path, int layer, EvidenceKind evidence, Confidence confidence, boolean development)
        implements Comparable<Occurrence> {

    public Occurrence {
        if (path.isEmpty() || layer < -1) {
            throw new IllegalArgumentException("an occurrence has a path, and a layer or -1: " + path + " " + layer);
        }
    }

    @Override
    public int compareTo(Occurrence other) {
        int byPath = path.compareTo(other.path);
        return byPath != 0 ? byPath : Integer.compare(layer, other.layer);
    }
}
