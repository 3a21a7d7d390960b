package io.plimsoll.stagescoring.store;

import io.plimsoll.stagescoring.answer.Row;
import io.plimsoll.stagescoring.answer.Rows;
import io.plimsoll.store.Database.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Replaces the rows of one cluster, writing only what differs: the new ones are laid beside the old by the database itself. */
final class RowsWriter {

    private static final String FINDING_COLUMNS =
            "cluster, place, tie, identity, namespace, team, application, control, severity, waived, content";
    private static final String SUBJECT_COLUMNS = "cluster, place, tie, namespace, team, application, ref, answers";

    private RowsWriter() {}

    /**
     * @param cluster empty for what stands in no cluster
     * @param time when it was scored, for the history of findings
     * @return how many rows are others now
     */
    static int replace(Session session, String cluster, Rows rows, FindingLives.Time time) throws SQLException {
        // What is laid beside was counted by nobody: taken for a handful, it would be walked once for each row there
        // is.
        session.write("set local enable_nestloop = off");
        session.batch(
                "insert into new_finding (" + FINDING_COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                each(rows.findings().stream().map(row -> finding(cluster, row))));
        FindingLives.record(session, cluster, rows.answered(), time);
        int written = difference(
                session,
                cluster,
                "finding",
                FINDING_COLUMNS,
                List.of("identity", "severity", "waived", "content", "team", "application"));
        session.batch(
                "insert into new_subject (" + SUBJECT_COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?)",
                each(rows.subjects().stream().map(row -> subject(cluster, row))));
        return written
                + difference(session, cluster, "subject", SUBJECT_COLUMNS, List.of("answers", "team", "application"));
    }

    static void remove(Session session, String cluster, FindingLives.Time time) throws SQLException {
        FindingLives.endAll(session, cluster, time);
        session.write("delete from finding where cluster = ?", cluster);
        session.write("delete from subject where cluster = ?", cluster);
    }

    private static int difference(Session session, String cluster, String table, String columns, List<String> compared)
            throws SQLException {
        String same = "n.cluster = o.cluster and n.place = o.place and n.tie = o.tie";
        int written = session.write(
                "delete from " + table + " o where o.cluster = ? and not exists (select 1 from new_" + table
                        + " n where " + same + ")",
                cluster);
        StringBuilder update = new StringBuilder();
        StringBuilder distinct = new StringBuilder();
        for (String column : columns.split(", ")) {
            if (!List.of("cluster", "place", "tie").contains(column)) {
                update.append(update.isEmpty() ? "" : ", ")
                        .append(column)
                        .append(" = n.")
                        .append(column);
            }
        }
        for (String column : compared) {
            distinct.append(distinct.isEmpty() ? "" : " or ")
                    .append("o.")
                    .append(column)
                    .append(" is distinct from n.")
                    .append(column);
        }
        written += session.write(
                "update " + table + " o set " + update + " from new_" + table + " n where o.cluster = ? and " + same
                        + " and (" + distinct + ")",
                cluster);
        written += session.write(
                "insert into " + table + " (" + columns + ") select " + columns + " from new_" + table
                        + " where cluster = ? on conflict do nothing",
                cluster);
        session.write("delete from new_" + table + " where cluster = ?", cluster);
        return written;
    }

    private static Iterable<@org.jspecify.annotations.Nullable Object[]> each(
            Stream<@org.jspecify.annotations.Nullable Object[]> rows) {
        return rows::iterator;
    }

    private static @org.jspecify.annotations.Nullable Object[] finding(String cluster, Row.OfFinding row) {
        return new Object[] {
            cluster,
            row.place(),
            row.tie(),
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

    private static @org.jspecify.annotations.Nullable Object[] subject(String cluster, Row.OfSubject row) {
        return new Object[] {
            cluster,
            row.place(),
            row.tie(),
            row.home().namespace(),
            row.home().team(),
            row.home().application(),
            row.ref(),
            row.answers()
        };
    }
}
