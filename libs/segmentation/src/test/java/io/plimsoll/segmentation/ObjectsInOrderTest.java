package io.plimsoll.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceChange;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ObjectsInOrderTest {

    private static Resource pod(int number) {
        ResourceId id = new ResourceId("test", "", "Pod", "n" + number % 7, "p%05d".formatted(number));
        return new Resource(id, "v1", new Value.Obj(Map.of(), 0), Source.NONE, List.of());
    }

    /** Many come and go, so that pieces are cut, shrink and end. */
    @Test
    void holdsWhatASortedMapHolds() {
        Random random = new Random(1);
        NavigableMap<ResourceId, Resource> expected = new TreeMap<>();
        ObjectsInOrder objects = ObjectsInOrder.of(List.of());
        for (int round = 0; round < 120; round++) {
            boolean growing = round < 60;
            NavigableMap<ResourceId, ResourceChange> changes = new TreeMap<>();
            for (int i = 0; i < 150; i++) {
                Resource pod = pod(random.nextInt(9_000));
                boolean gone = random.nextInt(4) < (growing ? 1 : 3);
                changes.put(pod.id(), gone ? ResourceChange.gone(pod.id()) : ResourceChange.put(pod));
            }
            if (round == 119) {
                expected.keySet().forEach(id -> changes.put(id, ResourceChange.gone(id)));
            }
            changes.forEach((id, change) ->
                    change.now().ifPresentOrElse(now -> expected.put(id, now), () -> expected.remove(id)));
            ObjectsInOrder before = objects;
            List<Resource> listed = before.list();
            objects = before.after(changes);
            assertThat(objects.list())
                    .usingElementComparator(ObjectsInOrderTest::same)
                    .containsExactlyElementsOf(expected.values());
            assertThat(before.list()).isEqualTo(listed);
            assertThat(objects.after(sorted(objects.changesTo(listed))).list())
                    .usingElementComparator(ObjectsInOrderTest::same)
                    .containsExactlyElementsOf(listed);
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private static int same(Resource one, Resource other) {
        return one == other ? 0 : 1;
    }

    private static NavigableMap<ResourceId, ResourceChange> sorted(List<ResourceChange> changes) {
        NavigableMap<ResourceId, ResourceChange> sorted = new TreeMap<>();
        changes.forEach(change -> sorted.put(change.id(), change));
        return sorted;
    }

    @Test
    void anObjectThatIsNotTheVeryOneIsAnother() {
        Resource one = pod(1);
        Resource same = pod(1);
        ObjectsInOrder objects = ObjectsInOrder.of(List.of(one, pod(8)));
        assertThat(new ArrayList<>(objects.changesTo(List.of(same))))
                .containsExactly(ResourceChange.put(same), ResourceChange.gone(pod(8).id()));
        assertThat(objects.changesTo(objects.list())).isEmpty();
    }
}
