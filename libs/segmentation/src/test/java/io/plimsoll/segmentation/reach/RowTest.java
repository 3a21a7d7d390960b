package io.plimsoll.segmentation.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Protocol;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class RowTest {

    private static final Standing WEB = Standing.allowing(PortSet.of(Protocol.TCP, 80));
    private static final Standing NAMES = Standing.allowing(PortSet.of(Protocol.UDP, 53));

    /** Two columns: the first is denied, the second is let in on one port. */
    private static Row begun() {
        BitSet second = new BitSet();
        second.set(1);
        Row.Builder builder = new Row.Builder(Standing.DENIED);
        builder.change(second, unused -> WEB);
        return builder.build(2);
    }

    @Test
    void staysWhatItIsWhereAllThatComesStandsAsOthersDo() {
        Row row = begun();
        Row.Widening widening = row.widening(2, 3);
        widening.add(Standing.DENIED);
        widening.addAs(0);
        widening.addOther();
        assertThat(widening.row()).isSameAs(row);
        assertThat(row.at(4)).isEqualTo(Standing.DENIED);
    }

    @Test
    void knowsWhatCameBehindIt() {
        Row.Widening widening = begun().widening(2, 5);
        widening.addOther();
        widening.add(NAMES);
        widening.addAs(1);
        widening.addAs(3);
        widening.addAs(2);
        Row wide = widening.row();
        assertThat(wide.groups()).isEqualTo(3);
        assertThat(wide.at(0)).isEqualTo(Standing.DENIED);
        assertThat(wide.at(1)).isEqualTo(WEB);
        assertThat(wide.at(2)).isEqualTo(Standing.DENIED);
        assertThat(wide.at(3)).isEqualTo(NAMES);
        assertThat(wide.at(4)).isEqualTo(WEB);
        assertThat(wide.at(5)).isEqualTo(NAMES);
        assertThat(wide.at(6)).isEqualTo(Standing.DENIED);
    }
}
