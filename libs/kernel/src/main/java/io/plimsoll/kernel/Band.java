package io.plimsoll.kernel;

/** A stage known within bounds, both 1..5: {@code low} is proven or shown, {@code high} is possible. */
public record Band(int low, int high) {

    public Band {
        if (low < 1 || high > 5 || low > high) {
            throw new IllegalArgumentException("not a band of stages: " + low + ".." + high);
        }
    }

    @Override
    public String toString() {
        return low == high ? Integer.toString(low) : low + ".." + high;
    }
}
