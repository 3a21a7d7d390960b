package io.plimsoll.imagescan.store;

import io.plimsoll.imagescan.flow.VexStore;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.store.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** VEX documents as rows. */
@ApplicationScoped
public class PostgresVex implements VexStore {

    private static final int DOCUMENTS_MAX = 200;
    private static final long BYTES_MAX = 64L << 20;

    private final Database database;

    public PostgresVex(Database database) {
        this.database = database;
    }

    @Override
    public String mark() {
        return database.transaction(session -> session.one(
                        // Asked often: the moment of putting stands for what was put.
                        "select coalesce(left(md5(string_agg(name || ' ' || put, ',' order by name)), 12), '')"
                                + " from vex_document",
                        row -> row.getString(1))
                .orElse(""));
    }

    @Override
    public List<Document> all() {
        return database.transaction(session -> session.all(
                "select name, source, document from vex_document order by name",
                row -> new Document(row.getString(1), row.getString(2), row.getBytes(3))));
    }

    @Override
    public void put(Kept kept, byte[] bytes) {
        database.transaction(session -> {
            // One after the other, so that the bound holds whoever puts at the same time.
            session.write("lock table vex_document in share row exclusive mode");
            List<Long> others = session.all(
                    "select octet_length(document) from vex_document where name <> ?",
                    row -> row.getLong(1),
                    kept.name());
            long held = others.stream().mapToLong(Long::longValue).sum();
            if (others.size() >= DOCUMENTS_MAX || held + bytes.length > BYTES_MAX) {
                throw new ProblemException(
                                Problem.UNPROCESSABLE, "there are too many VEX documents: take one away first")
                        .over(DOCUMENTS_MAX + " documents of " + BYTES_MAX + " bytes in all");
            }
            return session.write(
                    "insert into vex_document (name, source, document, statements, problems, put)"
                            + " values (?, ?, ?, ?, ?, ?) on conflict (name) do update set source = excluded.source,"
                            + " document = excluded.document, statements = excluded.statements,"
                            + " problems = excluded.problems, put = excluded.put",
                    kept.name(),
                    kept.source(),
                    bytes,
                    kept.statements(),
                    kept.problems(),
                    kept.put());
        });
    }

    @Override
    public boolean delete(String name) {
        return database.transaction(session -> session.write("delete from vex_document where name = ?", name)) > 0;
    }

    @Override
    public List<Kept> list(String after, int most) {
        return database.transaction(session -> session.all(
                "select name, source, statements, put, problems from vex_document where name > ? order by name limit "
                        + most,
                PostgresVex::kept,
                after));
    }

    private static Kept kept(ResultSet row) throws SQLException {
        Array problems = row.getArray("problems");
        return new Kept(
                row.getString("name"),
                row.getString("source"),
                row.getInt("statements"),
                Words.time(row, "put").orElse(Instant.EPOCH),
                problems.getArray() instanceof String[] texts ? List.of(texts) : List.of());
    }
}
