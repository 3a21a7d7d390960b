package io.plimsoll.sensing.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.sensing.Objects;
import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.sensing.object.Sighting;
import io.plimsoll.sensing.object.Stripping;
import io.plimsoll.sensing.resync.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that nobody should give, and more namespaces than anybody should have. */
class BadNamesAndManyOfThemTest {

    private static final int NAMESPACES = 100_000;
    private static final int BATCH_OBJECTS = 1_000;

    private static Sighting named(String name) {
        return Stripping.of(
                        Objects.json("{\"metadata\":{\"name\":\"" + name + "\",\"resourceVersion\":\"5\"}}"),
                        "",
                        "v1",
                        "Namespace",
                        true)
                .orElseThrow();
    }

    @Test
    void aHundredThousandNamespacesAreToldInBatchesAndComparedInPages() {
        ClusterView view = new ClusterView(64 << 20, 100);
        int listing = view.beginListing();
        for (int i = 0; i < NAMESPACES; i++) {
            view.listed(named("n" + i), listing);
        }
        view.endListing("", "Namespace", listing);
        assertThat(view.figures().objects()).isEqualTo(NAMESPACES);
        int told = 0;
        Batch batch;
        do {
            batch = view.next(BATCH_OBJECTS, 3 << 20);
            assertThat(batch.changes()).hasSizeLessThanOrEqualTo(BATCH_OBJECTS);
            told += batch.changes().size();
            view.accepted();
        } while (!batch.all());
        assertThat(told).isEqualTo(NAMESPACES);
        int paged = 0;
        ObjectKey after = ObjectKey.LEAST;
        List<Comparison.Hashed> page = view.page(after, Comparison.PAGE_OBJECTS_MAX);
        while (!page.isEmpty()) {
            paged += page.size();
            after = page.getLast().key();
            page = view.page(after, Comparison.PAGE_OBJECTS_MAX);
        }
        assertThat(paged).isEqualTo(NAMESPACES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "a\\nb", "\\u001b[31m", "\\u0085", "a\\ud800b", "\\udc00"})
    void namesThatCannotBeKeptAreToldApart(String name) {
        assertThat(named(name).key().isSound()).isFalse();
    }

    @Test
    void aNameOfTooManyBytesCannotBeKept() {
        assertThat(named("ä".repeat(900)).key().isSound()).isFalse();
        assertThat(named("ä".repeat(850)).key().isSound()).isTrue();
    }

    /** Right to left, joined, combined, beyond the basic plane, look-alikes: odd, and kept apart byte by byte. */
    @Test
    void oddNamesAreKeptApartAndInOneOrder() {
        List<String> names = List.of(
                "\\u202egnp.exe",
                "e\\u0301",
                "\\u00e9",
                "a\\u200db",
                "ab",
                "\\ufeffab",
                "\\ud83d\\udc69\\u200d\\ud83d\\ude80",
                "\\uffee",
                "\\ud800\\udc00",
                "\\u0430b",
                "%2e%2e%2f",
                "../../etc",
                "a b",
                "'; drop table");
        ClusterView view = new ClusterView(1 << 20, 100);
        int listing = view.beginListing();
        TreeSet<ObjectKey> keys = new TreeSet<>();
        for (String name : names) {
            Sighting sighting = named(name);
            assertThat(sighting.key().isSound()).as(name).isTrue();
            keys.add(sighting.key());
            view.listed(sighting, listing);
        }
        view.endListing("", "Namespace", listing);
        assertThat(keys).hasSameSizeAs(names);
        List<ObjectKey> paged = new ArrayList<>();
        ObjectKey after = ObjectKey.LEAST;
        for (List<Comparison.Hashed> page = view.page(after, 3); !page.isEmpty(); page = view.page(after, 3)) {
            page.forEach(each -> paged.add(each.key()));
            after = page.getLast().key();
        }
        assertThat(paged).containsExactlyElementsOf(keys);
    }
}
