package io.plimsoll.assessment.declaration;

import io.plimsoll.assessment.Coverage;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceClass;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kernel.declaration.Attestation;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kernel.declaration.Validity;
import io.plimsoll.kernel.declaration.Waiver;
import io.plimsoll.maturity.model.Clause;
import io.plimsoll.maturity.model.Gate;
import io.plimsoll.maturity.model.Population;
import io.plimsoll.maturity.model.StageModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lets attestations and waivers settle evidence (stage-gates 2, "one escape").
 *
 * <p>1. An attestation in force turns UNKNOWN, and of a companion control FAIL(absent-from-input), into WAIVED(attested). What was
 * seen and is wrong stays wrong, and what a field shows (intrinsic) or a violation is never attested. 2. A waiver in force turns FAIL
 * into WAIVED(waived-by-declaration). 3. Without a clock neither is applied: UNKNOWN becomes UNKNOWN(no-clock), a FAIL stays. The
 * waived stay in every denominator.
 */
public final class Settling {

    private final Map<String, Set<SubjectKind>> kinds = new HashMap<>();
    private final Map<String, EvidenceClass> classes = new HashMap<>();
    private final Collection<Subject> subjects;
    private final @Nullable Instant asOf;
    private final Map<String, Map<SubjectId, List<Evidence>>> evidence = new HashMap<>();
    private final Map<String, Map<String, Double>> shares = new TreeMap<>();
    private final List<Coverage> coverage = new ArrayList<>();

    private Settling(
            StageModel model,
            Map<String, Control> controls,
            Collection<Subject> subjects,
            Collection<Evidence> given,
            @Nullable Instant asOf) {
        this.subjects = subjects;
        this.asOf = asOf;
        for (Gate gate : model.gates()) {
            for (List<Clause> group : gate.alternatives()) {
                for (Clause clause : group) {
                    classes.putIfAbsent(clause.control(), gate.evidenceClass());
                    Population population = model.populations().get(clause.population());
                    if (population != null) {
                        kindsOf(clause.control()).add(population.subject());
                    }
                }
            }
        }
        controls.values().forEach(control -> {
            classes.put(control.id(), control.evidenceClass());
            kindsOf(control.id()).add(control.subject());
        });
        for (Evidence each : given) {
            evidence.computeIfAbsent(each.control(), control -> new HashMap<>())
                    .computeIfAbsent(each.subject(), subject -> new ArrayList<>())
                    .add(each);
        }
    }

    /**
     * @param controls those an engine answers, by id
     * @param asOf null when no time is given
     */
    public static Declared apply(
            StageModel model,
            Map<String, Control> controls,
            Collection<Subject> subjects,
            Collection<Evidence> given,
            Declarations declarations,
            @Nullable Instant asOf) {
        Settling settling = new Settling(model, controls, subjects, given, asOf);
        // What is in force comes last, so that it stands over what has expired.
        declarations.attestations().stream()
                .sorted(Comparator.comparing(
                                (Attestation each) -> each.validity().at(asOf) == Validity.At.IN_FORCE)
                        .thenComparing(Attestation::id))
                .forEach(settling::attest);
        declarations.waivers().stream().sorted(Comparator.comparing(Waiver::id)).forEach(settling::waive);
        List<Evidence> settled = new ArrayList<>();
        settling.evidence.values().forEach(bySubject -> bySubject.values().forEach(settled::addAll));
        settled.sort(null);
        return new Declared(settled, settling.shares, settling.coverage);
    }

    private Set<SubjectKind> kindsOf(String control) {
        return kinds.computeIfAbsent(control, id -> EnumSet.noneOf(SubjectKind.class));
    }

