package io.plimsoll.scanning.image;

import java.util.function.BooleanSupplier;

/** What is left to be spent on one image; counts down while it is read. Not thread safe. */
public final class Budget {

    private final ImageLimits limits;
    private final BooleanSupplier expired;
    private long unpacked;
    private int entries;
    private int archiveEntries;
    private long archiveBytes;
    private int packages;
    private int claims;

    /**
     * A fresh one.
     *
     * @param expired asked now and then; true ends the reading
     */
    public Budget(ImageLimits limits, BooleanSupplier expired) {
        this.limits = limits;
        this.expired = expired;
    }

    public ImageLimits limits() {
        return limits;
    }

    /** Bytes unpacked so far. */
    public long unpackedBytes() {
        return unpacked;
    }

    void unpack(long bytes) throws Exhausted {
        unpacked += bytes;
        if (unpacked > limits.unpackedBytesMax()) {
            throw new Exhausted("more than " + limits.unpackedBytesMax() + " bytes unpacked");
        }
    }

    /** Counts a file. */
    public void entry() throws Exhausted {
        if (++entries > limits.entriesMax()) {
            throw new Exhausted("more than " + limits.entriesMax() + " files");
        }
        if ((entries & 255) == 1) {
            checkTime();
        }
    }

    /** Counts entries within archives within the image; true while there are some left. */
    public boolean archiveEntry() {
        return ++archiveEntries <= limits.archiveEntriesMax();
    }

    /** Counts bytes unpacked from archives within the image; true while there are some left. */
    public boolean archiveBytes(long bytes) {
        archiveBytes += bytes;
        return archiveBytes <= limits.archiveBytesMax();
    }

    /** Counts a package that was found; true while there are some left. */
    public boolean found() {
        return ++packages <= limits.packagesMax();
    }

    /** Counts a file that a package owns; true while there are some left. */
    public boolean claim() {
        return ++claims <= limits.claimsMax();
    }

    void checkTime() throws Exhausted {
        if (expired.getAsBoolean()) {
            throw new Exhausted("out of time");
        }
    }

    /** A bound of the whole image is passed: what was found so far stands, nothing more is read. */
    public static final class Exhausted extends java.io.IOException {
        private static final long serialVersionUID = 1L;

        Exhausted(String message) {
            super(message);
        }
    }
}
