package io.plimsoll.scanning.advisory.index;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads what {@link Encoder} wrote; running over the end is a {@link MalformedIndex}. */
final class Decoder {
    private final byte[] bytes;
    private int at;

    Decoder(byte[] bytes) {
        this.bytes = bytes;
    }

    long number() throws MalformedIndex {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int octet = octet();
            value |= (long) (octet & 0x7f) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw new MalformedIndex("a number longer than 64 bits");
    }

    /** A number of things that follow, each of at least one byte. */
    int count() throws MalformedIndex {
        long count = number();
        if (count < 0 || count > bytes.length - at) {
            throw new MalformedIndex("a count of " + count + " where " + (bytes.length - at) + " bytes are left");
        }
        return (int) count;
    }

    int octet() throws MalformedIndex {
        if (at >= bytes.length) {
            throw new MalformedIndex("a record is shorter than it says");
        }
        return bytes[at++] & 0xff;
    }

    long fixed() throws MalformedIndex {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | octet();
        }
        return value;
    }

    String text() throws MalformedIndex {
        int length = count();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    List<String> texts() throws MalformedIndex {
        int count = count();
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(text());
        }
        return texts;
    }

    byte[] raw(int length) throws MalformedIndex {
        if (length < 0 || length > bytes.length - at) {
            throw new MalformedIndex("a record is shorter than it says");
        }
        byte[] taken = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return taken;
    }

    /** Everything that is left. */
    byte[] rest() throws MalformedIndex {
        return raw(bytes.length - at);
    }

    boolean atEnd() {
        return at >= bytes.length;
    }
}
