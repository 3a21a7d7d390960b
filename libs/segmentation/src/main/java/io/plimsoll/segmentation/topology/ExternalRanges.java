package io.plimsoll.segmentation.topology;

import io.plimsoll.segmentation.policy.Address;
import io.plimsoll.segmentation.policy.AddressFamily;
import io.plimsoll.segmentation.policy.AddressRange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

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
        return find(range, AddressRange::first);
    }

    /**
     * Index behind the elementary range that ends where {@code range} ends.
     *
     * @throws IllegalArgumentException when {@code range} is not among those the space was cut by
     */
    public int endOf(AddressRange range) {
        return find(range, AddressRange::last) + 1;
    }

    /** The elementary range that holds an address. */
    public AddressRange holding(Address address) {
        int index = Collections.binarySearch(
                elementary, new AddressRange(address, address), Comparator.comparing(AddressRange::first));
        return elementary.get(index >= 0 ? index : -index - 2);
    }

    private int find(AddressRange range, Function<AddressRange, Address> bound) {
        int index = Collections.binarySearch(elementary, range, Comparator.comparing(bound));
        if (index < 0) {
            throw new IllegalArgumentException("the addresses are not cut at " + bound.apply(range));
        }
        return index;
    }
}
