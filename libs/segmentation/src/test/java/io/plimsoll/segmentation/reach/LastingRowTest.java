package io.plimsoll.segmentation.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Protocol;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class LastingRowTest {

    private static final Standing WEB = Standing.allowing(PortSet.of(Protocol.TCP, 80));
    private static final Standing NAMES = Standing.allowing(PortSet.of(Protocol.UDP, 53));

    /** Of two columns the second stands as given, the first as untouched. */
    private static LastingRow row(Standing second) {
        Row.Builder builder = new Row.Builder(Standing.UNTOUCHED);
        BitSet columns = new BitSet();
        columns.set(1);
        builder.change(columns, unused -> second);
        return new LastingRow(builder.build(2));
    }

    /** Adds a third column, or a further one. */
    private static void add(LastingRow row, int column, Standing standing) {
        Row.Widening widening = row.now().widening(column, 1);
        widening.add(standing);
        row.become(widening.row());
    }

    @Test
    void keepsTheGroupsItHasAndWhatIsInThem() {
        LastingRow row = row(WEB);
        Row before = row.now();
        add(row, 2, NAMES);
        for (int column = 0; column < 2; column++) {
            assertThat(row.now().group(column)).isEqualTo(before.group(column));
            assertThat(row.now().at(column)).isEqualTo(before.at(column));
        }
        assertThat(before.at(2)).isEqualTo(Standing.UNTOUCHED);
        assertThat(row.now().at(2)).isEqualTo(NAMES);
    }

    @Test
    void whatIsMadeOfTwoWhenSomebodyAsksHasTheColumnsThatCameBefore() {
        LastingRow first = row(WEB);
        LastingRow second = row(NAMES);
        LastingRow both = LastingRow.of(first, second, Standing::besides, new Object());
        add(first, 2, NAMES);
        add(second, 2, WEB);
        assertThat(both.isMade()).isFalse();
        assertThat(both.now().at(1)).isEqualTo(WEB.besides(NAMES));
        assertThat(both.now().at(2)).isEqualTo(NAMES.besides(WEB));
    }

    @Test
    void neverMeetsOneOfTwoWiderThanTheOther() throws Exception {
        for (int run = 0; run < 2_000; run++) {
            LastingRow first = row(WEB);
            LastingRow second = row(NAMES);
            Object adding = new Object();
            LastingRow both = LastingRow.of(first, second, Standing::besides, adding);
            CyclicBarrier together = new CyclicBarrier(2);
            // When somebody asks for the first time while columns are added
            CompletableFuture<Standing> asked = CompletableFuture.supplyAsync(() -> {
                meet(together);
                return both.now().at(1);
            });
            meet(together);
            synchronized (adding) {
                add(first, 2, NAMES);
                add(second, 2, WEB);
                if (both.isMade()) {
                    add(both, 2, NAMES.besides(WEB));
                }
            }
            // Then
            assertThat(asked.get()).isEqualTo(WEB.besides(NAMES));
            assertThat(both.now().at(2)).isEqualTo(NAMES.besides(WEB));
        }
    }

    private static void meet(CyclicBarrier together) {
        try {
            together.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
