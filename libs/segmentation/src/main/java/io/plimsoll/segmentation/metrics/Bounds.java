package io.plimsoll.segmentation.metrics;

/** A count known within bounds: {@code low} when nothing that is unknown counts, {@code high} when all of it does. */
public record Bounds(long low, long high) {

    public Bounds {
        if (low < 0 || low > high) {
            throw new IllegalArgumentException("not bounds: " + low + ".." + high);
        }
    }
}
