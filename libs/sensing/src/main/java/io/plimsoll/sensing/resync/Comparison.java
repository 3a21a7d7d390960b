package io.plimsoll.sensing.resync;

import io.plimsoll.sensing.object.ObjectKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * What one page of a sensor's hashes says about the same stretch of what the centre holds. A page speaks of every key behind the page before up
 * to its own last one; the last page of everything behind that.
 *
 * @param wanted of the sensor, since the centre holds something else or nothing
 * @param gone at the sensor, so that the centre forgets them
 */
public record Comparison(List<ObjectKey> wanted, List<ObjectKey> gone) {

    /** Most objects of a page. */
    public static final int PAGE_OBJECTS_MAX = 5_000;

    public Comparison {
        wanted = List.copyOf(wanted);
        gone = List.copyOf(gone);
    }

    /** An object and the hash of its JSON. */
    public record Hashed(ObjectKey key, byte[] hash) {}

    /** Says what is wrong with a page. */
    public static final class PageRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PageRefused(String message) {
            super(message);
        }
    }

    /**
     * Checks that a page goes on where the one before ended, in order, each key once, within the bound.
     *
     * @param after last key of the page before; the least key of all before the first
     * @throws PageRefused when it does not
     */
    public static void check(ObjectKey after, List<Hashed> page) {
        if (page.size() > PAGE_OBJECTS_MAX) {
            throw new PageRefused("a page of " + page.size() + " objects, more than " + PAGE_OBJECTS_MAX);
        }
        ObjectKey before = after;
        for (Hashed each : page) {
            if (each.key().compareTo(before) <= 0) {
                throw new PageRefused("out of order: " + each.key() + " comes after " + before);
            }
            before = each.key();
        }
    }

    /**
     * @param page checked
     * @param held by the centre in the page's stretch, in order
     * @param kept what the sensor could not list at present: of it nothing is known to be gone
     */
    public static Comparison of(List<Hashed> page, List<Hashed> held, Predicate<ObjectKey> kept) {
        List<ObjectKey> wanted = new ArrayList<>();
        List<ObjectKey> gone = new ArrayList<>();
        int at = 0;
        for (Hashed each : page) {
            while (at < held.size() && held.get(at).key().compareTo(each.key()) < 0) {
                forget(held.get(at++).key(), kept, gone);
            }
            boolean known = at < held.size() && held.get(at).key().equals(each.key());
            if (!known || !Arrays.equals(held.get(at).hash(), each.hash())) {
                wanted.add(each.key());
            }
            at += known ? 1 : 0;
        }
        while (at < held.size()) {
            forget(held.get(at++).key(), kept, gone);
        }
        return new Comparison(wanted, gone);
    }

    private static void forget(ObjectKey key, Predicate<ObjectKey> kept, List<ObjectKey> gone) {
        if (!kept.test(key)) {
            gone.add(key);
        }
    }
}
