package io.plimsoll.segmentation.policy;

/** The two kinds of addresses, never mixed: a verdict holds for one of them. */
public enum AddressFamily {
    IPV4(32),
    IPV6(128);

    private final int bits;

    AddressFamily(int bits) {
        this.bits = bits;
    }

    /** Length of an address. */
    public int bits() {
        return bits;
    }
}
