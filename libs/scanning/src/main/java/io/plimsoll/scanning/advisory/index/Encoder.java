package io.plimsoll.scanning.advisory.index;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Numbers as varints (seven bits a byte, lowest first) and texts as UTF-8 with their length. */
final class Encoder {
    private byte[] bytes = new byte[256];
    private int size;

    Encoder number(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            octet((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        return octet((int) rest);
    }

    Encoder octet(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** Eight bytes, highest first. */
    Encoder fixed(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            octet((int) (value >>> shift));
        }
        return this;
    }

    Encoder text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        number(encoded.length);
        return raw(encoded);
    }

    Encoder texts(List<String> texts) {
        number(texts.size());
        texts.forEach(this::text);
        return this;
    }

    Encoder raw(byte[] other) {
        room(other.length);
        System.arraycopy(other, 0, bytes, size, other.length);
        size += other.length;
        return this;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }

    int size() {
        return size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }
}
