package io.plimsoll.inventory.store;

import io.plimsoll.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What keys of idempotency were answered; a day long. */
final class Answers {

    private Answers() {}

    static Optional<byte[]> find(Connection connection, String key) throws SQLException {
        List<byte[]> found = Sql.list(
                connection,
                row -> row.getBytes(1),
                "select content from answer where key = ? and at > now() - interval '24 hours'",
                key);
        return found.stream().findFirst();
    }

    static void remember(Connection connection, String key, byte[] content) throws SQLException {
        Sql.execute(connection, "delete from answer where at < now() - interval '24 hours'");
        Sql.execute(
                connection,
                "insert into answer (key, content, at) values (?, ?, now())"
                        + " on conflict (key) do update set content = excluded.content, at = excluded.at",
                key,
                content);
    }
}
