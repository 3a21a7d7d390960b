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

    /**
     * The same of what rules name later.
     *
     * @param before what these are of, sorted
     * @param later what rules name then, sorted
     */
    ExternalRanges after(List<AddressRange> before, List<AddressRange> later) {
        List<AddressRange> ranges = new ArrayList<>(elementary);
        for (AddressRange gone : missing(before, later)) {
            bounds(gone).stream()
                    .filter(bound -> later.stream().noneMatch(range -> isBound(bound, range)))
                    .forEach(bound -> join(ranges, bound));
        }
        for (AddressRange came : missing(later, before)) {
            bounds(came).forEach(bound -> cut(ranges, bound));
        }
        return new ExternalRanges(ranges);
    }

    /** What the first of two sorted lists has and the second has not. */
    static List<AddressRange> missing(List<AddressRange> some, List<AddressRange> others) {
        List<AddressRange> missing = new ArrayList<>();
        int other = 0;
        for (AddressRange one : some) {
            while (other < others.size()
                    && !others.get(other).equals(one)
                    && others.get(other).compareTo(one) < 0) {
                other++;
            }
            if (other == others.size() || !others.get(other).equals(one)) {
                missing.add(one);
            }
        }
        return missing;
    }

    /** Where the space is cut for a range: where it begins and behind its end, unless there is nothing before or behind. */
    private static List<Address> bounds(AddressRange range) {
        AddressRange every = AddressRange.every(range.family());
        List<Address> bounds = new ArrayList<>(2);
        if (!range.first().equals(every.first())) {
            bounds.add(range.first());
        }
        if (!range.last().equals(every.last())) {
            bounds.add(range.last().next());
        }
        return bounds;
    }

    private static boolean isBound(Address bound, AddressRange range) {
        return range.first().equals(bound) || range.last().equals(bound.previous());
    }

    private static void cut(List<AddressRange> ranges, Address bound) {
        int found = at(ranges, bound);
        if (found < 0) {
            AddressRange whole = ranges.get(-found - 2);
            ranges.set(-found - 2, new AddressRange(whole.first(), bound.previous()));
            ranges.add(-found - 1, new AddressRange(bound, whole.last()));
        }
    }

    private static void join(List<AddressRange> ranges, Address bound) {
        int found = at(ranges, bound);
        if (found >= 0) {
            AddressRange second = ranges.remove(found);
            ranges.set(found - 1, new AddressRange(ranges.get(found - 1).first(), second.last()));
        }
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
        int index = at(elementary, range.first());
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
        int index = at(elementary, range.last());
        int holding = index < 0 ? -index - 2 : index;
        if (!elementary.get(holding).last().equals(range.last())) {
            throw new IllegalArgumentException("the addresses are not cut at " + range.last());
        }
        return holding + 1;
    }

    /** The elementary range that holds an address. */
    public AddressRange holding(Address address) {
        int index = at(elementary, address);
        return elementary.get(index >= 0 ? index : -index - 2);
    }

    /** Index of the elementary range that begins at an address, or as of a binary search where none does. */
    private static int at(List<AddressRange> elementary, Address address) {
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
