package io.plimsoll.inventory.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is kept of clusters between publications is bounded. */
class KnownClustersTest {

    @Test
    void theOnePublishedLongestAgoMakesRoom() {
        KnownClusters known = new KnownClusters(100);
        KnownCluster north = known.of("north", 40).orElseThrow();
        KnownCluster south = known.of("south", 40).orElseThrow();
        assertThat(known.of("north", 40)).containsSame(north);
        assertThat(known.of("west", 60)).isPresent();
        assertThat(known.of("north", 40)).containsSame(north);
        assertThat(known.of("south", 40)).isPresent().get().isNotSameAs(south);
    }

    @Test
    void whatIsLargerThanTheRoomIsNotKeptAndHarmsNobody() {
        KnownClusters known = new KnownClusters(100);
        KnownCluster small = known.of("small", 90).orElseThrow();
        assertThat(known.of("large", 101)).isEmpty();
        assertThat(known.of("small", 90)).containsSame(small);
        assertThat(known.of("small", 101)).as("grown out of it").isEmpty();
        assertThat(known.of("small", 90)).isPresent().get().isNotSameAs(small);
    }

    @Test
    void withoutRoomNothingIsKept() {
        assertThat(new KnownClusters(0).of("north", 1)).isEmpty();
    }
}
