package io.plimsoll.segmentation;

import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceChange;
import io.plimsoll.kubernetes.ResourceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The objects of a cluster in the order of identity, in pieces: a change makes anew the pieces it is in and shares the others. Immutable. */
final class ObjectsInOrder {

    /** Objects of a piece that was just made; it is cut in two at twice as many. */
    private static final int PIECE = 512;

    /** None of them empty. */
    private final Resource[][] pieces;

    private ObjectsInOrder(Resource[][] pieces) {
        this.pieces = pieces;
    }

    /** @param sorted by identity, each identity once */
    static ObjectsInOrder of(List<Resource> sorted) {
        List<Resource[]> pieces = new ArrayList<>();
        for (int from = 0; from < sorted.size(); from += PIECE) {
            pieces.add(
                    sorted.subList(from, Math.min(sorted.size(), from + PIECE)).toArray(Resource[]::new));
        }
        return new ObjectsInOrder(pieces.toArray(Resource[][]::new));
    }

    /** All of them, in order. */
    List<Resource> list() {
        List<Resource> all = new ArrayList<>();
        for (Resource[] piece : pieces) {
            all.addAll(Arrays.asList(piece));
        }
        return all;
    }

    /** @param changes by the identity of what they change */
    ObjectsInOrder after(NavigableMap<ResourceId, ResourceChange> changes) {
        if (pieces.length == 0) {
            return of(List.of(merged(new Resource[0], changes)));
        }
        Map<Integer, NavigableMap<ResourceId, ResourceChange>> byPiece = new TreeMap<>();
        changes.forEach((id, change) ->
                byPiece.computeIfAbsent(piece(id), at -> new TreeMap<>()).put(id, change));
        List<Resource[]> after = new ArrayList<>(pieces.length + byPiece.size());
        int from = 0;
        for (Map.Entry<Integer, NavigableMap<ResourceId, ResourceChange>> each : byPiece.entrySet()) {
            int at = each.getKey();
            after.addAll(Arrays.asList(pieces).subList(from, at));
            Resource[] piece = merged(pieces[at], each.getValue());
            if (piece.length > 2 * PIECE) {
                after.addAll(Arrays.asList(of(Arrays.asList(piece)).pieces));
            } else if (piece.length > 0) {
                after.add(piece);
            }
            from = at + 1;
        }
        after.addAll(Arrays.asList(pieces).subList(from, pieces.length));
        return new ObjectsInOrder(after.toArray(Resource[][]::new));
    }

    /** The piece in which an identity stands, or would. */
    private int piece(ResourceId id) {
        int at = ResourceId.search(0, pieces.length, place -> pieces[place][0].id(), id);
        return at >= 0 ? at : Math.max(0, -at - 2);
    }

    private static Resource[] merged(Resource[] before, Map<ResourceId, ResourceChange> changes) {
        Resource[] merged = new Resource[before.length + changes.size()];
        int from = 0;
        int end = 0;
        for (ResourceChange change : changes.values()) {
            int at = ResourceId.search(from, before.length, place -> before[place].id(), change.id());
            int place = at < 0 ? -at - 1 : at;
            System.arraycopy(before, from, merged, end, place - from);
            end += place - from;
            from = at < 0 ? place : place + 1;
            if (change.now().isPresent()) {
                merged[end++] = change.now().get();
            }
        }
        System.arraycopy(before, from, merged, end, before.length - from);
        return Arrays.copyOf(merged, end + before.length - from);
    }

    /**
     * What became of these until others; an object that is not the very one counts as another.
     *
     * @param others with each identity once, in order
     */
    @SuppressWarnings("ReferenceEquality")
    List<ResourceChange> changesTo(List<Resource> others) {
        List<ResourceChange> changes = new ArrayList<>();
        Iterator<Resource> all = list().iterator();
        Resource here = all.hasNext() ? all.next() : null;
        for (Resource other : others) {
            while (here != null && here.id().compareTo(other.id()) < 0) {
                changes.add(ResourceChange.gone(here.id()));
                here = all.hasNext() ? all.next() : null;
            }
            boolean there = here != null && here.id().equals(other.id());
            if (here != other) {
                changes.add(ResourceChange.put(other));
            }
            if (there) {
                here = all.hasNext() ? all.next() : null;
            }
        }
        while (here != null) {
            changes.add(ResourceChange.gone(here.id()));
            here = all.hasNext() ? all.next() : null;
        }
        return changes;
    }
}
