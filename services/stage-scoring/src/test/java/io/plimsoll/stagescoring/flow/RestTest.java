package io.plimsoll.stagescoring.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RestTest {

    /** A time that is where it is put, and comes to the end of its numbers, as that of a machine may. */
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

    private final Rest rest = new Rest(now::get, 3);

    @Test
    void isOverBeforeAnythingWasDone() {
        assertThat(rest.isOver()).isTrue();
    }

    @Test
    void lastsSoManyTimesAsLongAsTheWork() {
        rest.after(() -> now.addAndGet(10));
        assertThat(rest.isOver()).isFalse();
        now.addAndGet(29);
        assertThat(rest.isOver()).isFalse();
        now.addAndGet(1);
        assertThat(rest.isOver()).isTrue();
    }

    @Test
    void comesAfterWorkThatFailedToo() {
        assertThatThrownBy(() -> rest.after(() -> {
                    now.addAndGet(10);
                    throw new IllegalStateException("no database");
                }))
                .hasMessage("no database");
        assertThat(rest.isOver()).isFalse();
    }

    @Test
    void hasABound() {
        rest.after(() -> now.addAndGet(Duration.ofHours(1).toNanos()));
        now.addAndGet(Rest.MAX.toNanos());
        assertThat(rest.isOver()).isTrue();
    }
}
