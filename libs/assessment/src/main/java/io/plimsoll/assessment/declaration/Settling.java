package io.plimsoll.assessment.declaration;

import io.plimsoll.assessment.Coverage;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceClass;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
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
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lets attestations and waivers settle evidence (stage-gates 2, "one escape").
 *
 * <p>1. An attestation in force turns UNKNOWN, and of a companion control FAIL(absent-from-input), into WAIVED(attested). What was
 * seen and is wrong stays wrong, and what a field shows (intrinsic) or a violation is never attested. 2. A waiver in force turns FAIL
 * into WAIVED(waived-by-declaration). 3. Without a clock neither is applied: UNKNOWN becomes UNKNOWN(no-clock), a FAIL stays. The
 * waived stay in every denominator. Immutable, any thread.
 */
public final class Settling {

    private static final String KIND = "declaration";
    private static final String NO_TIME = " is not applied: give the time to judge by (--as-of)";

    private final Map<String, Set<SubjectKind>> kinds = new HashMap<>();
    private final Map<String, EvidenceClass> classes = new HashMap<>();
    private final List<Attestation> attestations;
    private final List<Waiver> waivers;
    private final @Nullable Instant asOf;

    /**
     * @param controls those an engine answers, by id
     * @param asOf null when no time is given
     */
    public Settling(
            StageModel model, Map<String, Control> controls, Declarations declarations, @Nullable Instant asOf) {
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
        // What is in force comes last, so that it stands over what has expired.
        attestations = declarations.attestations().stream()
                .sorted(Comparator.comparing(
                                (Attestation each) -> each.validity().at(asOf) == Validity.At.IN_FORCE)
                        .thenComparing(Attestation::id))
                .toList();
        waivers = declarations.waivers().stream()
                .sorted(Comparator.comparing(Waiver::id))
                .toList();
    }

    /**
     * By scope id, then control: the share of the scope's subjects for which an attestation in force holds. Which subjects those are
     * nobody said, so narrower scopes stay unknown.
     */
    public Map<String, Map<String, Double>> shares() {
        Map<String, Map<String, Double>> shares = new TreeMap<>();
        for (Attestation attestation : attestations) {
            if (attests(attestation)
                    && !attestation.whole()
                    && attestation.validity().at(asOf) == Validity.At.IN_FORCE) {
                shares.computeIfAbsent(attestation.scope().scopeId(), scope -> new TreeMap<>())
                        .merge(attestation.control(), attestation.ratio(), Math::max);
            }
        }
        return shares;
    }

    /** Settles the evidence of one part of the estate; parts may be settled in any order. */
    public Settled settle(Collection<Subject> subjects, Collection<Evidence> given) {
        Map<String, Map<SubjectId, List<Evidence>>> evidence = new HashMap<>();
        for (Evidence each : given) {
            evidence.computeIfAbsent(each.control(), control -> new HashMap<>())
                    .computeIfAbsent(each.subject(), subject -> new ArrayList<>())
                    .add(each);
        }
        SortedSet<String> used = new TreeSet<>();
        attestations.stream().filter(this::attests).forEach(each -> attest(each, subjects, evidence, used));
        waivers.forEach(each -> waive(each, evidence, used));
        List<Evidence> settled = new ArrayList<>();
        evidence.values().forEach(bySubject -> bySubject.values().forEach(settled::addAll));
        settled.sort(null);
        return new Settled(settled, used);
    }

    /** @param used by all parts together */
    public List<Coverage> coverage(Set<String> used) {
        List<Coverage> coverage = new ArrayList<>();
        for (Attestation attestation : attestations) {
            String gap = gap(attestation, used);
            if (!gap.isEmpty()) {
                coverage.add(new Coverage(KIND, "attestation " + attestation.id() + gap, attestation.source()));
            }
        }
        for (Waiver waiver : waivers) {
            String gap =
                    switch (waiver.validity().at(asOf)) {
                        case NO_CLOCK -> NO_TIME;
                        case EXPIRED -> " ended at " + waiver.expires();
                        case NOT_YET -> "";
                        case IN_FORCE ->
                            used.contains(name(waiver)) ? "" : " covers nothing that fails: it can be withdrawn";
                    };
            if (!gap.isEmpty()) {
                coverage.add(new Coverage(KIND, "waiver " + waiver.id() + gap, waiver.source()));
            }
        }
        return coverage;
    }

