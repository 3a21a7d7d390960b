package io.plimsoll.assessment.estate;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assessment.scope.ScopeAssessment;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.maturity.gate.GateResult;
import io.plimsoll.maturity.model.Gate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each stage has an estate that stands exactly there, and each gate a case that lacks it alone. */
class StagesTest {

    private static final Map<String, String> EXCEPTIONS = Exceptions.NOT_ALONE.reasons();

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void anEstateWithAllThatItsStageAsksForStandsExactlyThere(int stage) {
        ScopeAssessment organisation = StagedEstate.of(stage).assess().organisation();
        assertThat(shown(open(organisation, stage))).isEmpty();
        assertThat(organisation.gates())
                .filteredOn(gate -> gate.gate().stage() == stage)
                .extracting(GateResult::state)
                .isSubsetOf(EvidenceState.PASS, EvidenceState.WAIVED);
        assertThat(organisation.security().low()).isEqualTo(stage);
        assertThat(organisation.security().high()).isEqualTo(stage);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void withoutItsDeclarationsAnEstateProvesNothing(int stage) {
        StagedEstate estate = StagedEstate.of(stage);
        ScopeAssessment organisation = estate.undeclared().assess().organisation();
        assertThat(organisation.security().low()).isEqualTo(1);
        assertThat(organisation.security().high()).isEqualTo(stage);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void afterItsDeclarationsEndedAnEstateProvesNothing(int stage) {
        StagedEstate estate = StagedEstate.of(stage);
        ScopeAssessment organisation = estate.assess(estate.states(), Instant.parse("2027-01-01T00:00:00Z"))
                .organisation();
        assertThat(organisation.security().low()).isEqualTo(1);
        assertThat(organisation.security().high()).isEqualTo(stage);
    }

    static Stream<Mutant> alone() {
        return Mutant.ALL.stream()
                .filter(mutant -> !EXCEPTIONS.containsKey(mutant.gate().id()));
    }

    @ParameterizedTest
    @MethodSource("alone")
    void whatLacksOneGateAloneStandsOneStageLower(Mutant mutant) {
        ScopeAssessment organisation = mutant.estate().assess().organisation();
        int stage = mutant.gate().stage();
        assertThat(shown(open(organisation, stage)))
                .containsExactly(mutant.gate().id() + " " + mutant.state());
        assertThat(organisation.security().low()).isEqualTo(stage - 1);
        assertThat(organisation.security().high()).isEqualTo(mutant.state() == EvidenceState.FAIL ? stage - 1 : stage);
    }

    static Stream<Mutant> excepted() {
        return Mutant.ALL.stream()
                .filter(mutant -> EXCEPTIONS.containsKey(mutant.gate().id()));
    }

    /** A gate on the list still has a case where it is not held. */
    @ParameterizedTest
    @MethodSource("excepted")
    void anExceptedGateIsNotHeldEither(Mutant mutant) {
        ScopeAssessment organisation = mutant.estate().assess().organisation();
        int stage = mutant.gate().stage();
        Set<String> expected = new TreeSet<>(mutant.along());
        expected.add(mutant.gate().id());
        assertThat(open(organisation, stage).stream().map(gate -> gate.gate().id()))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(state(organisation, mutant.gate())).isEqualTo(mutant.state());
        assertThat(organisation.security().low()).isEqualTo(mutant.along().isEmpty() ? stage : stage - 1);
    }

    @Test
    void eachGateHasACaseWhereItIsNotHeld() {
        Set<String> covered =
                Mutant.ALL.stream().map(mutant -> mutant.gate().id()).collect(Collectors.toSet());
        assertThat(covered)
                .containsExactlyInAnyOrderElementsOf(
                        StagedEstate.MODEL.gates().stream().map(Gate::id).toList());
    }

    /** A gate leaves the list as soon as a mutant lacks it alone, and no gate joins. */
    @Test
    void theListOfExceptionsHoldsWhatItMustAndOnlyShrinks() {
        Set<String> needed = Mutant.ALL.stream()
                .filter(mutant -> mutant.gate().advice() || !mutant.along().isEmpty())
                .map(mutant -> mutant.gate().id())
                .collect(Collectors.toCollection(TreeSet::new));
        Mutant.ALL.stream()
                .filter(mutant -> !mutant.gate().advice() && mutant.along().isEmpty())
                .forEach(mutant -> needed.remove(mutant.gate().id()));
        assertThat(EXCEPTIONS.keySet()).containsExactlyElementsOf(needed);
        assertThat(EXCEPTIONS).hasSize(Exceptions.NOT_ALONE.most());
    }

    /** A gate leaves the list as soon as anything measures it, and no gate joins. */
    @Test
    void theListOfGatesThatWaitForAnEngineHoldsWhatItMustAndOnlyShrinks() {
        Set<String> waiting = new TreeSet<>();
        for (int stage = 2; stage <= 5; stage++) {
            open(StagedEstate.of(stage).undeclared().assess().organisation(), stage)
                    .forEach(gate -> waiting.add(gate.gate().id()));
        }
        assertThat(Exceptions.WAITING.reasons().keySet()).containsExactlyElementsOf(waiting);
        assertThat(waiting).hasSize(Exceptions.WAITING.most());
    }

    /** The gates of stages up to this one that are not held. */
    private static List<GateResult> open(ScopeAssessment organisation, int stage) {
        return organisation.gates().stream()
                .filter(gate -> gate.gate().stage() <= stage && !gate.held())
                .toList();
    }

    private static List<String> shown(List<GateResult> gates) {
        return gates.stream().map(gate -> gate.gate().id() + " " + gate.state()).toList();
    }

    private static EvidenceState state(ScopeAssessment organisation, Gate gate) {
        return organisation.gates().stream()
                .filter(each -> each.gate().equals(gate))
                .map(GateResult::state)
                .findFirst()
                .orElseThrow();
    }
}
