package io.plimsoll.stagescoring.store;

import io.plimsoll.stagescoring.answer.Row;
import io.plimsoll.stagescoring.answer.Rows;
import io.plimsoll.store.Database.Session;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the rows of one cluster, writing only what differs. What stands is read as digests and compared here: rows laid beside it in the database would
 * be written and deleted again with each scoring, which leaves more dead rows behind than there are others.
 */
final class RowsWriter {

    private static final String KEY = "cluster, place, tie";
    private static final List<String> FINDING =
            List.of("identity", "namespace", "team", "application", "control", "severity", "waived", "content");
    private static final List<String> SUBJECT = List.of("namespace", "team", "application", "ref", "answers");
    /** Of columns that hold bytes the database tells a digest. */
    private static final Set<String> BYTES = Set.of("identity", "content", "ref", "answers");

    /** Of a row, within its cluster. */
    private record Key(ByteBuffer place, int tie) {}

    private RowsWriter() {}

    /**
     * @param cluster empty for what stands in no cluster
     * @param rows each place and tie once
     * @param time when it was scored, for the history of findings
     * @return how many rows are others now
     */
    static int replace(Session session, String cluster, Rows rows, FindingLives.Time time) throws SQLException {
        int findings = difference(session, cluster, "finding", FINDING, rows.findings(), RowsWriter::finding);
        FindingLives.record(session, cluster, rows.answered(), time);
        return findings + difference(session, cluster, "subject", SUBJECT, rows.subjects(), RowsWriter::subject);
    }

    static void remove(Session session, String cluster, FindingLives.Time time) throws SQLException {
        FindingLives.endAll(session, cluster, time);
        session.write("delete from finding where cluster = ?", cluster);
        session.write("delete from subject where cluster = ?", cluster);
    }

    /** @param said what a row says in each of the columns */
    private static <R extends Row> int difference(
            Session session,
            String cluster,
            String table,
            List<String> columns,
            List<R> rows,
            Function<R, @Nullable Object[]> said)
            throws SQLException {
        RowDigest digest = new RowDigest();
        Map<Key, ByteBuffer> standing = standing(session, cluster, table, columns, digest);
        List<@Nullable Object[]> others = new ArrayList<>();
        for (R row : rows) {
            @Nullable Object[] values = said.apply(row);
            ByteBuffer stands = standing.remove(new Key(ByteBuffer.wrap(row.place()), row.tie()));
            if (!digest.of(values).equals(stands)) {
                others.add(with(new Object[] {cluster, row.place(), row.tie()}, values));
            }
        }
        session.batch(
                "delete from " + table + " where cluster = ? and place = ? and tie = ?",
                standing.keySet().stream()
                        .map(key -> new Object[] {cluster, key.place().array(), key.tie()})
                        .toList());
        session.batch(
                "insert into " + table + " (" + KEY + ", " + String.join(", ", columns) + ") values (?, ?, ?"
                        + ", ?".repeat(columns.size()) + ") on conflict (" + KEY + ") do update set "
                        + columns.stream()
                                .map(column -> column + " = excluded." + column)
                                .collect(Collectors.joining(", ")),
                others);
        return standing.size() + others.size();
    }

    private static Map<Key, ByteBuffer> standing(
            Session session, String cluster, String table, List<String> columns, RowDigest digest) throws SQLException {
        Map<Key, ByteBuffer> standing = new HashMap<>();
        String told = columns.stream()
                .map(column -> BYTES.contains(column) ? "sha256(" + column + ")" : column)
                .collect(Collectors.joining(", "));
        session.each(
                "select place, tie, " + told + " from " + table + " where cluster = ?",
                row -> {
                    @Nullable Object[] values = new Object[columns.size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = row.getObject(i + 3);
                    }
                    standing.put(new Key(ByteBuffer.wrap(row.getBytes(1)), row.getInt(2)), digest.ofTold(values));
                },
                cluster);
        return standing;
    }

    private static @Nullable Object[] with(@Nullable Object[] key, @Nullable Object[] values) {
        @Nullable Object[] all = Arrays.copyOf(key, key.length + values.length);
        System.arraycopy(values, 0, all, key.length, values.length);
        return all;
    }

    private static @Nullable Object[] finding(Row.OfFinding row) {
        return new Object[] {
            row.identity(),
            row.home().namespace(),
            row.home().team(),
            row.home().application(),
            row.control(),
            row.severity(),
            row.waived(),
            row.content()
        };
    }

    private static @Nullable Object[] subject(Row.OfSubject row) {
        return new Object[] {
            row.home().namespace(), row.home().team(), row.home().application(), row.ref(), row.answers()
        };
    }
}
