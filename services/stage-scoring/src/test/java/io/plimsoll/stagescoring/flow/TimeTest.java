package io.plimsoll.stagescoring.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.stagescoring.estate.Estate;
import io.plimsoll.stagescoring.estate.Rig;
import io.plimsoll.wire.ScopeStage;
import io.plimsoll.wire.ScopeStage.Held;
import io.plimsoll.wire.ScopeStage.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What time alone changes is changed when its time has come, and nothing is judged again before. */
class TimeTest {

    private final Estate estate = Estate.staged(5);
    private final Rig rig = new Rig();

    @Test
    void declarationsEndWhenTheySayTheyEnd() {
        // Given
        rig.write(estate);
        rig.walk();
        ScoringLawsTest.same(rig, estate);
        Instant end = new io.plimsoll.assessment.declaration.Deadlines(estate.declarations())
                .next(rig.now)
                .orElseThrow();
        int changes = rig.stages.changes().size();
        // When
        rig.now = end.minusSeconds(1);
        rig.walk();
        // Then
        assertThat(rig.stages.changes().subList(changes, rig.stages.changes().size()))
                .as("only what is held may have moved")
                .allMatch(change -> !change.event());
        // When
        rig.now = Instant.parse("2100-01-01T00:00:00Z");
        rig.walk();
        // Then
        ScoringLawsTest.same(rig, estate);
        assertThat(rig.stages.stage("organisation").asOf()).isEqualTo(rig.now);
    }

    @Test
    void nothingHappensWhileNothingIsDue() {
        // Given
        rig.write(estate);
        rig.walk();
        int changes = rig.stages.changes().size();
        // When
        for (int minute = 0; minute < 60; minute++) {
            rig.now = rig.now.plus(Duration.ofMinutes(1));
            rig.walk();
        }
        // Then
        assertThat(rig.stages.changes()).hasSize(changes);
        assertThat(rig.stages.stage("organisation").asOf()).isEqualTo(Estate.AS_OF);
    }

    @Test
    void aHeldStageSettlesWithoutAnythingHappening() {
        // Given
        rig.write(estate.declaring(io.plimsoll.kernel.declaration.Declarations.NONE));
        rig.walk();
        rig.writers.declare(estate.declarations());
        estate.states().forEach(state -> {
            rig.writers.inventory(state, 2);
            rig.writers.analysers(state, 2, 2);
        });
        rig.walk();
        ScopeStage climbing = rig.stages.stage("organisation");
        Held held = Objects.requireNonNull(climbing.held());
        Pending pending = Objects.requireNonNull(held.pending());
        assertThat(held.security()).isNotEqualTo(climbing.measured().security());
        // When
        rig.now = pending.settles();
        rig.walk();
        // Then
        ScopeStage settled = rig.stages.stage("organisation");
        assertThat(settled.held()).isEqualTo(new Held(settled.measured().security(), pending.settles(), null));
        assertThat(settled.sequence()).isEqualTo(climbing.sequence() + 1);
    }
}
