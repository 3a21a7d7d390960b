package io.plimsoll.kubernetes;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Spliterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Resources in the order of their identity. Questions come by kind, many of one state: they are sorted by kind once, when the first one
 * comes. Immutable, any thread.
 */
final class InOrder extends AbstractList<Resource> implements RandomAccess {

    private final List<Resource> all;
    /** Made by whoever asks first; made twice where two ask at once. */
    private volatile @Nullable Map<String, List<Resource>> byKind;

    private InOrder(List<Resource> all) {
        this.all = all;
    }

    static InOrder of(List<Resource> resources) {
        return resources instanceof InOrder ready
                ? ready
                : new InOrder(resources.stream()
                        .sorted(Comparator.comparing(Resource::id))
                        .toList());
    }

    /** @param sorted by their identity already */
    static InOrder ofSorted(List<Resource> sorted) {
        return new InOrder(List.copyOf(sorted));
    }

    List<Resource> ofKind(String kind) {
        Map<String, List<Resource>> known = byKind;
        if (known == null) {
            known = byKind();
            byKind = known;
        }
        return known.getOrDefault(kind, List.of());
    }

    private Map<String, List<Resource>> byKind() {
        Map<String, List<Resource>> kinds = new HashMap<>();
        String last = "";
        List<Resource> here = new ArrayList<>();
        for (Resource each : all) {
            // In the order of identity those of one kind in one namespace stand together.
            if (!each.kind().equals(last)) {
                last = each.kind();
                here = kinds.computeIfAbsent(last, kind -> new ArrayList<>());
            }
            here.add(each);
        }
        kinds.replaceAll((kind, resources) -> List.copyOf(resources));
        return kinds;
    }

    @Override
    public Resource get(int index) {
        return all.get(index);
    }

    @Override
    public int size() {
        return all.size();
    }

    @Override
    public Iterator<Resource> iterator() {
        return all.iterator();
    }

    @Override
    public Spliterator<Resource> spliterator() {
        return all.spliterator();
    }

    @Override
    public void forEach(Consumer<? super Resource> action) {
        all.forEach(action);
    }

    @Override
    public Object[] toArray() {
        return all.toArray();
    }
}
