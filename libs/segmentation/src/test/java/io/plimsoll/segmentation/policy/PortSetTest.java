package io.plimsoll.segmentation.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** A set of ports against a plain bit per port. */
class PortSetTest {

    private static final int BITS = 3 * 65_536;

    @Property(tries = 200)
    void unitesAsBitsDo(@ForAll("sets") PortSet a, @ForAll("sets") PortSet b) {
        BitSet bits = bits(a);
        bits.or(bits(b));
        assertThat(bits(a.union(b))).isEqualTo(bits);
        assertThat(a.union(b)).isEqualTo(b.union(a));
    }

    @Property(tries = 200)
    void intersectsAsBitsDo(@ForAll("sets") PortSet a, @ForAll("sets") PortSet b) {
        BitSet bits = bits(a);
        bits.and(bits(b));
        assertThat(bits(a.intersect(b))).isEqualTo(bits);
        assertThat(a.intersect(b)).isEqualTo(b.intersect(a));
    }

    @Property(tries = 200)
    void takesAwayAsBitsDo(@ForAll("sets") PortSet a, @ForAll("sets") PortSet b) {
        BitSet bits = bits(a);
        bits.andNot(bits(b));
        assertThat(bits(a.minus(b))).isEqualTo(bits);
        assertThat(a.minus(b).size()).isEqualTo(bits.cardinality());
    }

    @Property(tries = 200)
    void hasOneFormForEqualSets(@ForAll("sets") PortSet a, @ForAll("sets") PortSet b) {
        assertThat(a.minus(b).union(a.intersect(b)))
                .isEqualTo(a)
                .hasSameHashCodeAs(a)
                .hasToString(a.toString());
    }

    @Test
    void joinsSpansThatTouch() {
        assertThat(PortSet.of(Protocol.TCP, 80).union(PortSet.of(Protocol.TCP, 81, 90)))
                .hasToString("TCP 80-90");
    }

    @Test
    void isAllWhenEveryProtocolIsComplete() {
        PortSet set = PortSet.NONE;
        for (Protocol protocol : Protocol.values()) {
            set = set.union(PortSet.of(protocol, 1, PortSet.PORT_MAX));
        }
        assertThat(set.isAll()).isTrue();
        assertThat(set).hasToString("All Connections");
    }

    @Test
    void refusesAPortThatDoesNotExist() {
        assertThatThrownBy(() -> PortSet.of(Protocol.TCP, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PortSet.of(Protocol.TCP, 65_536)).isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    Arbitrary<PortSet> sets() {
        Arbitrary<Integer> port = Arbitraries.oneOf(
                Arbitraries.integers().between(1, 12), Arbitraries.integers().between(65_530, 65_535));
        Arbitrary<PortSet> span = Combinators.combine(Arbitraries.of(Protocol.class), port, port)
                .as((protocol, a, b) -> PortSet.of(protocol, Math.min(a, b), Math.max(a, b)));
        return span.list().ofMaxSize(4).map(PortSetTest::united).withoutEdgeCases();
    }

    private static PortSet united(List<PortSet> sets) {
        return sets.stream().reduce(PortSet.NONE, PortSet::union);
    }

    private static BitSet bits(PortSet set) {
        BitSet bits = new BitSet(BITS);
        for (Protocol protocol : Protocol.values()) {
            for (int port = 1; port <= PortSet.PORT_MAX; port++) {
                bits.set(protocol.ordinal() * 65_536 + port, set.contains(protocol, port));
            }
        }
        return bits;
    }
}
