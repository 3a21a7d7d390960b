package io.plimsoll.networksegmentation.flow;

import io.plimsoll.wire.Version;

/** The what-ifs asked for lately, so that a second page is not analysed anew. Nothing else is kept of them. Any thread. */
public final class Overlays {

    private record Key(String cluster, Version revision, String digest) {}

    private final Lately<Key, Once<Overlaid>> lately;

    /** @param most kept */
    public Overlays(int most) {
        this.lately = new Lately<>(most);
    }

    public Overlaid of(SeenCluster cluster, Overlay overlay, SharedWork shared) {
        Key key = new Key(cluster.snapshot().cluster(), cluster.snapshot().revision(), overlay.digest());
        return lately.get(key, unused -> new Once<>(() -> new Overlaid(cluster, overlay)))
                .get(shared);
    }
}
