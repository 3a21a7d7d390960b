package io.plimsoll.stagescoring.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kernel.Band;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.maturity.gate.ClauseResult;
import io.plimsoll.maturity.gate.GateResult;
import io.plimsoll.maturity.model.Gate;
import io.plimsoll.maturity.tally.Counts;
import io.plimsoll.stagescoring.estate.Estate;
import io.plimsoll.wire.ScopeStage.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule of the stage model: climb after seven days held, fall at once on exposed criticals, else after 72 hours. */
class HysteresisTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Band TWO = new Band(2, 2);
    private static final Band THREE = new Band(3, 3);
    private static final Band FOUR = new Band(4, 4);

    private final Hysteresis rule = new Hysteresis(Estate.MODEL);

    private Held measured(Held before, Band band, Duration after) {
        return rule.next(before, band, List.of(), START.plus(after));
    }

    private static Instant settles(Held held) {
        return Objects.requireNonNull(held.pending()).settles();
    }

    private Held fresh(Band band) {
        return rule.next(null, band, List.of(), START);
    }

    private static GateResult failed(String id) {
        Gate gate = Estate.MODEL.gates().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        List<ClauseResult> clauses = gate.alternatives().getFirst().stream()
                .map(clause -> new ClauseResult(
                        clause, EvidenceState.FAIL, Reason.SEEN_AND_WRONG, new Counts(0, 1, 0, 0, 0), Map.of()))
                .toList();
        return new GateResult(gate, EvidenceState.FAIL, Reason.SEEN_AND_WRONG, "", clauses);
    }

    @Test
    void aNewScopeIsHeldWhereItIsMeasured() {
        assertThat(fresh(THREE)).isEqualTo(new Held(THREE, START, null));
    }

    @Test
    void climbsAfterSevenDays() {
        Held pending = measured(fresh(TWO), THREE, Duration.ofHours(1));
        assertThat(pending.security()).isEqualTo(TWO);
        assertThat(settles(pending)).isEqualTo(START.plus(Duration.ofDays(7)).plus(Duration.ofHours(1)));
        Instant almost = settles(pending).minusSeconds(1);
        assertThat(rule.next(pending, THREE, List.of(), almost).security()).isEqualTo(TWO);
        assertThat(rule.next(pending, THREE, List.of(), settles(pending)))
                .isEqualTo(new Held(THREE, settles(pending), null));
    }

    @Test
    void fallsAfterThreeDays() {
        Held pending = measured(fresh(THREE), TWO, Duration.ofHours(1));
        assertThat(pending.security()).isEqualTo(THREE);
        assertThat(measured(pending, TWO, Duration.ofHours(73)).security()).isEqualTo(TWO);
    }

    @Test
    void fallsAtOnceWhenSomethingExposedBreaksWhatToleratesNoMiss() {
        Held held = rule.next(fresh(THREE), TWO, List.of(failed("S3.base-exp")), START.plusSeconds(1));
        assertThat(held).isEqualTo(new Held(TWO, START.plusSeconds(1), null));
    }

    @Test
    void aFailureOfWhatIsNotExposedWaits() {
        Held held = rule.next(fresh(THREE), TWO, List.of(failed("S2.controlled")), START.plusSeconds(1));
        assertThat(held.security()).isEqualTo(THREE);
    }

    @Test
    void anExposedCriticalNeverHindersAClimb() {
        Held held = rule.next(fresh(TWO), THREE, List.of(failed("S3.base-exp")), START.plusSeconds(1));
        assertThat(held.security()).isEqualTo(TWO);
        assertThat(held.pending()).isNotNull();
    }

    @Test
    void aDeployThatIsTakenBackLeavesNoTrace() {
        Held dip = measured(fresh(THREE), TWO, Duration.ofHours(1));
        Held back = measured(dip, THREE, Duration.ofHours(2));
        assertThat(back).isEqualTo(fresh(THREE));
        assertThat(measured(back, TWO, Duration.ofHours(72)).security()).isEqualTo(THREE);
    }

    @Test
    void whatWasHeldAllTheTimeCounts() {
        Held climbing = measured(fresh(TWO), FOUR, Duration.ZERO);
        Held lower = measured(climbing, THREE, Duration.ofDays(6));
        assertThat(measured(lower, FOUR, Duration.ofDays(7)).security())
                .as("at least 3 for seven days, 4 not")
                .isEqualTo(THREE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aSteadyMeasurementIsHeldWithinSevenDays(long seed) {
        Random random = new Random(seed);
        Held held = fresh(TWO);
        Instant now = START;
        for (int i = 0; i < 200; i++) {
            now = now.plus(Duration.ofHours(random.nextInt(40)));
            int low = 1 + random.nextInt(5);
            Band band = new Band(low, low + random.nextInt(6 - low));
            held = rule.next(held, band, List.of(), now);
            if (held.pending() == null) {
                assertThat(held.security()).isEqualTo(band);
            } else {
                assertThat(held.pending().settles()).isAfter(now);
                assertThat(held.security()).isNotEqualTo(band);
            }
        }
        Band last = new Band(5, 5);
        for (int day = 0; day <= 14; day++) {
            held = rule.next(held, last, List.of(), now.plus(Duration.ofDays(day)));
        }
        assertThat(held.security()).isEqualTo(last);
    }
}
