package io.plimsoll.sensor.watch;

import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.sensing.kind.ServedKind;
import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.sensing.object.Sighting;
import io.plimsoll.sensing.object.Stripping;
import io.plimsoll.telemetry.LogKey;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Objects to sightings. One whose name cannot be kept is left out, counted by kind and logged once a kind. Any thread. */
public final class Sights {

    private static final Logger LOG = LoggerFactory.getLogger(Sights.class);

    private final SortedMap<String, Left> left = new TreeMap<>();

    /** How many of a kind were left out for their names. */
    public record Left(ServedKind kind, long count) {}

    /** Empty for what has no name, or one that cannot be kept. */
    public Optional<Sighting> of(Value.Obj object, ServedKind kind, boolean whole) {
        Optional<Sighting> sighting = Stripping.of(object, kind.group(), kind.version(), kind.kind(), whole);
        if (sighting.isPresent() && !sighting.get().key().isSound()) {
            leave(sighting.get().key(), kind);
            return Optional.empty();
        }
        return sighting;
    }

    private synchronized void leave(ObjectKey key, ServedKind kind) {
        Left before = left.get(kind.resource());
        if (before == null) {
            LOG.atWarn()
                    .addKeyValue(LogKey.RESOURCE, kind.resource())
                    .addKeyValue(LogKey.SUBJECT, key.name().replaceAll("[^\\x21-\\x7e]", "?"))
                    .log("an object has a name that cannot be kept; it and others of its kind are left out");
        }
        left.put(kind.resource(), new Left(kind, before == null ? 1 : before.count() + 1));
    }

    /** By resource. */
    public synchronized Map<String, Left> left() {
        return new TreeMap<>(left);
    }
}
