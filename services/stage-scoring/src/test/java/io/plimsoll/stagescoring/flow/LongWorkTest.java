package io.plimsoll.stagescoring.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.stagescoring.estate.Estate;
import io.plimsoll.stagescoring.estate.Rig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where scoring takes long it is done less often, and nothing that came is forgotten for it. */
class LongWorkTest {

    private static final long TAKES = 1_000;

    private final Estate estate = Estate.staged(5);
    private final Rig rig = new Rig();
    private final List<ClusterState> halves = new ArrayList<>();

    @BeforeEach
    void begins() {
        rig.contributions.whileSaving(() -> rig.nanos += TAKES);
        rig.stages.whileSaving(() -> rig.nanos += TAKES);
        rig.write(estate);
        rig.walk();
        rig.nanos += 10 * TAKES;
        rig.walk();
        estate.states()
                .forEach(state -> halves.add(new ClusterState(
                        state.name(),
                        state.mode(),
                        state.resources().subList(0, state.resources().size() / 2))));
        assertThat(halves).as("clusters").hasSizeGreaterThan(1);
    }

    @Test
    void theFirstTimeIsNotWaitedFor() {
        ScoringLawsTest.same(rig, estate);
    }

    @Test
    void scoresOneClusterAtATimeAndAllInTheEnd() {
        // Given
        rig.stages.whileSaving(() -> {});
        int saves = rig.contributions.saves();
        halves.forEach(half -> rig.writers.all(half, 2));
        // When
        rig.walk();
        // Then
        assertThat(rig.contributions.saves()).as("no time has passed since").isEqualTo(saves + 1);
        // When
        for (int i = 0; i < 20; i++) {
            rig.nanos += TAKES;
            rig.walk();
        }
        // Then
        ScoringLawsTest.same(rig, estate.with(halves));
    }

    @Test
    void aClusterThatChangesAllTheTimeDoesNotKeepOthersWaiting() {
        // Given
        rig.stages.whileSaving(() -> {});
        halves.forEach(half -> rig.writers.all(half, 2));
        rig.walk();
        // When
        for (int i = 0; i < 3 * halves.size(); i++) {
            rig.writers.all(i % 2 == 0 ? estate.states().getFirst() : halves.getFirst(), 3 + i);
            rig.nanos += TAKES;
            rig.walk();
        }
        // Then
        assertThat(rig.contributions.kept().values())
                .allSatisfy(kept -> assertThat(
                                Objects.requireNonNull(kept.scored()).version().number())
                        .as(kept.cluster())
                        .isGreaterThan(1));
    }

    @Test
    void whatChangedWhileItWaitedIsScoredAsItIsThen() {
        // Given
        halves.forEach(half -> rig.writers.all(half, 2));
        rig.walk();
        estate.states().forEach(state -> rig.writers.all(state, 3));
        rig.walk();
        // When
        for (int i = 0; i < 20; i++) {
            rig.nanos += TAKES;
            rig.walk();
        }
        // Then
        ScoringLawsTest.same(rig, estate);
    }
}
