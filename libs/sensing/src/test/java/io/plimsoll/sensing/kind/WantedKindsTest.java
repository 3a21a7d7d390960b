package io.plimsoll.sensing.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;

/** What one version looks at and another does not. */
class WantedKindsTest {

    @Test
    void theSameVersionLooksAtAllOfIt() {
        assertThat(WantedKinds.beyond(WantedKinds.words())).isEmpty();
        assertThat(WantedKinds.words()).contains("/Pod", "apps/Deployment", "batch/*");
    }

    @Test
    void whatAnOlderOneDoesNotNameIsBeyondIt() {
        SortedSet<String> older = WantedKinds.words();
        older.removeAll(Set.of("batch/*", "/Node"));
        assertThat(WantedKinds.beyond(older)).containsExactly("/Node", "batch/*");
    }

    @Test
    void aWholeGroupHoldsEachOfItsKinds() {
        SortedSet<String> older = WantedKinds.words();
        older.removeIf(word -> word.startsWith("apps/"));
        older.add("apps/*");
        assertThat(WantedKinds.beyond(older)).isEmpty();
    }
}
