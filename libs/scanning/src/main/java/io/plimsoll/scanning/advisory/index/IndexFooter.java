package io.plimsoll.scanning.advisory.index;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** The last bytes of an index, see {@link IndexFormat}. */
record IndexFooter(
        long directoryAt,
        long exploitedAt,
        long likelihoodAt,
        long feedsAt,
        long end,
        long advisories,
        long packages,
        long entries,
        long checksum) {

    IndexFooter {
        boolean inOrder = 0 <= directoryAt
                && directoryAt <= exploitedAt
                && exploitedAt <= likelihoodAt
                && likelihoodAt <= feedsAt
                && feedsAt <= end;
        if (!inOrder) {
            throw new IllegalArgumentException("sections out of order");
        }
    }

    static IndexFooter read(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < IndexFormat.FOOTER_BYTES) {
            throw new MalformedIndex("not an advisory index: " + size + " bytes");
        }
        Decoder in =
                new Decoder(AdvisoryIndex.bytes(channel, size - IndexFormat.FOOTER_BYTES, IndexFormat.FOOTER_BYTES));
        long[] fields = new long[9];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = in.fixed();
        }
        long version = in.fixed();
        if (in.fixed() != IndexFormat.MAGIC) {
            throw new MalformedIndex("not an advisory index, or cut off");
        }
        if (version != IndexFormat.VERSION) {
            throw new MalformedIndex("an index of version " + version + ", this program reads " + IndexFormat.VERSION
                    + ": import again");
        }
        if (fields[4] != size - IndexFormat.FOOTER_BYTES) {
            throw new MalformedIndex("cut off or grown since it was written");
        }
        try {
            return new IndexFooter(
                    fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], fields[6], fields[7], fields[8]);
        } catch (IllegalArgumentException e) {
            throw new MalformedIndex(String.valueOf(e.getMessage()));
        }
    }
}
