package io.plimsoll.embedded.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestartRuleTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final RestartRule RULE =
            new RestartRule(6, 3, Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofSeconds(4));

    @Test
    void startsAgainAtOnceAfterASingleDeath() {
        assertThat(RULE.after(deaths(1), true, NOW)).isEqualTo(new RestartRule.Rest(Duration.ZERO));
    }

    @Test
    void restsTwiceAsLongEachTimeUpToABound() {
        assertThat(IntStream.rangeClosed(2, 5).mapToObj(n -> RULE.after(deaths(n), true, NOW)))
                .containsExactly(rest(1), rest(2), rest(4), rest(4));
    }

    @Test
    void givesUpAfterTooManyDeathsInTheWindow() {
        assertThat(RULE.after(deaths(6), true, NOW)).isEqualTo(new RestartRule.GiveUp(6));
    }

    @Test
    void givesUpSoonerOnWhatWasNeverReady() {
        assertThat(RULE.after(deaths(3), false, NOW)).isEqualTo(new RestartRule.GiveUp(3));
    }

    @Test
    void forgetsDeathsBeforeTheWindow() {
        List<Instant> longAgo = List.of(NOW.minusSeconds(900), NOW.minusSeconds(800), NOW.minusSeconds(700), NOW);
        assertThat(RULE.after(longAgo, true, NOW)).isEqualTo(new RestartRule.Rest(Duration.ZERO));
    }

    private static RestartRule.Decision rest(int seconds) {
        return new RestartRule.Rest(Duration.ofSeconds(seconds));
    }

    private static List<Instant> deaths(int count) {
        return IntStream.range(0, count).mapToObj(n -> NOW.minusSeconds(n)).toList();
    }
}
