package io.plimsoll.audit.cel.library;

import java.util.Arrays;

/**
 * An IP address as Go's {@code netip} reads it, without zones and without IPv4 in IPv6, which Kubernetes refuses.
 *
 * <p>Bytes are 4 or 16; equal when the bytes are.
 */
final class Address {

    private static final int V4 = 4;
    private static final int V6 = 16;
    private static final int GROUPS = 8;

    private final byte[] bytes;

    private Address(byte[] bytes) {
        this.bytes = bytes;
    }

    static boolean isAddress(String text) {
        try {
            parse(text);
            return true;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    static boolean isCanonical(String text) {
        return parse(text).toString().equals(text);
    }

    /** @throws IllegalArgumentException for what is no address that Kubernetes takes */
    static Address parse(String text) {
        if (text.indexOf('%') >= 0 && text.indexOf(':') >= 0) {
            throw new IllegalArgumentException("IP address \"" + text + "\" with zone value is not allowed");
        }
        byte[] bytes = text.indexOf(':') < 0 ? four(text) : six(text);
        if (bytes == null) {
            throw new IllegalArgumentException("IP Address \"" + text + "\" parse error during conversion from string");
        }
        Address address = new Address(bytes);
        if (address.mapped()) {
            throw new IllegalArgumentException("IPv4-mapped IPv6 address \"" + text + "\" is not allowed");
        }
        return address;
    }

    private boolean mapped() {
        if (bytes.length != V6 || (bytes[10] & bytes[11]) != -1) {
            return false;
        }
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte @org.jspecify.annotations.Nullable [] four(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != V4) {
            return null;
        }
        byte[] bytes = new byte[V4];
        for (int i = 0; i < V4; i++) {
            String part = parts[i];
            boolean digits =
                    !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!digits || part.length() > 1 && part.charAt(0) == '0' || Integer.parseInt(part) > 255) {
                return null;
            }
            bytes[i] = (byte) Integer.parseInt(part);
        }
        return bytes;
    }

    private static byte @org.jspecify.annotations.Nullable [] six(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        if (gap < 0) {
            byte[] whole = groups(text, true);
            return whole != null && whole.length == V6 ? whole : null;
        }
        byte[] head = groups(text.substring(0, gap), false);
        byte[] tail = groups(text.substring(gap + 2), true);
        // The gap stands for one group at least.
        if (head == null || tail == null || head.length + tail.length > V6 - 2) {
            return null;
        }
        byte[] bytes = new byte[V6];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(tail, 0, bytes, V6 - tail.length, tail.length);
        return bytes;
    }

    private static byte @org.jspecify.annotations.Nullable [] groups(String text, boolean dottedAtEnd) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", -1);
        if (parts.length > GROUPS) {
            return null;
        }
        byte[] bytes = new byte[0];
        for (int i = 0; i < parts.length; i++) {
            byte[] part = dottedAtEnd && i == parts.length - 1 && parts[i].indexOf('.') >= 0
                    ? four(parts[i])
                    : group(parts[i]);
            if (part == null) {
                return null;
            }
            bytes = Arrays.copyOf(bytes, bytes.length + part.length);
            System.arraycopy(part, 0, bytes, bytes.length - part.length, part.length);
        }
        return bytes;
    }

    private static byte @org.jspecify.annotations.Nullable [] group(String part) {
        if (part.isEmpty()
                || part.length() > 4
                || !part.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128)) {
            return null;
        }
        int value = Integer.parseInt(part, 16);
        return new byte[] {(byte) (value >> 8), (byte) value};
    }

    /** 4 or 6. */
    long family() {
        return bytes.length == V4 ? 4 : 6;
    }

    int bits() {
        return bytes.length * 8;
    }

    boolean unspecified() {
        for (byte each : bytes) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    boolean loopback() {
        if (bytes.length == V4) {
            return bytes[0] == 127;
        }
        return bytes[V6 - 1] == 1 && new Address(Arrays.copyOf(bytes, V6 - 1)).unspecified();
    }

    boolean linkLocalMulticast() {
        return bytes.length == V4
                ? at(0) == 224 && bytes[1] == 0 && bytes[2] == 0
                : at(0) == 0xff && (bytes[1] & 0x0f) == 2;
    }

    boolean linkLocalUnicast() {
        return bytes.length == V4 ? at(0) == 169 && at(1) == 254 : at(0) == 0xfe && (bytes[1] & 0xc0) == 0x80;
    }

    boolean globalUnicast() {
        boolean broadcast = bytes.length == V4 && (bytes[0] & bytes[1] & bytes[2] & bytes[3]) == -1;
        boolean multicast = bytes.length == V4 ? (bytes[0] & 0xf0) == 0xe0 : at(0) == 0xff;
        return !broadcast && !multicast && !unspecified() && !loopback() && !linkLocalUnicast();
    }

    /** The same address with every bit after the first {@code prefix} cleared. */
    Address masked(int prefix) {
        byte[] cleared = bytes.clone();
        for (int i = 0; i < cleared.length; i++) {
            int kept = Math.clamp(prefix - i * 8L, 0, 8);
            cleared[i] &= (byte) (0xff << (8 - kept));
        }
        return new Address(cleared);
    }

    private int at(int index) {
        return bytes[index] & 0xff;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Address address && Arrays.equals(bytes, address.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** RFC 5952: the longest run of zero groups, the first of equals, becomes {@code ::}. */
    @Override
    public String toString() {
        if (bytes.length == V4) {
            return at(0) + "." + at(1) + "." + at(2) + "." + at(3);
        }
        int start = -1;
        int longest = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = 0;
            while (i + run < GROUPS && group(i + run) == 0) {
                run++;
            }
            if (run > longest) {
                start = i;
                longest = run;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == start) {
                text.append("::");
                i += longest - 1;
                continue;
            }
            if (i > 0 && i != start + longest) {
                text.append(':');
            }
            text.append(Integer.toHexString(group(i)));
        }
        return text.toString();
    }

    private int group(int index) {
        return at(2 * index) << 8 | at(2 * index + 1);
    }
}
