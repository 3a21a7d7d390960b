package io.plimsoll.scanning.advisory.index;

import java.util.Comparator;

/**
 * One affected package of one advisory, on its way into the index.
 *
 * @param keyHash see {@link IndexFormat#hash}
 * @param idHash of the advisory's id: the same record may come in several feeds
 * @param modified seconds, 0 when not said
 * @param feed which feed it came in, in order of import
 * @param withdrawn the record no longer stands: it only removes its older copies
 * @param place where the advisory is written
 */
record Entry(
        long keyHash,
        String key,
        long idHash,
        long modified,
        int feed,
        boolean withdrawn,
        long place,
        byte[] affected) {

    /** By package, then record, the newest copy first, of equals that of the first feed. */
    static final Comparator<Entry> ORDER = (a, b) -> {
        int order = Long.compareUnsigned(a.keyHash, b.keyHash);
        order = order != 0 ? order : a.key.compareTo(b.key);
        order = order != 0 ? order : Long.compareUnsigned(a.idHash, b.idHash);
        order = order != 0 ? order : Long.compare(b.modified, a.modified);
        order = order != 0 ? order : Integer.compare(a.feed, b.feed);
        return order != 0 ? order : Long.compare(a.place, b.place);
    };

    /** Rough bytes it takes in memory. */
    long weight() {
        return 160L + 2L * key.length() + affected.length;
    }

    boolean isCopyOf(Entry other) {
        return keyHash == other.keyHash && idHash == other.idHash && key.equals(other.key);
    }

    byte[] encode() {
        return new Encoder()
                .fixed(keyHash)
                .text(key)
                .fixed(idHash)
                .number(modified)
                .number(feed)
                .octet(withdrawn ? 1 : 0)
                .number(place)
                .raw(affected)
                .toBytes();
    }

    static Entry decode(byte[] bytes) throws MalformedIndex {
        Decoder in = new Decoder(bytes);
        return new Entry(
                in.fixed(),
                in.text(),
                in.fixed(),
                in.number(),
                (int) in.number(),
                in.octet() == 1,
                in.number(),
                in.rest());
    }
}
