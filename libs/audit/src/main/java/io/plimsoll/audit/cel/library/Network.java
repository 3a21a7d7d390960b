package io.plimsoll.audit.cel.library;

/**
 * A range of addresses as Go's {@code netip} reads it: {@code 10.0.0.1/8} keeps its host bits until {@link #masked}.
 *
 * @param bits length of the prefix, 0 to 32 or 128
 */
record Network(Address address, int bits) {

    static boolean isNetwork(String text) {
        try {
            parse(text);
            return true;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    /** @throws IllegalArgumentException for what is no range that Kubernetes takes */
    static Network parse(String text) {
        int slash = text.lastIndexOf('/');
        String bits = text.substring(slash + 1);
        boolean number = slash > 0
                && !bits.isEmpty()
                && bits.length() <= 3
                && bits.chars().allMatch(c -> c >= '0' && c <= '9')
                && (bits.length() == 1 || bits.charAt(0) != '0');
        if (!number) {
            throw new IllegalArgumentException("network address parse error during conversion from string: " + text);
        }
        Address address = Address.parse(text.substring(0, slash));
        if (Integer.parseInt(bits) > address.bits()) {
            throw new IllegalArgumentException("prefix length out of range: " + text);
        }
        return new Network(address, Integer.parseInt(bits));
    }

    boolean contains(Address other) {
        return other.family() == address.family() && other.masked(bits).equals(address.masked(bits));
    }

    boolean contains(Network other) {
        return bits <= other.bits && contains(other.address);
    }

    Network masked() {
        return new Network(address.masked(bits), bits);
    }

    @Override
    public String toString() {
        return address + "/" + bits;
    }
}
