package io.plimsoll.inventory.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Publications of one cluster are spaced; whoever was quiet waits for nothing, and nobody for another. */
class PaceTest {

    private long now = 42;
    private final Pace pace = new Pace(Duration.ofMillis(1_000), () -> now);

    private void later(long millis) {
        now += Duration.ofMillis(millis).toNanos();
        pace.look();
    }

    @Test
    void whoWasQuietBeginsAtOnce() {
        pace.look();
        assertThat(pace.begins("a")).isTrue();
        assertThat(pace.next()).isEmpty();
        later(1_000);
        assertThat(pace.begins("a")).isTrue();
    }

    @Test
    void whoBeganIsPutOffUntilItIsTime() {
        pace.look();
        assertThat(pace.begins("a")).isTrue();
        later(400);
        assertThat(pace.begins("a")).isFalse();
        assertThat(pace.next()).contains(Duration.ofMillis(600));
        assertThat(pace.begins("b")).isTrue();
        later(300);
        assertThat(pace.begins("b")).isFalse();
        assertThat(pace.begins("a")).isFalse();
        // The first of those that were put off.
        assertThat(pace.next()).contains(Duration.ofMillis(300));
        later(300);
        assertThat(pace.begins("a")).isTrue();
        assertThat(pace.begins("b")).isFalse();
        assertThat(pace.next()).contains(Duration.ofMillis(400));
    }

    @Test
    void whoIsPutOffAgainAndAgainIsStillDueAtItsTime() {
        pace.look();
        assertThat(pace.begins("a")).isTrue();
        for (int i = 0; i < 9; i++) {
            later(100);
            assertThat(pace.begins("a")).isFalse();
        }
        later(100);
        assertThat(pace.begins("a")).isTrue();
    }
}
