package io.plimsoll.stagescoring.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.plimsoll.api.findings.v1.Finding;
import io.plimsoll.api.findings.v1.FindingLife;
import io.plimsoll.api.findings.v1.FindingResolution;
import io.plimsoll.api.findings.v1.FindingStatus;
import io.plimsoll.api.findings.v1.ListFindingHistoryRequest;
import io.plimsoll.api.findings.v1.ListFindingHistoryResponse;
import io.plimsoll.page.PageToken;
import io.plimsoll.stagescoring.api.Sight.Condition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Findings over time, newest first seen first. */
final class FindingHistoryRows {

    /** An open one was last seen when its cluster was last scored, or the estate where it stands in none. */
    private static final String COLUMNS =
            "cluster, identity, content, first_seen, resolved_at, resolution, reopened_at,"
                    + " reopenings, coalesce(last_seen, (select c.as_of from contribution c where c.cluster = finding_life.cluster),"
                    + " (select e.as_of from estate e), first_seen) as seen";

    private final Reader reader;

    FindingHistoryRows(Reader reader) {
        this.reader = reader;
    }

    private record Found(Instant firstSeen, String cluster, ByteString identity, FindingLife life) {}

    ListFindingHistoryResponse list(ListFindingHistoryRequest request) {
        Sight sight = reader.sight();
        int size = PageToken.size(request.getPageSize());
        String question = PageToken.question(
                "finding-history",
                request.getScope(),
                request.getControl(),
                request.getSeverityAtLeastValue(),
                request.getIncludeWaived(),
                request.getStatusValue(),
                request.getFirstSeenSince(),
                request.getFirstSeenUntil());
        PageToken after = PageToken.read(request.getPageToken(), question);
        Condition condition = sight.ofRows();
        if (request.hasScope()) {
            reader.stage(sight, request.getScope());
            condition = condition.and(Sight.within(Sight.scope(request.getScope())));
        }
        condition = condition.and(FindingFilter.of(request));
        if (!after.first()) {
            Instant from = Instant.ofEpochSecond(after.number(0));
            condition = condition.and(Condition.of(
                    "first_seen <= ? and (first_seen < ? or (cluster, identity) > (?, ?))",
                    from,
                    from,
                    after.text(1),
                    after.bytes(2)));
        }
        List<Found> found = find(condition, size + 1);
        ListFindingHistoryResponse.Builder answer = ListFindingHistoryResponse.newBuilder();
        found.stream().limit(size).forEach(each -> answer.addFindings(each.life()));
        if (found.size() > size) {
            Found last = found.get(size - 1);
            answer.setNextPageToken(PageToken.of(
                    question,
                    "",
                    last.firstSeen().getEpochSecond(),
                    last.cluster(),
                    last.identity().toByteArray()));
        }
        return answer.build();
    }

    private List<Found> find(Condition condition, int most) {
        List<@Nullable Object> values = new ArrayList<>(condition.values());
        values.add(most);
        return reader.readAsOne(session -> session.all(
                "select " + COLUMNS + " from finding_life" + condition.where()
                        + " order by first_seen desc, cluster, identity limit ?",
                FindingHistoryRows::found,
                values.toArray()));
    }

    private static Found found(ResultSet row) throws SQLException {
        Timestamp first = java.util.Objects.requireNonNull(Moments.timestamp(row, "first_seen"));
        Timestamp resolved = Moments.timestamp(row, "resolved_at");
        Timestamp reopened = Moments.timestamp(row, "reopened_at");
        FindingLife.Builder life = FindingLife.newBuilder()
                .setFinding(Reader.message(Finding.parser(), row, "content"))
                .setFirstSeen(first)
                .setLastSeen(latest(first, java.util.Objects.requireNonNull(Moments.timestamp(row, "seen"))))
                .setReopenings(row.getInt("reopenings"))
                .setStatus(resolved == null ? FindingStatus.FINDING_STATUS_OPEN : FindingStatus.FINDING_STATUS_RESOLVED)
                .setResolution(resolution(row.getInt("resolution")));
        if (resolved != null) {
            life.setResolvedAt(resolved);
        }
        if (reopened != null) {
            life.setReopenedAt(reopened);
        }
        return new Found(
                Instant.ofEpochSecond(first.getSeconds()),
                row.getString("cluster"),
                ByteString.copyFrom(row.getBytes("identity")),
                life.build());
    }

    /** Clocks of replicas differ: nothing is seen last before it was seen first. */
    private static Timestamp latest(Timestamp first, Timestamp seen) {
        return seen.getSeconds() < first.getSeconds() ? first : seen;
    }

    private static FindingResolution resolution(int number) {
        FindingResolution known = FindingResolution.forNumber(number);
        return known == null ? FindingResolution.FINDING_RESOLUTION_UNSPECIFIED : known;
    }
}
