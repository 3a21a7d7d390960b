package io.plimsoll.sensing.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.sensing.Objects;
import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.sensing.object.SetDigest;
import io.plimsoll.sensing.object.Sighting;
import io.plimsoll.sensing.resync.Comparison;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is lost, repeated or turned around on the way, both ends hold the same in the end. */
class ClusterViewTest {

    private static final int OBJECTS = 60;

    /** What happened to an object, as a watch tells it; no content for a deletion. */
    private record Event(int object, long version, int content, boolean gone) {}

    /** A cluster whose every change has a version. */
    private static final class Cluster {
        private final Map<Integer, Event> there = new HashMap<>();
        private long version = 100;

        Event change(Random random) {
            int object = random.nextInt(OBJECTS);
            boolean gone = random.nextInt(5) == 0 && there.containsKey(object);
            Event event = new Event(object, ++version, random.nextInt(1000), gone);
            if (gone) {
                there.remove(object);
            } else {
                there.put(object, event);
            }
            return event;
        }

        Sighting sighting(int object) {
            Event event = java.util.Objects.requireNonNull(there.get(object));
            return Objects.service(object, event.version(), event.content());
        }
    }

    /** The other end: holds what it was told, and answers pages. */
    private static final class Centre {
        private final TreeMap<ObjectKey, byte[]> held = new TreeMap<>();

        void tell(Batch batch) {
            for (Change change : batch.changes()) {
                switch (change) {
                    case Change.Present present -> held.put(present.key(), Canonical.sha256(present.json()));
                    case Change.Gone gone -> held.remove(gone.key());
                }
            }
        }

        List<ObjectKey> compare(ClusterView view, int pageSize) {
            List<ObjectKey> wanted = new ArrayList<>();
            ObjectKey after = ObjectKey.LEAST;
            while (true) {
                List<Comparison.Hashed> page = view.page(after, pageSize);
                Comparison.check(after, page);
                boolean last = page.size() < pageSize;
                var stretch = last
                        ? held.tailMap(after, false)
                        : held.subMap(after, false, page.getLast().key(), true);
                List<Comparison.Hashed> mine = new ArrayList<>();
                stretch.forEach((key, hash) -> mine.add(new Comparison.Hashed(key, hash)));
                Comparison compared = Comparison.of(page, mine, key -> false);
                compared.gone().forEach(held::remove);
                wanted.addAll(compared.wanted());
                if (last) {
                    return wanted;
                }
                after = page.getLast().key();
            }
        }

        SetDigest digest() {
            SetDigest digest = SetDigest.EMPTY;
            for (Map.Entry<ObjectKey, byte[]> each : held.entrySet()) {
                digest = digest.with(each.getKey(), each.getValue());
            }
            return digest;
        }
    }

    private static void see(ClusterView view, Event event) {
        if (event.gone()) {
            view.gone(Objects.key(event.object()), Long.toString(event.version()));
        } else {
            view.watched(Objects.service(event.object(), event.version(), event.content()));
        }
    }

    private static void list(ClusterView view, Cluster cluster) {
        int number = view.beginListing();
        cluster.there.keySet().forEach(object -> view.listed(cluster.sighting(object), number));
        view.endListing("", "Service", number);
    }

