package io.plimsoll.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kubernetes.memory.ClusterMemory;
import io.plimsoll.kubernetes.memory.Memory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClusterMemoryTest {

    private final Object origin = new Object();
    private final AtomicInteger made = new AtomicInteger();
    private final ClusterMemory memory = new ClusterMemory();

    private int make(Memory from) {
        return from.of("number", "it", made::incrementAndGet, origin);
    }

    private int look(ClusterMode mode) {
        return memory.look(mode, this::make);
    }

    @Test
    void goesOnWithWhatTheLookBeforeMade() {
        assertThat(look(ClusterMode.LIVE)).isEqualTo(1);
        assertThat(look(ClusterMode.LIVE)).isEqualTo(1);
    }

    @Test
    void beginsAnewInAnotherMode() {
        assertThat(look(ClusterMode.LIVE)).isEqualTo(1);
        assertThat(look(ClusterMode.MANIFESTS)).isEqualTo(2);
        assertThat(look(ClusterMode.MANIFESTS)).isEqualTo(2);
    }

    @Test
    void beginsAnewAfterALookThatFailed() {
        assertThat(look(ClusterMode.LIVE)).isEqualTo(1);
        assertThatThrownBy(() -> memory.look(ClusterMode.LIVE, from -> {
                    throw new IllegalStateException("made " + make(from));
                }))
                .hasMessage("made 1");
        assertThat(look(ClusterMode.LIVE)).isEqualTo(2);
    }

    @Test
    void isHadByOneAtATime() {
        int inner = memory.look(ClusterMode.LIVE, from -> {
            assertThat(make(from)).isEqualTo(1);
            return look(ClusterMode.LIVE);
        });
        assertThat(inner).isEqualTo(2);
    }
}
