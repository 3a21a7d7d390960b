package io.plimsoll.wire;

import java.util.Comparator;

/**
 * The version of a record: ordered as three unsigned numbers, lower never overwrites higher.
 *
 * @param epoch rises when a cluster's history starts anew
 * @param number the cluster's revision, one for each accepted batch
 * @param generation the writer's own counter, 0 for inventory
 */
public record Version(long epoch, long number, long generation) implements Comparable<Version> {

    /** Name of the record header that carries it, {@code EPOCH.NUMBER.GENERATION} in decimals. */
    public static final String HEADER = "plimsoll-version";

    public static final Version NONE = new Version(0, 0, 0);

    private static final Comparator<Version> ORDER = Comparator.comparingLong(Version::epoch)
            .thenComparingLong(Version::number)
            .thenComparingLong(Version::generation);

    public Version {
        if (epoch < 0 || number < 0 || generation < 0) {
            throw new IllegalArgumentException("not a version: " + epoch + "." + number + "." + generation);
        }
    }

    /** @throws IllegalArgumentException when it is no version */
    public static Version parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a version: " + text);
        }
        try {
            return new Version(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a version: " + text, e);
        }
    }

    /** The same input, seen by a writer of this generation. */
    public Version at(long ownGeneration) {
        return new Version(epoch, number, ownGeneration);
    }

    /** The input alone. */
    public Version input() {
        return at(0);
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return epoch + "." + number + "." + generation;
    }
}
