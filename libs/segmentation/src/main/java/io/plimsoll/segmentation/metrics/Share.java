package io.plimsoll.segmentation.metrics;

/** A share from 0 to 1 known within bounds; rounded to six places, so that it prints the same everywhere. */
public record Share(double low, double high) {

    private static final double PLACES = 1e6;

    public Share {
        low = Math.round(low * PLACES) / PLACES;
        high = Math.round(high * PLACES) / PLACES;
        if (low < 0 || high > 1 || low > high) {
            throw new IllegalArgumentException("not a share: " + low + ".." + high);
        }
    }

    /** What is closed of a whole of which this much is open; 1 of an empty whole, where nobody can reach anybody. */
    static Share closed(double openLow, double openHigh, double whole) {
        return whole == 0 ? new Share(1, 1) : new Share(1 - openHigh / whole, 1 - openLow / whole);
    }
}
