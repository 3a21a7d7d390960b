package io.plimsoll.stagescoring.api;

import io.plimsoll.api.kernel.v1.Coverage;
import io.plimsoll.api.kernel.v1.EvidenceState;
import io.plimsoll.api.kernel.v1.ScopeKind;
import io.plimsoll.api.kernel.v1.StageBand;
import io.plimsoll.api.scoring.v1.GetStageRequest;
import io.plimsoll.api.scoring.v1.GetStageResponse;
import io.plimsoll.api.scoring.v1.HistoryPoint;
import io.plimsoll.api.scoring.v1.ListCoverageRequest;
import io.plimsoll.api.scoring.v1.ListCoverageResponse;
import io.plimsoll.api.scoring.v1.ListGateEvidenceRequest;
import io.plimsoll.api.scoring.v1.ListGateEvidenceResponse;
import io.plimsoll.api.scoring.v1.ListGatesRequest;
import io.plimsoll.api.scoring.v1.ListGatesResponse;
import io.plimsoll.api.scoring.v1.ListRouteStepsRequest;
import io.plimsoll.api.scoring.v1.ListRouteStepsResponse;
import io.plimsoll.api.scoring.v1.ListStageHistoryRequest;
import io.plimsoll.api.scoring.v1.ListStageHistoryResponse;
import io.plimsoll.api.scoring.v1.StageService;
import io.plimsoll.api.scoring.v1.WatchEventsRequest;
import io.plimsoll.api.scoring.v1.WatchEventsResponse;
import io.plimsoll.api.stages.v1.GateResult;
import io.plimsoll.api.stages.v1.StageRecord;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.maturity.model.Gate;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.page.PageToken;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.stagescoring.api.Sight.Condition;
import io.quarkus.grpc.GrpcService;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a scope stands and why. */
@GrpcService
@Authenticated
public class StagesApi implements StageService {

    /** Shown in a stage's record, never among the gates that decide; as in reports. */
    private static final Set<String> ADVICE = StageModel.builtin().gates().stream()
            .filter(Gate::advice)
            .map(Gate::id)
            .collect(Collectors.toUnmodifiableSet());

    private final Reader reader;
    private final GateEvidenceRows evidence;
    private final Listeners listeners;

    StagesApi(Reader reader, GateEvidenceRows evidence, Listeners listeners) {
        this.reader = reader;
        this.evidence = evidence;
        this.listeners = listeners;
    }

    @Override
    @Blocking
    public Uni<GetStageResponse> getStage(GetStageRequest request) {
        return Uni.createFrom()
                .item(GetStageResponse.newBuilder()
                        .setStage(reader.stage(reader.sight(), request.getScope()))
                        .build());
    }

    @Override
    @Blocking
    public Uni<ListGatesResponse> listGates(ListGatesRequest request) {
        int size = PageToken.size(request.getPageSize());
        String question = PageToken.question("gates", request.getScope(), request.getStage(), request.getStatusValue());
        PageToken after = PageToken.read(request.getPageToken(), question);
        StageRecord stage = reader.stage(reader.sight(), request.getScope());
        String snapshot = Long.toUnsignedString(stage.getSequence());
        long from = after.at(snapshot).number(0);
        List<GateResult> gates = stage.getMeasured().getGatesList().stream()
                .filter(gate -> !ADVICE.contains(gate.getId()))
                .filter(gate -> request.getStage() == 0 || gate.getStage() == request.getStage())
                .filter(gate -> request.getStatus() == EvidenceState.EVIDENCE_STATE_UNSPECIFIED
                        || gate.getStatus() == request.getStatus())
                .toList();
        ListGatesResponse.Builder answer = ListGatesResponse.newBuilder();
        gates.stream().skip(from).limit(size).forEach(answer::addGates);
        if (from + size < gates.size()) {
            answer.setNextPageToken(PageToken.of(question, snapshot, from + size));
        }
        return Uni.createFrom().item(answer.build());
    }

    @Override
    @Blocking
    public Uni<ListGateEvidenceResponse> listGateEvidence(ListGateEvidenceRequest request) {
        return Uni.createFrom().item(evidence.list(reader.sight(), request));
    }

    private record Point(long sequence, HistoryPoint point) {}

    @Override
    @Blocking
    public Uni<ListStageHistoryResponse> listStageHistory(ListStageHistoryRequest request) {
        int size = PageToken.size(request.getPageSize());
        String question = PageToken.question("history", request.getScope(), request.getSince());
        PageToken after = PageToken.read(request.getPageToken(), question);
        reader.stage(reader.sight(), request.getScope());
        ScopeKey scope = Sight.scope(request.getScope());
        Condition condition = Condition.of("scope = ?", scope.id());
        if (request.hasSince()) {
            condition = condition.and(Condition.of("published >= ?", Moments.instant("since", request.getSince())));
        }
        if (!after.first()) {
            condition = condition.and(Condition.of("sequence < ?", after.number(0)));
        }
        List<Point> points = points(condition, size + 1);
        ListStageHistoryResponse.Builder answer = ListStageHistoryResponse.newBuilder();
        points.stream().limit(size).forEach(point -> answer.addPoints(point.point()));
        if (points.size() > size) {
            answer.setNextPageToken(
                    PageToken.of(question, "", points.get(size - 1).sequence()));
        }
        return Uni.createFrom().item(answer.build());
    }

