package io.plimsoll.scanning.advisory.index;

import java.io.IOException;
import java.util.Arrays;

/** Where each package is, by the hash of its key: two plain arrays, sorted. */
final class Directory {
    private static final int PACKAGES_MAX = 50_000_000;

    private long[] hashes = new long[1_024];
    private long[] places = new long[1_024];
    private int size;

    /** In order of the unsigned hash. */
    void add(long hash, long place) throws IOException {
        if (size == PACKAGES_MAX) {
            throw new IOException("more than " + PACKAGES_MAX + " packages");
        }
        if (size == hashes.length) {
            int capacity = Math.min(PACKAGES_MAX, size * 2);
            hashes = Arrays.copyOf(hashes, capacity);
            places = Arrays.copyOf(places, capacity);
        }
        hashes[size] = hash;
        places[size] = place;
        size++;
    }

    void write(SequentialOutput out) throws IOException {
        for (int i = 0; i < size; i++) {
            out.bytes(new Encoder().fixed(hashes[i]).fixed(places[i]).toBytes());
        }
    }

    static Directory decode(byte[] bytes) throws IOException {
        Decoder in = new Decoder(bytes);
        Directory directory = new Directory();
        while (!in.atEnd()) {
            directory.add(in.fixed(), in.fixed());
        }
        return directory;
    }

    /** The first row of a hash; {@link #size()} or another hash's row when there is none. */
    int first(long hash) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(hashes[middle], hash) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    long hash(int row) {
        return hashes[row];
    }

    long place(int row) {
        return places[row];
    }

    int size() {
        return size;
    }
}
