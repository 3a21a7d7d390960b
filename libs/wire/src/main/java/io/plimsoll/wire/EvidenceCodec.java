package io.plimsoll.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.evidence.v1.Answer;
import io.plimsoll.api.evidence.v1.EvidenceRecord;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.maturity.tally.Tallies;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Evidence to {@code plimsoll.evidence.v1} and back: per subject one record with all answers of one analyser. States are bitsets over the
 * numbers of controls, of several answers to one control the worst; what is not PASS keeps its detail, what is PASS is recomputed where
 * somebody asks.
 */
public final class EvidenceCodec {

    /** Most details of one record; beyond it they are dropped from the end, states never. */
    static final int ANSWERS_MAX = 2_000;

    private final ControlNumbers numbers;

    public EvidenceCodec(ControlNumbers numbers) {
        this.numbers = numbers;
    }

    /** One record for each subject, in its order. */
    public Map<SubjectId, EvidenceRecord> toWire(Collection<Evidence> evidence, String analyser, Version version) {
        Map<SubjectId, List<Evidence>> bySubject = new TreeMap<>();
        evidence.forEach(each -> bySubject
                .computeIfAbsent(each.subject(), id -> new ArrayList<>())
                .add(each));
        Map<SubjectId, EvidenceRecord> records = new TreeMap<>();
        bySubject.forEach((subject, answers) -> records.put(subject, toWire(subject, answers, analyser, version)));
        return records;
    }

    /** The record of one subject, from all that one analyser answers of it. */
    public EvidenceRecord toWire(SubjectId subject, List<Evidence> answers, String analyser, Version version) {
        Map<Integer, EvidenceState> worst = new TreeMap<>();
        List<Evidence> details = new ArrayList<>();
        for (Evidence each : answers) {
            worst.merge(
                    numbers.of(each.control()),
                    each.state(),
                    (a, b) -> Tallies.badness(a) >= Tallies.badness(b) ? a : b);
            if (each.state() != EvidenceState.PASS) {
                details.add(each);
            }
        }
        Map<EvidenceState, BitSet> states = new EnumMap<>(EvidenceState.class);
        worst.forEach((number, state) ->
                states.computeIfAbsent(state, key -> new BitSet()).set(number));
        // The order of evidence, control by control: the first of a control is the one that decides.
        details.sort(Comparator.comparingInt((Evidence each) -> numbers.of(each.control()))
                .thenComparing(each -> -Tallies.badness(each.state()))
                .thenComparing(Comparator.naturalOrder()));
        EvidenceRecord.Builder record = EvidenceRecord.newBuilder()
                .setRevision(KernelCodec.toWire(version))
                .setAnalyser(analyser)
                .setSubject(KernelCodec.toWire(subject))
                .setPassed(bits(states, EvidenceState.PASS))
                .setFailed(bits(states, EvidenceState.FAIL))
                .setWaived(bits(states, EvidenceState.WAIVED))
                .setNotApplicable(bits(states, EvidenceState.NOT_APPLICABLE))
                .setUnknown(bits(states, EvidenceState.UNKNOWN))
                .setAnswersDropped(Math.max(0, details.size() - ANSWERS_MAX));
        details.stream().limit(ANSWERS_MAX).map(this::answer).forEach(record::addAnswers);
        return record.build();
    }

    /** The record without its revision: equal bytes say nothing changed. */
    public static byte[] content(EvidenceRecord record) {
        return record.toBuilder().clearRevision().build().toByteArray();
    }

    /** A control of a newer writer is left out: nobody here asks it. */
    public List<Evidence> fromWire(byte[] bytes) throws InvalidProtocolBufferException {
        EvidenceRecord record = EvidenceRecord.parseFrom(bytes);
        SubjectId subject = KernelCodec.fromWire(record.getSubject());
        List<Evidence> evidence = new ArrayList<>();
        BitSet detailed = new BitSet();
        for (Answer answer : record.getAnswersList()) {
            String control = numbers.control(answer.getControl());
            if (!control.isEmpty()) {
                detailed.set(answer.getControl());
                evidence.add(evidence(control, subject, answer));
            }
        }
        plain(record.getPassed(), EvidenceState.PASS, detailed, subject, evidence);
        plain(record.getNotApplicable(), EvidenceState.NOT_APPLICABLE, detailed, subject, evidence);
        plain(record.getFailed(), EvidenceState.FAIL, detailed, subject, evidence);
        plain(record.getWaived(), EvidenceState.WAIVED, detailed, subject, evidence);
        plain(record.getUnknown(), EvidenceState.UNKNOWN, detailed, subject, evidence);
        evidence.sort(null);
        return evidence;
    }

    /** States without detail: what holds, and what was dropped for its number. */
    private void plain(
            ByteString bits, EvidenceState state, BitSet detailed, SubjectId subject, List<Evidence> evidence) {
        BitSet set = BitSet.valueOf(bits.toByteArray());
        Reason reason =
                switch (state) {
                    case PASS, NOT_APPLICABLE -> null;
                    case FAIL -> Reason.SEEN_AND_WRONG;
                    case WAIVED -> Reason.WAIVED_BY_DECLARATION;
                    case UNKNOWN -> Reason.NOT_ANSWERED;
                };
        for (int number = set.nextSetBit(0); number >= 0; number = set.nextSetBit(number + 1)) {
            String control = numbers.control(number);
            if (!control.isEmpty() && !detailed.get(number)) {
                evidence.add(new Evidence(control, subject, state, reason, "", "", "", Source.NONE));
            }
        }
    }

    private Answer answer(Evidence evidence) {
        return Answer.newBuilder()
                .setControl(numbers.of(evidence.control()))
                .setState(KernelCodec.toWire(evidence.state()))
                .setReason(KernelCodec.toWire(evidence.reason()))
                .setPath(evidence.path())
                .setValue(evidence.value())
                .setMessage(evidence.message())
                .setSource(KernelCodec.toWire(evidence.source()))
                .build();
    }

    private static Evidence evidence(String control, SubjectId subject, Answer answer) {
        EvidenceState state = KernelCodec.fromWire(answer.getState());
        Reason reason = KernelCodec.fromWire(answer.getReason());
        if (reason == null && state != EvidenceState.PASS && state != EvidenceState.NOT_APPLICABLE) {
            // A word of a newer writer: the state stands, its reason is not known here.
            reason = Reason.NOT_ANSWERED;
        }
        return new Evidence(
                control,
                subject,
                state,
                reason,
                answer.getPath(),
                answer.getValue(),
                answer.getMessage(),
                KernelCodec.fromWire(answer.getSource()));
    }

    private static ByteString bits(Map<EvidenceState, BitSet> states, EvidenceState state) {
        return ByteString.copyFrom(states.getOrDefault(state, new BitSet()).toByteArray());
    }
}
