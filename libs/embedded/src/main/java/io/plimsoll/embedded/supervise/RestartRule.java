package io.plimsoll.embedded.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When a part that died is started again: at once after a single death, then after rests that double, and no more after
 * too many deaths within a window.
 *
 * @param deathsMax deaths within {@code window} at which it is given up
 * @param unreadyDeathsMax the same for a part that was not ready once in this run: trying again seldom helps
 */
public record RestartRule(int deathsMax, int unreadyDeathsMax, Duration window, Duration restFirst, Duration restMax) {

    public static final RestartRule USUAL =
            new RestartRule(8, 3, Duration.ofMinutes(5), Duration.ofMillis(500), Duration.ofSeconds(20));

    public RestartRule {
        if (deathsMax < 1 || unreadyDeathsMax < 1 || restFirst.isNegative() || restFirst.compareTo(restMax) > 0) {
            throw new IllegalArgumentException("not a rule for restarts");
        }
    }

    /** What to do after a death. */
    public sealed interface Decision permits Rest, GiveUp {}

    public record Rest(Duration length) implements Decision {}

    public record GiveUp(int deaths) implements Decision {}

    /**
     * @param deaths times of all deaths in this run, the last one {@code now}
     * @param onceReady whether it was ready at any time in this run
     */
    public Decision after(List<Instant> deaths, boolean onceReady, Instant now) {
        int recent = (int) deaths.stream()
                .filter(death -> !death.isBefore(now.minus(window)))
                .count();
        if (recent >= (onceReady ? deathsMax : unreadyDeathsMax)) {
            return new GiveUp(recent);
        }
        if (recent <= 1) {
            return new Rest(Duration.ZERO);
        }
        Duration rest = restFirst.multipliedBy(1L << Math.min(recent - 2, 20));
        return new Rest(rest.compareTo(restMax) > 0 ? restMax : rest);
    }
}
