package io.plimsoll.segmentation.policy;

import java.math.BigInteger;
import java.util.Optional;
import java.util.StringJoiner;

/** One address of one family. Ordered by family, then value. Names are never looked up. */
public record Address(AddressFamily family, BigInteger value) implements Comparable<Address> {

    private static final int IPV4_PARTS = 4;
    private static final int GROUPS = 8;
    private static final int GROUP_MAX = 0xffff;

    public Address {
        if (value.signum() < 0 || value.bitLength() > family.bits()) {
            throw new IllegalArgumentException("not an address of " + family + ": " + value);
        }
    }

    /** The address written; nothing for any other text. Leading zeros of an IPv4 part are decimal, as in Kubernetes. */
    public static Optional<Address> parse(String written) {
        return written.indexOf(':') < 0 ? ipv4(written) : ipv6(written);
    }

    /** @throws IllegalArgumentException for the last of its family */
    public Address next() {
        return new Address(family, value.add(BigInteger.ONE));
    }

    /** @throws IllegalArgumentException for the first of its family */
    public Address previous() {
        return new Address(family, value.subtract(BigInteger.ONE));
    }

    /** Pods come and go all the time, each with its address: it is read without patterns. */
    private static Optional<Address> ipv4(String written) {
        long value = 0;
        int from = 0;
        for (int part = 0; part < IPV4_PARTS; part++) {
            int end = part == IPV4_PARTS - 1 ? written.length() : written.indexOf('.', from);
            int read = ipv4Part(written, from, end);
            if (read < 0) {
                return Optional.empty();
            }
            value = value << 8 | read;
            from = end + 1;
        }
        return Optional.of(new Address(AddressFamily.IPV4, BigInteger.valueOf(value)));
    }

    /** One to three digits that are at most 255; less than 0 for anything else. */
    private static int ipv4Part(String written, int from, int end) {
        if (end <= from || end - from > 3) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < end; i++) {
            char digit = written.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = value * 10 + digit - '0';
        }
        return value > 255 ? -1 : value;
    }

    private static Optional<Address> ipv6(String written) {
        String text = written;
        if (text.indexOf('.') >= 0) {
            int tail = text.lastIndexOf(':') + 1;
            Optional<Address> embedded = ipv4(text.substring(tail));
            if (embedded.isEmpty()) {
                return Optional.empty();
            }
            int value = embedded.get().value().intValue();
            text = text.substring(0, tail)
                    + Integer.toHexString(value >>> 16)
                    + ":"
                    + Integer.toHexString(value & GROUP_MAX);
        }
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text).filter(groups -> groups.length == GROUPS).map(Address::ofGroups);
        }
        Optional<int[]> before = groups(text.substring(0, gap));
        Optional<int[]> after = groups(text.substring(gap + 2));
        if (before.isEmpty() || after.isEmpty() || before.get().length + after.get().length >= GROUPS) {
            return Optional.empty();
        }
        int[] all = new int[GROUPS];
        System.arraycopy(before.get(), 0, all, 0, before.get().length);
        System.arraycopy(after.get(), 0, all, GROUPS - after.get().length, after.get().length);
        return Optional.of(ofGroups(all));
    }

    private static Optional<int[]> groups(String text) {
        if (text.isEmpty()) {
            return Optional.of(new int[0]);
        }
        String[] parts = text.split(":", -1);
        int[] groups = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].matches("[0-9a-fA-F]{1,4}")) {
                return Optional.empty();
            }
            groups[i] = Integer.parseInt(parts[i], 16);
        }
        return Optional.of(groups);
    }

    private static Address ofGroups(int[] groups) {
        BigInteger value = BigInteger.ZERO;
        for (int group : groups) {
            value = value.shiftLeft(16).or(BigInteger.valueOf(group));
        }
        return new Address(AddressFamily.IPV6, value);
    }

    @Override
    public int compareTo(Address other) {
        int byFamily = family.compareTo(other.family);
        return byFamily == 0 ? value.compareTo(other.value) : byFamily;
    }

    /** The usual text; of IPv6 the canonical one (RFC 5952). */
    @Override
    public String toString() {
        return switch (family) {
            case IPV4 -> {
                StringJoiner parts = new StringJoiner(".");
                for (int shift = 24; shift >= 0; shift -= 8) {
                    parts.add(Integer.toString(value.shiftRight(shift).intValue() & 0xff));
                }
                yield parts.toString();
            }
            case IPV6 -> ipv6Text();
        };
    }

    private String ipv6Text() {
        StringJoiner parts = new StringJoiner(":");
        for (int i = GROUPS - 1; i >= 0; i--) {
            parts.add(Integer.toHexString(value.shiftRight(16 * i).intValue() & GROUP_MAX));
        }
        String full = parts.toString();
        for (int zeros = GROUPS; zeros >= 2; zeros--) {
            String run = "0:".repeat(zeros - 1) + "0";
            int at = (":" + full + ":").indexOf(":" + run + ":");
            if (at >= 0) {
                String before = at == 0 ? "" : full.substring(0, at - 1);
                int end = at + run.length();
                String after = end >= full.length() ? "" : full.substring(end + 1);
                return before + "::" + after;
            }
        }
        return full;
    }
}
