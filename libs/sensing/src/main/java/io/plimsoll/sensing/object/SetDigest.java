package io.plimsoll.sensing.object;

import io.plimsoll.kubernetes.value.Canonical;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Digest of a set of objects that follows each change without reading the others: the sum of SHA-256 over key and hash of each, in four lanes of
 * 64 bits. It tells drift between two ends that trust each other; against somebody who chooses objects to collide it is no proof. Immutable.
 */
public final class SetDigest {

    public static final SetDigest EMPTY = new SetDigest(new long[4]);
    /** Length of {@link #bytes()}. */
    public static final int BYTES = 32;

    private final long[] lanes;

    private SetDigest(long[] lanes) {
        this.lanes = lanes;
    }

    /** @throws IllegalArgumentException when these are no {@link #BYTES} bytes */
    public static SetDigest of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a digest has " + BYTES + " bytes, not " + bytes.length);
        }
        long[] lanes = new long[4];
        ByteBuffer.wrap(bytes).asLongBuffer().get(lanes);
        return new SetDigest(lanes);
    }

    public SetDigest with(ObjectKey key, byte[] hash) {
        return moved(key, hash, 1);
    }

    public SetDigest without(ObjectKey key, byte[] hash) {
        return moved(key, hash, -1);
    }

    private SetDigest moved(ObjectKey key, byte[] hash, int sign) {
        // Zero stands in no name, so that no two keys read alike.
        byte[] name = (key.group() + '\0' + key.kind() + '\0' + key.namespace() + '\0' + key.name() + '\0')
                .getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(name, name.length + hash.length);
        System.arraycopy(hash, 0, all, name.length, hash.length);
        long[] each = new long[4];
        ByteBuffer.wrap(Canonical.sha256(all)).asLongBuffer().get(each);
        long[] sum = lanes.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += sign * each[i];
        }
        return new SetDigest(sum);
    }

    public byte[] bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES);
        buffer.asLongBuffer().put(lanes);
        return buffer.array();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SetDigest digest && Arrays.equals(lanes, digest.lanes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(lanes);
    }

    @Override
    public String toString() {
        return java.util.HexFormat.of().formatHex(bytes());
    }
}
