package io.plimsoll.stagescoring.api;

import io.plimsoll.api.findings.v1.ExplainEvidenceRequest;
import io.plimsoll.api.findings.v1.ExplainEvidenceResponse;
import io.plimsoll.api.findings.v1.Finding;
import io.plimsoll.api.findings.v1.FindingService;
import io.plimsoll.api.findings.v1.ListFindingHistoryRequest;
import io.plimsoll.api.findings.v1.ListFindingHistoryResponse;
import io.plimsoll.api.findings.v1.ListFindingsRequest;
import io.plimsoll.api.findings.v1.ListFindingsResponse;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.page.PageToken;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.stagescoring.api.Sight.Condition;
import io.plimsoll.store.Database.Session;
import io.quarkus.grpc.GrpcService;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Findings, in the order of reports, and over time. */
@GrpcService
@Authenticated
public class FindingsApi implements FindingService {

    private final Reader reader;
    private final FindingHistoryRows history;

    FindingsApi(Reader reader) {
        this.reader = reader;
        this.history = new FindingHistoryRows(reader);
    }

    private record Found(byte[] place, String cluster, int tie, byte[] content) {}

    @Override
    @Blocking
    public Uni<ListFindingsResponse> listFindings(ListFindingsRequest request) {
        return Uni.createFrom().item(list(request));
    }

    private ListFindingsResponse list(ListFindingsRequest request) {
        Sight sight = reader.sight();
        int size = PageToken.size(request.getPageSize());
        String question = PageToken.question(
                "findings",
                request.getScope(),
                request.getControl(),
                request.getSeverityAtLeastValue(),
                request.getIncludeWaived(),
                request.getFirstSeenSince(),
                request.getFirstSeenUntil());
        PageToken after = PageToken.read(request.getPageToken(), question);
        Condition condition = sight.ofRows();
        ScopeKey scope = request.hasScope() ? Sight.scope(request.getScope()) : null;
        if (scope != null) {
            reader.stage(sight, request.getScope());
            condition = condition.and(Sight.within(scope));
        }
        condition = condition.and(FindingFilter.of(request));
        if (!after.first()) {
            condition = condition.and(
                    Condition.of("(place, cluster, tie) > (?, ?, ?)", after.bytes(0), after.text(1), after.index(2)));
        }
        Condition asked = condition;
        return reader.readAsOne(session -> {
            String snapshot = Reader.snapshot(session, scope);
            after.at(snapshot);
            List<Found> found = find(session, asked, size + 1);
            ListFindingsResponse.Builder answer = ListFindingsResponse.newBuilder();
            found.stream()
                    .limit(size)
                    .forEach(each -> answer.addFindings(Reader.parsed(Finding.parser(), each.content())));
            if (found.size() > size) {
                Found last = found.get(size - 1);
                answer.setNextPageToken(PageToken.of(question, snapshot, last.place(), last.cluster(), last.tie()));
            }
            return answer.build();
        });
    }

    private static List<Found> find(Session session, Condition condition, int most) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(condition.values());
        values.add(most);
        return session.all(
                "select place, cluster, tie, content from finding" + condition.where()
                        + " order by place, cluster, tie limit ?",
                row -> new Found(row.getBytes(1), row.getString(2), row.getInt(3), row.getBytes(4)),
                values.toArray());
    }

    @Override
    @Blocking
    public Uni<ListFindingHistoryResponse> listFindingHistory(ListFindingHistoryRequest request) {
        return Uni.createFrom().item(history.list(request));
    }

    @Override
    public Uni<ExplainEvidenceResponse> explainEvidence(ExplainEvidenceRequest request) {
        return Uni.createFrom()
                .failure(new ProblemException(
                        Problem.NOT_OFFERED,
                        "explanations of single answers are not offered yet; findings name the field"));
    }
}
