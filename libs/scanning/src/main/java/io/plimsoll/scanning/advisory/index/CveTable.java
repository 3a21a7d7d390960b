package io.plimsoll.scanning.advisory.index;

import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalInt;

/** Rows of two numbers by CVE, in plain arrays. */
final class CveTable {
    private static final int ROWS_MAX = 5_000_000;

    private long[] cves = new long[1_024];
    private int[] first = new int[1_024];
    private int[] second = new int[1_024];
    private int size;

    void add(long cve, int one, int two) throws IOException {
        if (size == ROWS_MAX) {
            throw new IOException("more than " + ROWS_MAX + " rows by CVE");
        }
        if (size == cves.length) {
            int capacity = Math.min(ROWS_MAX, size * 2);
            cves = Arrays.copyOf(cves, capacity);
            first = Arrays.copyOf(first, capacity);
            second = Arrays.copyOf(second, capacity);
        }
        cves[size] = cve;
        first[size] = one;
        second[size] = two;
        size++;
    }

    /** Sorted by CVE; of two rows of one the later added. */
    byte[] encode() {
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(cves[a], cves[b]));
        Encoder out = new Encoder();
        for (int i = 0; i < size; i++) {
            boolean repeated = i + 1 < size && cves[order[i + 1]] == cves[order[i]];
            if (!repeated) {
                out.fixed(cves[order[i]]).fixed((long) first[order[i]] << 32 | (second[order[i]] & 0xffffffffL));
            }
        }
        return out.toBytes();
    }

    static CveTable decode(byte[] bytes) throws IOException {
        Decoder in = new Decoder(bytes);
        CveTable table = new CveTable();
        while (!in.atEnd()) {
            long cve = in.fixed();
            long row = in.fixed();
            table.add(cve, (int) (row >>> 32), (int) row);
        }
        return table;
    }

    /** The row of a CVE; empty when there is none. */
    OptionalInt find(long cve) {
        int at = Arrays.binarySearch(cves, 0, size, cve);
        return at < 0 ? OptionalInt.empty() : OptionalInt.of(at);
    }

    int first(int row) {
        return first[row];
    }

    int second(int row) {
        return second[row];
    }

    int size() {
        return size;
    }
}
