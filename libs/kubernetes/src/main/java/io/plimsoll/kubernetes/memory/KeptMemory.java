package io.plimsoll.kubernetes.memory;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps as much as one answer about one cluster takes: of each thing that is made what was asked for in the last round in which it was made of
 * anything. What is made of many others is asked for alone while it stands; the others are kept for when it does not. Not safe for use by two
 * threads at once.
 */
public final class KeptMemory implements Memory {

    /** What nobody asked for in so many rounds is forgotten altogether. */
    private static final int ROUNDS_MAX = 10_000;

    private final Map<String, Room> rooms = new HashMap<>();
    private int round;

    private static final class Room {
        private final Map<Object, Kept> kept = new HashMap<>();
        private int asked;
    }

    private static final class Kept {
        private final @Nullable Object[] from;
        private final Object value;
        private int asked;

        private Kept(@Nullable Object[] from, Object value, int asked) {
            this.from = from;
            this.value = value;
            this.asked = asked;
        }

        private boolean isFrom(@Nullable Object[] others) {
            if (others.length != from.length) {
                return false;
            }
            for (int i = 0; i < others.length; i++) {
                if (!isSame(from[i], others[i])) {
                    return false;
                }
            }
            return true;
        }

        @SuppressWarnings("ReferenceEquality")
        private static boolean isSame(@Nullable Object a, @Nullable Object b) {
            return a == b || a instanceof Boolean && a.equals(b);
        }
    }

    /** Begins a round: what nobody asked for in the one before is forgotten. */
    public void next() {
        for (Room room : rooms.values()) {
            if (room.asked == round) {
                room.kept.values().removeIf(kept -> kept.asked != round);
            } else if (round - room.asked > ROUNDS_MAX) {
                room.kept.clear();
            }
        }
        round++;
    }

    /** How much is kept. */
    public int size() {
        return rooms.values().stream().mapToInt(room -> room.kept.size()).sum();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T of(String what, Object key, Supplier<T> make, @Nullable Object... from) {
        Kept kept = room(what).get(key);
        if (kept != null && kept.isFrom(from)) {
            kept.asked = round;
            return (T) kept.value;
        }
        T made = make.get();
        room(what).put(key, new Kept(from, made, round));
        return made;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T same(String what, Object key, T value) {
        Kept kept = room(what).get(key);
        if (kept != null && kept.value.equals(value)) {
            kept.asked = round;
            return (T) kept.value;
        }
        room(what).put(key, new Kept(new Object[0], value, round));
        return value;
    }

    private Map<Object, Kept> room(String what) {
        Room room = rooms.computeIfAbsent(what, name -> new Room());
        room.asked = round;
        return room.kept;
    }
}