    private static void tellAll(ClusterView view, Cluster cluster, Centre centre, Random random, boolean losing) {
        for (int i = 0; i < 10_000; i++) {
            Batch batch = view.next(7, 400);
            if (batch.changes().isEmpty() && batch.toFetch().isEmpty()) {
                view.accepted();
                return;
            }
            batch.toFetch().forEach(key -> {
                int object = Integer.parseInt(key.name().substring(1));
                if (cluster.there.containsKey(object)) {
                    view.fetched(cluster.sighting(object));
                } else {
                    view.missing(key);
                }
            });
            boolean arrives = !losing || random.nextBoolean();
            if (arrives) {
                centre.tell(batch);
            }
            // What arrived may still look lost: the answer is what gets lost.
            if (arrives && (!losing || random.nextBoolean())) {
                view.accepted();
            } else {
                view.lost();
            }
        }
        throw new AssertionError("it never ends");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void bothEndsHoldTheSameWhateverHappens(long seed) {
        Random random = new Random(seed);
        Cluster cluster = new Cluster();
        Centre centre = new Centre();
        ClusterView view = new ClusterView(random.nextInt(3) == 0 ? 300 : 1 << 20, 1_000);
        for (int i = 0; i < 40; i++) {
            cluster.change(random);
        }
        list(view, cluster);
        for (int round = 0; round < 30; round++) {
            List<Event> events = new ArrayList<>();
            for (int i = random.nextInt(40); i > 0; i--) {
                Event event = cluster.change(random);
                events.add(event);
                if (random.nextInt(3) == 0) {
                    events.add(event);
                }
            }
            Collections.shuffle(events, random);
            events.forEach(event -> see(view, event));
            switch (random.nextInt(4)) {
                case 0 -> tellAll(view, cluster, centre, random, true);
                case 1 -> {
                    long upTo = view.stamp();
                    List<ObjectKey> wanted = centre.compare(view, 1 + random.nextInt(9));
                    see(view, cluster.change(random));
                    view.settle(upTo, wanted);
                }
                case 2 -> list(view, cluster);
                default -> {
                    // The centre is away.
                }
            }
        }
        long upTo = view.stamp();
        view.settle(upTo, centre.compare(view, 5));
        tellAll(view, cluster, centre, random, false);
        TreeMap<ObjectKey, byte[]> wanted = new TreeMap<>();
        cluster.there
                .keySet()
                .forEach(object ->
                        wanted.put(Objects.key(object), cluster.sighting(object).hash()));
        assertThat(centre.held.keySet()).as("seed " + seed).isEqualTo(wanted.keySet());
        wanted.forEach((key, hash) -> assertThat(centre.held.get(key)).isEqualTo(hash));
        assertThat(view.digest()).isEqualTo(centre.digest());
    }

    @Test
    void afterADayAwayOnlyWhatDiffersIsTold() {
        Random random = new Random(7);
        Cluster cluster = new Cluster();
        Centre centre = new Centre();
        ClusterView view = new ClusterView(1 << 20, 1_000);
        for (int i = 0; i < 200; i++) {
            cluster.change(random);
        }
        list(view, cluster);
        tellAll(view, cluster, centre, random, false);
        // Ten thousand changes of three objects, which end as different ones.
        for (int i = 0; i < 10_000; i++) {
            int object = i % 3;
            Event event = new Event(object, ++cluster.version, i, false);
            cluster.there.put(object, event);
            see(view, event);
        }
        assertThat(view.figures().waiting()).isLessThanOrEqualTo(3);
        long upTo = view.stamp();
        List<ObjectKey> wanted = centre.compare(view, 10);
        view.settle(upTo, wanted);
        assertThat(wanted).containsExactly(Objects.key(0), Objects.key(1), Objects.key(2));
        Batch batch = view.next(100, 1 << 20);
        assertThat(batch.changes()).hasSize(3);
        assertThat(batch.all()).isTrue();
    }

    @Test
    void aLateChangeDoesNotReviveWhatWasDeleted() {
        ClusterView view = new ClusterView(1 << 20, 10);
        view.watched(Objects.service(1, 10, 1));
        view.gone(Objects.key(1), "12");
        assertThat(view.watched(Objects.service(1, 11, 2))).isEqualTo(ClusterView.Seen.STALE);
        assertThat(view.figures().objects()).isZero();
        assertThat(view.watched(Objects.service(1, 13, 3))).isEqualTo(ClusterView.Seen.CHANGED);
        assertThat(view.figures().stale()).isEqualTo(1);
    }

    @Test
    void statesAreLetGoBeyondTheBoundAndNeverThatTheyWait() {
        ClusterView view = new ClusterView(500, 10);
        for (int i = 0; i < 50; i++) {
            view.watched(Objects.service(i, 10 + i, i));
        }
        ClusterView.Figures figures = view.figures();
        assertThat(figures.waiting()).isEqualTo(50);
        assertThat(figures.waitingBytes()).isBetween(1L, 500L);
        Batch batch = view.next(1_000, 1 << 20);
        assertThat(batch.changes().size() + batch.toFetch().size()).isEqualTo(50);
        assertThat(batch.toFetch()).isNotEmpty();
    }

    @Test
    void anAnswerThatWasOvertakenIsNotTaken() {
        ClusterView view = new ClusterView(10, 10);
        view.watched(Objects.service(1, 10, 1));
        assertThat(view.next(10, 100).toFetch()).containsExactly(Objects.key(1));
        view.gone(Objects.key(1), "11");
        view.fetched(Objects.service(1, 10, 1));
        assertThat(view.figures().objects()).isZero();
        assertThat(view.next(10, 100).changes()).containsExactly(new Change.Gone(Objects.key(1), "11"));
    }
}