    private String gap(Attestation attestation, Set<String> used) {
        if (!classes.containsKey(attestation.control())) {
            return " answers " + attestation.control() + ", which nothing asks";
        }
        if (!attests(attestation)) {
            return " answers " + attestation.control() + ", which is measured: it settles nothing";
        }
        return switch (attestation.validity().at(asOf)) {
            case NO_CLOCK -> NO_TIME;
            case EXPIRED -> " ended at " + attestation.validity().expires();
            case NOT_YET -> " begins at " + attestation.validity().issued();
            case IN_FORCE ->
                used.contains(name(attestation)) ? "" : " covers nothing that is asked " + attestation.control();
        };
    }

    private static String name(Attestation attestation) {
        return "attestation/" + attestation.id();
    }

    private static String name(Waiver waiver) {
        return "waiver/" + waiver.id();
    }

    /** Only what lives outside manifests, or is a companion, can be attested. */
    private boolean attests(Attestation attestation) {
        EvidenceClass of = classes.get(attestation.control());
        return of == EvidenceClass.EXTERNAL || of == EvidenceClass.COMPANION;
    }

    private Set<SubjectKind> kindsOf(String control) {
        return kinds.computeIfAbsent(control, id -> EnumSet.noneOf(SubjectKind.class));
    }

    private void attest(
            Attestation attestation,
            Collection<Subject> subjects,
            Map<String, Map<SubjectId, List<Evidence>>> evidence,
            Set<String> used) {
        Set<SubjectKind> asked = kindsOf(attestation.control());
        List<Subject> covered = subjects.stream()
                .filter(subject -> asked.contains(subject.id().kind()))
                .filter(attestation.scope()::covers)
                .toList();
        switch (attestation.validity().at(asOf)) {
            case IN_FORCE -> {
                if (!covered.isEmpty()) {
                    used.add(name(attestation));
                }
                if (attestation.whole()) {
                    String message = attestation.author() + " states: " + attestation.statement();
                    settle(attestation, covered, evidence, EvidenceState.WAIVED, Reason.ATTESTED, message);
                }
            }
            case NO_CLOCK ->
                settle(
                        attestation,
                        covered,
                        evidence,
                        EvidenceState.UNKNOWN,
                        Reason.NO_CLOCK,
                        "attested, but no time is given");
            case EXPIRED ->
                settle(
                        attestation,
                        covered,
                        evidence,
                        EvidenceState.UNKNOWN,
                        Reason.DECLARATION_EXPIRED,
                        "the attestation ended at " + attestation.validity().expires());
            case NOT_YET -> {}
        }
    }

    private void settle(
            Attestation attestation,
            List<Subject> covered,
            Map<String, Map<SubjectId, List<Evidence>>> evidence,
            EvidenceState state,
            Reason reason,
            String message) {
        boolean companion = classes.get(attestation.control()) == EvidenceClass.COMPANION;
        Map<SubjectId, List<Evidence>> answers =
                evidence.computeIfAbsent(attestation.control(), control -> new HashMap<>());
        for (Subject subject : covered) {
            List<Evidence> given = answers.computeIfAbsent(subject.id(), id -> new ArrayList<>());
            if (given.isEmpty()) {
                given.add(new Evidence(
                        attestation.control(), subject.id(), state, reason, "", "", message, attestation.source()));
            } else {
                given.replaceAll(
                        each -> settles(each, companion, state) ? restated(each, state, reason, message) : each);
            }
        }
    }

    private static boolean settles(Evidence given, boolean companion, EvidenceState state) {
        return given.state() == EvidenceState.UNKNOWN
                || state == EvidenceState.WAIVED
                        && companion
                        && given.state() == EvidenceState.FAIL
                        && given.reason() == Reason.ABSENT_FROM_INPUT;
    }

    private void waive(Waiver waiver, Map<String, Map<SubjectId, List<Evidence>>> evidence, Set<String> used) {
        if (waiver.validity().at(asOf) != Validity.At.IN_FORCE) {
            return;
        }
        String message =
                "waived until " + waiver.expires() + ", approved by " + waiver.approvedBy() + ": " + waiver.reason();
        UnaryOperator<Evidence> lift = each -> {
            if (each.state() != EvidenceState.FAIL) {
                return each;
            }
            used.add(name(waiver));
            return restated(
                    each, EvidenceState.WAIVED, Reason.WAIVED_BY_DECLARATION, each.message() + " (" + message + ")");
        };
        evidence.getOrDefault(waiver.control(), Map.of()).forEach((subject, given) -> {
            if (waiver.selector().covers(subject)) {
                given.replaceAll(lift);
            }
        });
    }

    private static Evidence restated(Evidence given, EvidenceState state, Reason reason, String message) {
        return new Evidence(
                given.control(), given.subject(), state, reason, given.path(), given.value(), message, given.source());
    }
}
