package io.plimsoll.inventory.api;

import io.plimsoll.api.inventory.v1.ListDenied;
import io.plimsoll.api.inventory.v1.SensorHello;
import io.plimsoll.sensing.kind.WantedKinds;
import java.util.List;
import java.util.Set;

/** What an older sensor does not look at: that it sends none of it says nothing of whether there is any. */
final class Unwatched {

    private Unwatched() {}

    /** Nothing where the sensor does not say what it looks at: see the contract. */
    static List<ListDenied> of(SensorHello hello, String version) {
        if (hello.getWatchedCount() == 0) {
            return List.of();
        }
        return WantedKinds.beyond(Set.copyOf(hello.getWatchedList())).stream()
                .map(word -> {
                    int slash = word.indexOf('/');
                    return ListDenied.newBuilder()
                            .setGroup(word.substring(0, slash))
                            .setKind(word.substring(slash + 1))
                            .setReason("its version " + version + " does not look at it; a newer one does")
                            .build();
                })
                .toList();
    }
}
