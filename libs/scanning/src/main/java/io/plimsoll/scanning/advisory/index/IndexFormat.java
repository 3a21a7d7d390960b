package io.plimsoll.scanning.advisory.index;

import java.nio.charset.StandardCharsets;

/**
 * The layout of an index file, all numbers highest byte first:
 *
 * <pre>
 * advisories   length (varint) and bytes, one after the other
 * packages     length (varint) and bytes: key, then per advisory its place and whom it concerns; sorted by the key's hash
 * directory    per package: hash of its key (8), place (8)
 * exploited    per CVE, sorted: number (8), day listed (4), ransomware (4)
 * likelihood   per CVE, sorted: number (8), probability (4), percentile (4), both in millionths
 * feeds        what each feed was
 * footer       FOOTER_BYTES: the places of the above, a checksum over all before it, version, magic
 * </pre>
 */
final class IndexFormat {
    /** Rises with every change; an index of another version is imported anew. */
    static final int VERSION = 1;

    static final long MAGIC = 0x504c494d41445631L; // "PLIMADV1"
    static final int FOOTER_BYTES = 8 * 11;
    static final int ROW_BYTES = 16;
    /** One record, so that a damaged length cannot ask for all memory. */
    static final int RECORD_BYTES_MAX = 256 << 20;

    private IndexFormat() {}

    /** FNV-1a over the key's bytes, then mixed: directory rows are found by halving an even spread. */
    static long hash(String key) {
        long hash = 0xcbf29ce484222325L;
        for (byte octet : key.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xff)) * 0x100000001b3L;
        }
        hash ^= hash >>> 32;
        hash *= 0xd6e8feb86659fd93L;
        return hash ^ hash >>> 32;
    }

    /** A package's key. Neither part holds a NUL. */
    static String key(String ecosystem, String name) {
        return ecosystem + '\0' + name;
    }
}
