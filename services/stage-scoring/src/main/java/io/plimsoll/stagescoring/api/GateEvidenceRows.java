package io.plimsoll.stagescoring.api;

import io.plimsoll.api.kernel.v1.EvidenceState;
import io.plimsoll.api.kernel.v1.Reason;
import io.plimsoll.api.kernel.v1.SubjectRef;
import io.plimsoll.api.scoring.v1.GateEvidence;
import io.plimsoll.api.scoring.v1.ListGateEvidenceRequest;
import io.plimsoll.api.scoring.v1.ListGateEvidenceResponse;
import io.plimsoll.api.stages.v1.GateResult;
import io.plimsoll.api.stages.v1.StageRecord;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.kernel.EvidenceClass;
import io.plimsoll.maturity.model.Clause;
import io.plimsoll.maturity.model.Gate;
import io.plimsoll.maturity.model.Population;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.maturity.tally.Question;
import io.plimsoll.page.PageToken;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.stagescoring.answer.Answers;
import io.plimsoll.stagescoring.api.Sight.Condition;
import io.plimsoll.store.Database.Session;
import io.plimsoll.wire.KernelCodec;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The subjects of a gate with their answers: worst first, then in the order of subjects, then of the model's questions. */
@ApplicationScoped
public class GateEvidenceRows {

    /** Weights are not told apart yet. */
    private static final int PLAIN_WEIGHT = 1_000;

    private final StageModel model = StageModel.builtin();
    private final Answers answers = new Answers(model);
    private final Reader reader;

    GateEvidenceRows(Reader reader) {
        this.reader = reader;
    }

    private record Found(int rank, byte[] place, String cluster, int tie, int position, byte[] ref, int reason) {}

    ListGateEvidenceResponse list(Sight sight, ListGateEvidenceRequest request) {
        int size = PageToken.size(request.getPageSize());
        String question =
                PageToken.question("evidence", request.getScope(), request.getGate(), request.getStateValue());
        PageToken after = PageToken.read(request.getPageToken(), question);
        StageRecord stage = reader.stage(sight, request.getScope());
        Gate gate = model.gates().stream()
                .filter(each -> each.id().equals(request.getGate()))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "no gate " + request.getGate()));
        ScopeKey scope = answering(request, stage);
        return reader.readAsOne(session -> {
            String snapshot = Reader.snapshot(session, scope);
            after.at(snapshot);
            List<Question> questions = questions(session, gate, scope);
            List<Found> found = find(
                    session, Sight.within(scope).and(sight.ofRows()), questions, request.getState(), after, size + 1);
            ListGateEvidenceResponse.Builder answer = ListGateEvidenceResponse.newBuilder();
            for (Found each : found.subList(0, Math.min(size, found.size()))) {
                answer.addEvidence(evidence(each, gate, questions));
            }
            if (found.size() > size) {
                Found last = found.get(size - 1);
                answer.setNextPageToken(PageToken.of(
                        question, snapshot, last.rank(), last.place(), last.cluster(), last.tie(), last.position()));
            }
            return answer.build();
        });
    }

    /** What the gate asks of whom here: where a population is empty, the one asked instead, as the gate itself was judged. */
    private List<Question> questions(Session session, Gate gate, ScopeKey scope) throws SQLException {
        Set<Question> questions = new LinkedHashSet<>();
        for (List<Clause> alternative : gate.alternatives()) {
            for (Clause clause : alternative) {
                Population population = model.populations().get(clause.population());
                while (population != null) {
                    Question asked = new Question(clause.control(), population.id());
                    if (population.whenEmpty().isEmpty() || anybody(session, asked, scope)) {
                        questions.add(asked);
                        break;
                    }
                    population = model.populations().get(population.whenEmpty());
                }
            }
        }
        return List.copyOf(questions);
    }

    private boolean anybody(Session session, Question question, ScopeKey scope) throws SQLException {
        Condition here =
                Sight.within(scope).and(Condition.of("get_byte(answers, " + answers.position(question) + ") > 0"));
        return session.one(
                        "select 1 from subject" + here.where() + " limit 1",
                        row -> row.getInt(1),
                        here.values().toArray())
                .isPresent();
    }

    /** Where a gate is not asked, the rows are those of the scope that answered, as far as the caller may see them. */
    private static ScopeKey answering(ListGateEvidenceRequest request, StageRecord stage) {
        for (GateResult result : stage.getMeasured().getGatesList()) {
            if (result.getId().equals(request.getGate()) && result.hasInheritedFrom()) {
                return KernelCodec.fromWire(result.getInheritedFrom());
            }
        }
        return Sight.scope(request.getScope());
    }

    private List<Found> find(
            Session session,
            Condition condition,
            List<Question> questions,
            EvidenceState state,
            PageToken after,
            int most)
            throws SQLException {
        StringBuilder sql = new StringBuilder();
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            int at = answers.position(questions.get(i));
            if (at < 0) {
                continue;
            }
            Condition asked = condition.and(Condition.of("get_byte(answers, " + at + ") > 0"));
            if (state != EvidenceState.EVIDENCE_STATE_UNSPECIFIED) {
                asked = asked.and(
                        Condition.of("get_byte(answers, " + at + ") = ?", Answers.rank(KernelCodec.fromWire(state))));
            }
            sql.append(sql.isEmpty() ? "" : " union all ")
                    .append("select get_byte(answers, ")
                    .append(at)
                    .append(") as rank, place, cluster, tie, ")
                    .append(i)
                    .append(" as position, ref, get_byte(answers, ")
                    .append(at + 1)
                    .append(") as reason from subject")
                    .append(asked.where());
            values.addAll(asked.values());
        }
        if (sql.isEmpty()) {
            return List.of();
        }
        String from = "";
        if (!after.first()) {
            from = " where (rank, place, cluster, tie, position) > (?, ?, ?, ?, ?)";
            values.add(after.index(0));
            values.add(after.bytes(1));
            values.add(after.text(2));
            values.add(after.index(3));
            values.add(after.index(4));
        }
        values.add(most);
        String whole =
                "select * from (" + sql + ") each" + from + " order by rank, place, cluster, tie, position limit ?";
        return session.all(
                whole,
                row -> new Found(
                        row.getInt("rank"),
                        row.getBytes("place"),
                        row.getString("cluster"),
                        row.getInt("tie"),
                        row.getInt("position"),
                        row.getBytes("ref"),
                        row.getInt("reason")),
                values.toArray());
    }

    private static GateEvidence evidence(Found found, Gate gate, List<Question> questions) {
        io.plimsoll.kernel.EvidenceState state = Answers.state(found.rank());
        boolean silent = state == io.plimsoll.kernel.EvidenceState.UNKNOWN && found.reason() == 0;
        // What lives outside manifests is not missing an analyser but a connector.
        Reason silence = gate.evidenceClass() == EvidenceClass.EXTERNAL
                ? Reason.REASON_NEEDS_CONNECTOR
                : Reason.REASON_NOT_ANSWERED;
        Reason reason = silent ? silence : Reason.forNumber(found.reason());
        GateEvidence.Builder evidence = GateEvidence.newBuilder()
                .setSubject(Reader.parsed(SubjectRef.parser(), found.ref()))
                .setControl(questions.get(found.position()).control())
                .setState(KernelCodec.toWire(state))
                .setWeightThousandths(PLAIN_WEIGHT);
        return (reason == null ? evidence : evidence.setReason(reason)).build();
    }
}
