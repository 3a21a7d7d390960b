package io.plimsoll.segmentation.policy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The addresses from {@code first} to {@code last}, both included, of one family. Ordered by first address. */
public record AddressRange(Address first, Address last) implements Comparable<AddressRange> {

    public AddressRange {
        if (first.family() != last.family() || first.compareTo(last) > 0) {
            throw new IllegalArgumentException("not a range of addresses: " + first + "-" + last);
        }
    }

    /** Every address of a family. */
    public static AddressRange every(AddressFamily family) {
        return block(new Address(family, BigInteger.ZERO), 0);
    }

    /** The range of a CIDR such as {@code 10.0.0.0/8}; bits behind the prefix are ignored. Nothing for any other text. */
    public static Optional<AddressRange> ofCidr(String written) {
        int slash = written.indexOf('/');
        if (slash < 0 || !written.substring(slash + 1).matches("[0-9]{1,3}")) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(written.substring(slash + 1));
        return Address.parse(written.substring(0, slash))
                .filter(address -> prefix <= address.family().bits())
                .map(address -> block(address, prefix));
    }

    private static AddressRange block(Address address, int prefix) {
        AddressFamily family = address.family();
        BigInteger host = BigInteger.ONE.shiftLeft(family.bits() - prefix).subtract(BigInteger.ONE);
        return new AddressRange(
                new Address(family, address.value().andNot(host)),
                new Address(family, address.value().or(host)));
    }

    public AddressFamily family() {
        return first.family();
    }

    /** The range as one CIDR such as {@code 10.0.0.0/8}; nothing for one that needs several. */
    public Optional<String> cidr() {
        BigInteger last = this.last.value();
        int host = first.value().xor(last).bitLength();
        BigInteger mask = BigInteger.ONE.shiftLeft(host).subtract(BigInteger.ONE);
        boolean block = first.value().and(mask).signum() == 0 && last.and(mask).equals(mask);
        return block ? Optional.of(first + "/" + (family().bits() - host)) : Optional.empty();
    }

    public boolean contains(AddressRange other) {
        return family() == other.family() && first.compareTo(other.first) <= 0 && last.compareTo(other.last) >= 0;
    }

    /** This range without the others, as disjoint ranges in ascending order; the others need be neither sorted nor disjoint. */
    public List<AddressRange> without(List<AddressRange> others) {
        List<AddressRange> sorted = others.stream()
                .filter(this::overlaps)
                .sorted(Comparator.comparing(AddressRange::first))
                .toList();
        List<AddressRange> left = new ArrayList<>(sorted.size() + 1);
        Address next = first;
        for (AddressRange other : sorted) {
            if (other.first.compareTo(next) > 0) {
                left.add(new AddressRange(next, other.first.previous()));
            }
            if (other.last.compareTo(last) >= 0) {
                return left;
            }
            if (other.last.compareTo(next) >= 0) {
                next = other.last.next();
            }
        }
        left.add(new AddressRange(next, last));
        return left;
    }

    public boolean overlaps(AddressRange other) {
        return family() == other.family() && first.compareTo(other.last) <= 0 && last.compareTo(other.first) >= 0;
    }

    /** True when the other begins right behind this. */
    public boolean isFollowedBy(AddressRange other) {
        return family() == other.family()
                && last.compareTo(every(family()).last()) < 0
                && last.next().equals(other.first);
    }

    /**
     * One range from the beginning of this to the end of {@code following}.
     *
     * @throws IllegalArgumentException unless {@code following} begins right after this
     */
    public AddressRange joined(AddressRange following) {
        if (!last.next().equals(following.first)) {
            throw new IllegalArgumentException(this + " does not touch " + following);
        }
        return new AddressRange(first, following.last);
    }

    @Override
    public int compareTo(AddressRange other) {
        int byFirst = first.compareTo(other.first);
        return byFirst == 0 ? last.compareTo(other.last) : byFirst;
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
