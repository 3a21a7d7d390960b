package io.plimsoll.scanning.image;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.plimsoll.scanning.reference.Digest;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A layer unpacked as it flows: compression by its first bytes (media types lie), digest of the packed bytes computed on
 * the way, expansion bounded. zstd windows above 128 MiB are refused by the decompressor.
 */
final class LayerStream extends InputStream {

    private static final int BUFFER = 128 << 10;
    private static final int ZSTD_WINDOW_LOG_MAX = 27;

    private final Packed packed;
    private final InputStream unpacked;
    private final Budget budget;
    private long unpackedBytes;

    private LayerStream(Packed packed, InputStream unpacked, Budget budget) {
        this.packed = packed;
        this.unpacked = unpacked;
        this.budget = budget;
    }

    static LayerStream open(Layer layer, Budget budget) throws IOException {
        Packed packed = new Packed(layer.content().open(), layer.digest(), layer.packedBytes());
        try {
            BufferedInputStream head = new BufferedInputStream(packed, BUFFER);
            head.mark(8);
            byte[] magic = head.readNBytes(4);
            head.reset();
            return new LayerStream(packed, unpack(head, magic), budget);
        } catch (IOException e) {
            packed.close();
            throw e;
        }
    }

    private static InputStream unpack(InputStream packed, byte[] magic) throws IOException {
        if (magic.length >= 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b) {
            return new GZIPInputStream(packed, BUFFER);
        }
        if (magic.length == 4
                && magic[0] == 0x28
                && magic[1] == (byte) 0xb5
                && magic[2] == 0x2f
                && magic[3] == (byte) 0xfd) {
            return new ZstdInputStreamNoFinalizer(packed).setLongMax(ZSTD_WINDOW_LOG_MAX);
        }
        return packed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = unpacked.read(into, offset, length);
        if (count > 0) {
            unpackedBytes += count;
            budget.unpack(count);
            ImageLimits limits = budget.limits();
            if (unpackedBytes > limits.ratioFreeBytes() && unpackedBytes / limits.ratioMax() > packed.bytes) {
                throw new MalformedImage("unpacks to more than " + limits.ratioMax() + " times its size");
            }
        }
        return count;
    }

    /**
     * Reads the packed bytes to their end and compares. OCI image specification, "Content Descriptors": "If the length of the
     * retrieved content does not match the specified length, the content SHOULD NOT be trusted."
     *
     * @throws MalformedImage when the content is not what digest and size say
     */
    void verify() throws IOException {
        MessageDigest computation = packed.computation;
        if (computation == null) {
            return;
        }
        byte[] rest = new byte[BUFFER];
        while (packed.read(rest, 0, rest.length) >= 0) {
            budget.checkTime();
        }
        Digest expected = packed.expected.orElseThrow();
        if (!expected.isResultOf(computation)) {
            throw new MalformedImage("content does not have the digest " + expected);
        }
        if (packed.declared >= 0 && packed.bytes != packed.declared) {
            throw new MalformedImage("content of " + packed.bytes + " bytes, its descriptor says " + packed.declared);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            unpacked.close();
        } finally {
            packed.close();
        }
    }

    /** The packed bytes, counted and digested. */
    private static final class Packed extends FilterInputStream {
        private final Optional<Digest> expected;
        private final @Nullable MessageDigest computation;
        private final long declared;
        private long bytes;

        /** @param declared size in bytes, -1 when not said: more are not read */
        Packed(InputStream in, Optional<Digest> expected, long declared) {
            super(in);
            this.declared = declared;
            this.expected = expected;
            this.computation = expected.map(Digest::computation).orElse(null);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = in.read(into, offset, length);
            if (count > 0) {
                bytes += count;
                if (declared >= 0 && bytes > declared) {
                    throw new MalformedImage("content of more bytes than the " + declared + " its descriptor says");
                }
                if (computation != null) {
                    computation.update(into, offset, count);
                }
            }
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            byte[] skipped = new byte[(int) Math.min(count, BUFFER)];
            return Math.max(0, read(skipped, 0, skipped.length));
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
