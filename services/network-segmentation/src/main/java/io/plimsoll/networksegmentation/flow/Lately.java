package io.plimsoll.networksegmentation.flow;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** What was asked for lately, so many at most; beyond it what was asked for longest ago goes. Any thread. */
final class Lately<K, V> {

    private final Map<K, V> kept;

    Lately(int most) {
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** @param make quick: others wait for it */
    synchronized V get(K key, Function<K, V> make) {
        return kept.computeIfAbsent(key, make);
    }
}
