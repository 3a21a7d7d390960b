package io.plimsoll.inventory.flow;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The live clusters that were published last, as many as there is room for. A cluster that is larger than the room is read whole each time; of the
 * others the one that was published longest ago goes first. Any thread.
 */
public final class KnownClusters {

    private record Kept(KnownCluster cluster, long objects) {}

    private final long objectsMax;
    private final Map<String, Kept> byName = new LinkedHashMap<>(16, 0.75f, true);

    /** @param objectsMax most objects of all of them together; 0 keeps none */
    public KnownClusters(long objectsMax) {
        this.objectsMax = objectsMax;
    }

    /** Nothing is known of the cluster any more. */
    synchronized void forget(String name) {
        byName.remove(name);
    }

    /**
     * What is known of a cluster, nothing yet where it is new; empty where there is no room for it.
     *
     * @param objects how many it has
     */
    synchronized Optional<KnownCluster> of(String name, long objects) {
        if (objects > objectsMax) {
            byName.remove(name);
            return Optional.empty();
        }
        Kept before = byName.get(name);
        KnownCluster known = before == null ? new KnownCluster() : before.cluster();
        byName.put(name, new Kept(known, objects));
        long all = byName.values().stream().mapToLong(Kept::objects).sum();
        Iterator<Kept> oldest = byName.values().iterator();
        while (all > objectsMax) {
            all -= oldest.next().objects();
            oldest.remove();
        }
        return Optional.of(known);
    }
}
