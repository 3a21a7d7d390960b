package io.plimsoll.segmentation.topology;

import io.plimsoll.segmentation.policy.Address;
import io.plimsoll.segmentation.policy.AddressFamily;
import io.plimsoll.segmentation.policy.AddressRange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The whole space of addresses cut at every boundary some rule names: within one elementary range all addresses are the same
 * to every policy. IPv4 first, then IPv6, each ascending and without a gap.
 */
public record ExternalRanges(List<AddressRange> elementary) {

    public ExternalRanges {
        elementary = List.copyOf(elementary);
    }

    /** The elementary ranges of what rules name. */
    public static ExternalRanges of(List<AddressRange> named) {
        List<AddressRange> elementary = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) {
            elementary.addAll(cut(family, named));
        }
        return new ExternalRanges(elementary);
    }

    private static List<AddressRange> cut(AddressFamily family, List<AddressRange> named) {
        AddressRange every = AddressRange.every(family);
        TreeSet<BigInteger> starts = new TreeSet<>();
        starts.add(every.first().value());
        for (AddressRange range : named) {
            if (range.family() == family) {
                starts.add(range.first().value());
                if (range.last().compareTo(every.last()) < 0) {
                    starts.add(range.last().value().add(BigInteger.ONE));
                }
            }
        }
        List<AddressRange> ranges = new ArrayList<>(starts.size());
        BigInteger first = starts.first();
        for (BigInteger next : starts.tailSet(first, false)) {
            ranges.add(
                    new AddressRange(new Address(family, first), new Address(family, next.subtract(BigInteger.ONE))));
            first = next;
        }
        ranges.add(new AddressRange(new Address(family, first), every.last()));
        return ranges;
    }

    public int size() {
        return elementary.size();
    }

    public AddressRange get(int index) {
        return elementary.get(index);
    }

    /**
     * Index of the elementary range that begins where {@code range} begins.
     *
     * @throws IllegalArgumentException when {@code range} is not among those the space was cut by
     */
    public int firstOf(AddressRange range) {
        int index = at(range.first());
        if (index < 0) {
            throw new IllegalArgumentException("the addresses are not cut at " + range.first());
        }
        return index;
    }

    /**
     * Index behind the elementary range that ends where {@code range} ends.
     *
     * @throws IllegalArgumentException when {@code range} is not among those the space was cut by
     */
    public int endOf(AddressRange range) {
        int index = at(range.last());
        int holding = index < 0 ? -index - 2 : index;
        if (!elementary.get(holding).last().equals(range.last())) {
            throw new IllegalArgumentException("the addresses are not cut at " + range.last());
        }
        return holding + 1;
    }

    /** The elementary range that holds an address. */
    public AddressRange holding(Address address) {
        int index = at(address);
        return elementary.get(index >= 0 ? index : -index - 2);
    }

    /** Index of the elementary range that begins at an address, or as of a binary search where none does. */
    private int at(Address address) {
        int from = 0;
        int to = elementary.size() - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            int order = elementary.get(middle).first().compareTo(address);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                from = middle + 1;
            } else {
                to = middle - 1;
            }
        }
        return -from - 1;
    }
}
