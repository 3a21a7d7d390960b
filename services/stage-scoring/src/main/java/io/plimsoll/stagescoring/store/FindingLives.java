package io.plimsoll.stagescoring.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.findings.v1.Finding;
import io.plimsoll.api.findings.v1.FindingResolution;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.stagescoring.answer.Answered;
import io.plimsoll.store.Database.Session;
import io.plimsoll.wire.KernelCodec;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Findings over time, written in the transaction that replaces the rows of a cluster. Only what is another is written: scoring the same again
 * changes nothing. What is UNKNOWN now is not resolved: it stays open, and when it was last seen stands still.
 */
final class FindingLives {

    private static final String CONTENT = "namespace, team, application, control, severity, waived, content";

    private FindingLives() {}

    /**
     * When something was scored.
     *
     * @param before the time before; the same as {@code now} for the first
     */
    record Time(Instant before, Instant now) {}

    private record Open(byte[] identity, byte[] content) {}

    /** Compares with the cluster's findings as they stand now. */
    static void record(Session session, String cluster, Answered answered, Time time) throws SQLException {
        // Rows of this very transaction were counted by nobody: taken for a handful, they would be walked once for each
        // life there is.
        session.write("set local enable_nestloop = off");
        begin(session, cluster, time);
        List<Open> unseen = session.all(
                "select identity, content from finding_life l where cluster = ? and resolved_at is null and not exists"
                        + " (select 1 from finding n where n.cluster = l.cluster and n.identity = l.identity)",
                row -> new Open(row.getBytes(1), row.getBytes(2)),
                cluster);
        if (!unseen.isEmpty()) {
            end(session, cluster, unseen, answered, time);
        }
    }

    /** Nothing is left of the cluster. */
    static void endAll(Session session, String cluster, Time time) throws SQLException {
        session.write(
                "update finding_life set " + RESOLVED + " where cluster = ? and resolved_at is null",
                time.before(),
                time.now(),
                time.before(),
                FindingResolution.FINDING_RESOLUTION_GONE_VALUE,
                cluster);
    }

    /** New ones, those that came back, and those of which something else is said. Of several about the same, the first is shown. */
    private static void begin(Session session, String cluster, Time time) throws SQLException {
        session.write(
                "insert into finding_life as l (cluster, identity, " + CONTENT + ", first_seen)"
                        + " select n.cluster, n.identity, n.namespace, n.team, n.application, n.control, n.severity, n.waived,"
                        + " n.content, ?::timestamptz from (select distinct on (identity) * from finding where cluster = ?"
                        + " order by identity, place, tie) n"
                        + " left join finding_life o on o.cluster = n.cluster and o.identity = n.identity"
                        + " where o.identity is null or o.resolved_at is not null or o.last_seen is not null"
                        + " or (o.namespace, o.team, o.application, o.severity, o.waived, o.content)"
                        + " is distinct from (n.namespace, n.team, n.application, n.severity, n.waived, n.content)"
                        + " on conflict (cluster, identity) do update set namespace = excluded.namespace,"
                        + " team = excluded.team, application = excluded.application, severity = excluded.severity,"
                        + " waived = excluded.waived, content = excluded.content, last_seen = null, resolution = 0,"
                        + " reopened_at = case when l.resolved_at is null then l.reopened_at"
                        + " else greatest(excluded.first_seen, l.resolved_at) end,"
                        + " reopenings = l.reopenings + case when l.resolved_at is null then 0 else 1 end, resolved_at = null",
                time.now(),
                cluster);
    }

    // Clocks of replicas differ: whatever they say, nothing ends before it began.
    private static final String RESOLVED =
            "last_seen = coalesce(last_seen, greatest(?::timestamptz, reopened_at, first_seen)),"
                    + " resolved_at = greatest(?::timestamptz, ?::timestamptz, last_seen, reopened_at, first_seen), resolution = ?";

    private static void end(Session session, String cluster, List<Open> unseen, Answered answered, Time time)
            throws SQLException {
        Map<Answered.Asked, EvidenceState> states = answered.states();
        List<@Nullable Object[]> unknown = new ArrayList<>();
        List<@Nullable Object[]> resolved = new ArrayList<>();
        for (Open each : unseen) {
            Optional<FindingResolution> why = why(states, each.content());
            if (why.isEmpty()) {
                unknown.add(new Object[] {time.before(), cluster, each.identity()});
            } else {
                resolved.add(new Object[] {
                    time.before(), time.now(), time.before(), why.get().getNumber(), cluster, each.identity()
                });
            }
        }
        session.batch(
                "update finding_life set last_seen = greatest(?::timestamptz, reopened_at, first_seen)"
                        + " where cluster = ? and identity = ? and last_seen is null",
                unknown);
        session.batch("update finding_life set " + RESOLVED + " where cluster = ? and identity = ?", resolved);
    }

    /** Empty while it cannot be known whether it is resolved. */
    private static Optional<FindingResolution> why(Map<Answered.Asked, EvidenceState> states, byte[] content) {
        EvidenceState state;
        try {
            Finding last = Finding.parseFrom(content);
            state = states.get(new Answered.Asked(last.getControl(), KernelCodec.fromWire(last.getSubject())));
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            return Optional.of(FindingResolution.FINDING_RESOLUTION_GONE);
        }
        return switch (state) {
            case PASS -> Optional.of(FindingResolution.FINDING_RESOLUTION_FIXED);
            case NOT_APPLICABLE -> Optional.of(FindingResolution.FINDING_RESOLUTION_NOT_APPLICABLE);
            case UNKNOWN -> Optional.empty();
            // Not asked of it any more, or it is not there; wrong still, but nobody's finding any more.
            case null -> Optional.of(FindingResolution.FINDING_RESOLUTION_GONE);
            case FAIL, WAIVED -> Optional.of(FindingResolution.FINDING_RESOLUTION_GONE);
        };
    }
}