    private void attest(Attestation attestation) {
        String name = "attestation " + attestation.id();
        EvidenceClass of = classes.get(attestation.control());
        if (of == null) {
            say(name + " answers " + attestation.control() + ", which nothing asks", attestation.source());
            return;
        }
        if (of == EvidenceClass.INTRINSIC || of == EvidenceClass.VIOLATION) {
            say(
                    name + " answers " + attestation.control() + ", which is measured: it settles nothing",
                    attestation.source());
            return;
        }
        switch (attestation.validity().at(asOf)) {
            case IN_FORCE -> {
                if (!attestation.whole()) {
                    shares.computeIfAbsent(attestation.scope().scopeId(), scope -> new TreeMap<>())
                            .merge(attestation.control(), attestation.ratio(), Math::max);
                }
                Reason reason = Reason.ATTESTED;
                String message = attestation.author() + " states: " + attestation.statement();
                int covered = attestation.whole()
                        ? settle(attestation, of, EvidenceState.WAIVED, reason, message)
                        : (int) covered(attestation).count();
                if (covered == 0) {
                    say(name + " covers nothing that is asked " + attestation.control(), attestation.source());
                }
            }
            case NO_CLOCK -> {
                settle(attestation, of, EvidenceState.UNKNOWN, Reason.NO_CLOCK, "attested, but no time is given");
                say(name + " is not applied: give the time to judge by (--as-of)", attestation.source());
            }
            case EXPIRED -> {
                String message =
                        "the attestation ended at " + attestation.validity().expires();
                settle(attestation, of, EvidenceState.UNKNOWN, Reason.DECLARATION_EXPIRED, message);
                say(name + " ended at " + attestation.validity().expires(), attestation.source());
            }
            case NOT_YET -> say(name + " begins at " + attestation.validity().issued(), attestation.source());
        }
    }

    private java.util.stream.Stream<Subject> covered(Attestation attestation) {
        Set<SubjectKind> asked = kindsOf(attestation.control());
        return subjects.stream()
                .filter(subject -> asked.contains(subject.id().kind()))
                .filter(attestation.scope()::covers);
    }

    /** How many subjects the attestation covers, whatever it changed of them. */
    private int settle(Attestation attestation, EvidenceClass of, EvidenceState state, Reason reason, String message) {
        Map<SubjectId, List<Evidence>> answers =
                evidence.computeIfAbsent(attestation.control(), control -> new HashMap<>());
        List<Subject> covered = covered(attestation).toList();
        for (Subject subject : covered) {
            List<Evidence> given = answers.computeIfAbsent(subject.id(), id -> new ArrayList<>());
            if (given.isEmpty()) {
                given.add(new Evidence(
                        attestation.control(), subject.id(), state, reason, "", "", message, attestation.source()));
            } else {
                given.replaceAll(each -> settles(each, of, state) ? restated(each, state, reason, message) : each);
            }
        }
        return covered.size();
    }

    private static boolean settles(Evidence given, EvidenceClass of, EvidenceState state) {
        return given.state() == EvidenceState.UNKNOWN
                || state == EvidenceState.WAIVED
                        && of == EvidenceClass.COMPANION
                        && given.state() == EvidenceState.FAIL
                        && given.reason() == Reason.ABSENT_FROM_INPUT;
    }

    private void waive(Waiver waiver) {
        String name = "waiver " + waiver.id();
        switch (waiver.validity().at(asOf)) {
            case NO_CLOCK -> say(name + " is not applied: give the time to judge by (--as-of)", waiver.source());
            case EXPIRED -> say(name + " ended at " + waiver.expires(), waiver.source());
            case NOT_YET -> throw new IllegalStateException("a waiver has no beginning");
            case IN_FORCE -> {
                String message = "waived until " + waiver.expires() + ", approved by " + waiver.approvedBy() + ": "
                        + waiver.reason();
                boolean[] any = {false};
                UnaryOperator<Evidence> lift = each -> {
                    if (each.state() != EvidenceState.FAIL) {
                        return each;
                    }
                    any[0] = true;
                    return restated(
                            each,
                            EvidenceState.WAIVED,
                            Reason.WAIVED_BY_DECLARATION,
                            each.message() + " (" + message + ")");
                };
                evidence.getOrDefault(waiver.control(), Map.of()).forEach((subject, given) -> {
                    if (waiver.selector().covers(subject)) {
                        given.replaceAll(lift);
                    }
                });
                if (!any[0]) {
                    say(name + " covers nothing that fails: it can be withdrawn", waiver.source());
                }
            }
        }
    }

    private static Evidence restated(Evidence given, EvidenceState state, Reason reason, String message) {
        return new Evidence(
                given.control(), given.subject(), state, reason, given.path(), given.value(), message, given.source());
    }

    private void say(String text, Source source) {
        coverage.add(new Coverage("declaration", text, source));
    }
}