    private List<Point> points(Condition condition, int most) {
        List<@Nullable Object> values = new ArrayList<>(condition.values());
        values.add(most);
        return reader.read(session -> session.all(
                "select sequence, published, record from stage_record" + condition.where()
                        + " order by sequence desc limit ?",
                row -> {
                    StageRecord record = Reader.message(StageRecord.parser(), row, "record");
                    var measured = record.getMeasured();
                    return new Point(
                            row.getLong(1),
                            HistoryPoint.newBuilder()
                                    .setSequence(row.getLong(1))
                                    .setPublished(Moments.timestamp(row.getObject(2, OffsetDateTime.class)))
                                    .setModel(record.getModel())
                                    .setAdoption(StageBand.newBuilder()
                                            .setLow(measured.getAdoption().getShown())
                                            .setHigh(measured.getAdoption().getPossible()))
                                    .setSecurity(measured.getSecurity())
                                    .build());
                },
                values.toArray()));
    }

    private record Gap(int ordinal, Coverage coverage) {}

    @Override
    @Blocking
    public Uni<ListCoverageResponse> listCoverage(ListCoverageRequest request) {
        int size = PageToken.size(request.getPageSize());
        String question = PageToken.question("coverage", request.getScope());
        PageToken after = PageToken.read(request.getPageToken(), question);
        reader.stage(reader.sight(), request.getScope());
        Condition condition =
                switch (request.getScope().getKind()) {
                    case SCOPE_KIND_ORGANISATION -> Condition.TRUE;
                    case SCOPE_KIND_CLUSTER ->
                        Condition.of(
                                "cluster = ?",
                                Sight.scope(request.getScope()).id().substring("cluster/".length()));
                    case SCOPE_KIND_TEAM,
                            SCOPE_KIND_NAMESPACE,
                            SCOPE_KIND_APPLICATION,
                            SCOPE_KIND_WORKLOAD,
                            SCOPE_KIND_UNSPECIFIED,
                            UNRECOGNIZED -> Condition.of("false");
                };
        if (!after.first()) {
            condition = condition.and(Condition.of("ordinal > ?", after.index(0)));
        }
        List<@Nullable Object> values = new ArrayList<>(condition.values());
        values.add(size + 1);
        String where = condition.where();
        ListCoverageResponse page = reader.readAsOne(session -> {
            String snapshot = Reader.snapshot(session, null);
            after.at(snapshot);
            List<Gap> gaps = session.all(
                    "select ordinal, content from coverage" + where + " order by ordinal limit ?",
                    row -> new Gap(row.getInt(1), Reader.message(Coverage.parser(), row, "content")),
                    values.toArray());
            ListCoverageResponse.Builder answer = ListCoverageResponse.newBuilder();
            gaps.stream().limit(size).forEach(gap -> answer.addCoverage(gap.coverage()));
            if (gaps.size() > size) {
                answer.setNextPageToken(
                        PageToken.of(question, snapshot, gaps.get(size - 1).ordinal()));
            }
            return answer.build();
        });
        return Uni.createFrom().item(page);
    }

    @Override
    public Uni<ListRouteStepsResponse> listRouteSteps(ListRouteStepsRequest request) {
        return Uni.createFrom()
                .failure(new ProblemException(Problem.NOT_OFFERED, "the route to the next stage is not offered yet"));
    }

    @Override
    @Blocking
    public Multi<WatchEventsResponse> watchEvents(WatchEventsRequest request) {
        Sight sight = reader.sight();
        Condition condition = sight.ofScopes();
        if (request.hasScope() && request.getScope().getKind() != ScopeKind.SCOPE_KIND_ORGANISATION) {
            reader.stage(sight, request.getScope());
            condition = condition.and(below(Sight.scope(request.getScope())));
        }
        return listeners.listen(request.getAfterSequence(), condition);
    }

    /** The scope and what is in it. */
    private static Condition below(ScopeKey scope) {
        Condition itself = Condition.of("scope = ?", scope.id());
        String in =
                switch (scope.kind()) {
                    case ORGANISATION, TEAM, APPLICATION -> "";
                    case CLUSTER -> scope.id().substring("cluster/".length()) + "/";
                    case NAMESPACE -> scope.id().substring("namespace/".length()) + "/";
                };
        return in.isEmpty()
                ? itself
                : Condition.of(
                        "scope = ? or starts_with(scope, ?) or starts_with(scope, ?)",
                        scope.id(),
                        "namespace/" + in,
                        "application/" + in);
    }
}
