package io.plimsoll.stagescoring.api;

import io.plimsoll.api.kernel.v1.ScopeKind;
import io.plimsoll.api.kernel.v1.ScopeRef;
import io.plimsoll.api.kernel.v1.StageBand;
import io.plimsoll.api.scoring.v1.ListScopesRequest;
import io.plimsoll.api.scoring.v1.ListScopesResponse;
import io.plimsoll.api.scoring.v1.ScopeService;
import io.plimsoll.api.scoring.v1.ScopeSummary;
import io.plimsoll.api.stages.v1.StageRecord;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.page.PageToken;
import io.plimsoll.stagescoring.api.Sight.Condition;
import io.plimsoll.wire.KernelCodec;
import io.quarkus.grpc.GrpcService;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tree of scopes. */
@GrpcService
@Authenticated
public class ScopesApi implements ScopeService {

    private final Reader reader;

    ScopesApi(Reader reader) {
        this.reader = reader;
    }

    private record Found(int kind, String id, StageRecord record) {}

    @Override
    @Blocking
    public Uni<ListScopesResponse> listScopes(ListScopesRequest request) {
        return Uni.createFrom().item(list(request));
    }

    private ListScopesResponse list(ListScopesRequest request) {
        Sight sight = reader.sight();
        int size = PageToken.size(request.getPageSize());
        String question = PageToken.question("scopes", request.getParent(), request.getKindValue());
        PageToken after = PageToken.read(request.getPageToken(), question);
        Condition condition = Condition.of("not gone").and(sight.ofScopes());
        if (request.hasParent()) {
            // A parent that may not be seen is not there.
            ScopeKey parent = Sight.scope(request.getParent());
            if (request.getParent().getKind() != ScopeKind.SCOPE_KIND_ORGANISATION || sight.sees(List.of())) {
                reader.stage(sight, request.getParent());
            }
            condition = condition.and(children(parent));
        }
        if (request.getKind() != ScopeKind.SCOPE_KIND_UNSPECIFIED) {
            condition = condition.and(Condition.of("kind = ?", request.getKindValue() - 1));
        }
        if (!after.first()) {
            condition = condition.and(Condition.of("(kind, id collate \"C\") > (?, ?)", after.index(0), after.text(1)));
        }
        List<Found> found = find(condition, size + 1);
        ListScopesResponse.Builder answer = ListScopesResponse.newBuilder();
        found.stream().limit(size).forEach(each -> answer.addScopes(summary(each.record())));
        if (found.size() > size) {
            Found last = found.get(size - 1);
            answer.setNextPageToken(PageToken.of(question, "", last.kind(), last.id()));
        }
        return answer.build();
    }

    private List<Found> find(Condition condition, int most) {
        List<@Nullable Object> values = new ArrayList<>(condition.values());
        values.add(most);
        return reader.read(session -> session.all(
                "select kind, id, record from scope" + condition.where() + " order by kind, id collate \"C\" limit ?",
                row -> new Found(row.getInt(1), row.getString(2), Reader.message(StageRecord.parser(), row, "record")),
                values.toArray()));
    }

    private static Condition children(ScopeKey parent) {
        return switch (parent.kind()) {
            case ORGANISATION -> Condition.of("id like 'team/%' or id like 'cluster/%'");
            case TEAM -> Condition.of("false");
            case CLUSTER ->
                Condition.of("starts_with(id, ?)", "namespace/" + parent.id().substring("cluster/".length()) + "/");
            case NAMESPACE ->
                Condition.of("starts_with(id, ?)", "application/" + parent.id().substring("namespace/".length()) + "/");
            case APPLICATION -> Condition.of("false");
        };
    }

    private static ScopeSummary summary(StageRecord record) {
        var measured = record.getMeasured();
        ScopeSummary.Builder summary = ScopeSummary.newBuilder()
                .setScope(record.getScope())
                .setAdoption(StageBand.newBuilder()
                        .setLow(measured.getAdoption().getShown())
                        .setHigh(measured.getAdoption().getPossible()))
                .setSecurity(measured.getSecurity())
                .setPlacement(measured.getPlacement())
                .setFreeboard(measured.getFreeboard())
                .setProvisional(record.getProvisional());
        ScopeRef scope = record.getScope();
        switch (scope.getKind()) {
            case SCOPE_KIND_TEAM, SCOPE_KIND_CLUSTER -> summary.setParent(KernelCodec.toWire(ScopeKey.ORGANISATION));
            case SCOPE_KIND_NAMESPACE ->
                summary.setParent(KernelCodec.toWire(ScopeKey.parse("cluster/" + scope.getCluster())));
            case SCOPE_KIND_APPLICATION ->
                summary.setParent(KernelCodec.toWire(
                        ScopeKey.parse("namespace/" + scope.getCluster() + "/" + scope.getNamespace())));
            case SCOPE_KIND_ORGANISATION, SCOPE_KIND_WORKLOAD, SCOPE_KIND_UNSPECIFIED, UNRECOGNIZED -> {}
        }
        return summary.build();
    }
}
