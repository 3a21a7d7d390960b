package io.plimsoll.stagescoring.answer;

import io.plimsoll.assessment.EstateScoring.ScoredPart;
import io.plimsoll.assessment.Finding;
import io.plimsoll.assessment.Findings;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.maturity.tally.Tallies;
import io.plimsoll.stagescoring.answer.Row.Home;
import io.plimsoll.wire.FindingsCodec;
import io.plimsoll.wire.KernelCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of one part of the estate, each kind in its order.
 *
 * @param findings what to look at
 * @param subjects those that are asked at least one question
 * @param answered all answers: why something is no finding any more
 */
public record Rows(List<Row.OfFinding> findings, List<Row.OfSubject> subjects, Answered answered) {

    /** Of nothing. */
    public static final Rows NONE = new Rows(List.of(), List.of(), Answered.NOTHING);

    public Rows {
        findings = List.copyOf(findings);
        subjects = List.copyOf(subjects);
    }

    public static Rows of(StageModel model, Answers answers, ScoredPart part) {
        Map<SubjectId, Subject> byId = new HashMap<>();
        part.subjects().forEach(subject -> byId.put(subject.id(), subject));
        List<Row.OfFinding> findings = new ArrayList<>();
        byte[] last = new byte[0];
        int tie = 0;
        for (Finding finding : Findings.of(model, part.evidence(), part.subjects())) {
            Subject subject = byId.get(finding.evidence().subject());
            if (subject != null) {
                byte[] place = OrderKey.of(finding);
                tie = Arrays.equals(place, last) ? tie + 1 : 0;
                last = place;
                findings.add(new Row.OfFinding(
                        place,
                        tie,
                        FindingIdentity.of(finding.evidence()),
                        home(subject),
                        finding.control().id(),
                        finding.control().severity().ordinal(),
                        finding.evidence().state() == io.plimsoll.kernel.EvidenceState.WAIVED,
                        FindingsCodec.toWire(finding, subject).toByteArray()));
            }
        }
        return new Rows(findings, subjects(model, answers, part), new Answered(part.evidence()));
    }

    private static List<Row.OfSubject> subjects(StageModel model, Answers answers, ScoredPart part) {
        Tallies tallies = new Tallies(model, part.evidence());
        List<Row.OfSubject> subjects = new ArrayList<>();
        byte[] last = new byte[0];
        int tie = 0;
        for (Subject subject : part.subjects().stream().sorted().toList()) {
            byte[] place = OrderKey.of(subject.id());
            tie = Arrays.equals(place, last) ? tie + 1 : 0;
            last = place;
            byte[] given = answers.of(subject, tallies);
            if (asked(given)) {
                subjects.add(new Row.OfSubject(
                        place,
                        tie,
                        home(subject),
                        KernelCodec.toWire(subject.id()).toByteArray(),
                        given));
            }
        }
        return subjects;
    }

    private static boolean asked(byte[] answers) {
        for (byte each : answers) {
            if (each != 0) {
                return true;
            }
        }
        return false;
    }

    private static Home home(Subject subject) {
        return new Home(subject.id().namespace(), subject.team(), subject.application());
    }
}
