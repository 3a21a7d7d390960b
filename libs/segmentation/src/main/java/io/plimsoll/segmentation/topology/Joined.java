package io.plimsoll.segmentation.topology;

import java.util.AbstractList;
import java.util.RandomAccess;

/**
 * What all namespaces hold, one behind the other, in an array that was made for it and is nobody else's: it is made at each change of a
 * cluster, so it is written down once and not copied further. Immutable.
 */
final class Joined<T> extends AbstractList<T> implements RandomAccess {

    private final T[] all;

    /** @param all not to be changed any more, without null */
    Joined(T[] all) {
        this.all = all;
    }

    @Override
    public T get(int place) {
        return all[place];
    }

    @Override
    public int size() {
        return all.length;
    }
}
