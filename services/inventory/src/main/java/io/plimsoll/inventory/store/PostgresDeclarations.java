package io.plimsoll.inventory.store;

import io.plimsoll.inventory.flow.Content;
import io.plimsoll.inventory.flow.DeclarationsTransaction;
import io.plimsoll.inventory.flow.DeclareOutcome;
import io.plimsoll.inventory.publish.Stamped;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.store.Batch;
import io.plimsoll.store.Fault;
import io.plimsoll.store.Sql;
import io.plimsoll.wire.TopicKey;
import io.plimsoll.wire.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The transaction of the declarations. Lane 0 writes them, whatever clusters it holds besides. */
final class PostgresDeclarations implements DeclarationsTransaction, AutoCloseable {

    private static final int LANE = 0;

    private final Connection connection;
    private final long number;
    private final OutboxBatch outbox;

    PostgresDeclarations(Connection connection, long number) {
        this.connection = connection;
        this.number = number;
        this.outbox = new OutboxBatch(connection, LANE);
    }

    void send() throws SQLException {
        outbox.send();
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public Optional<DeclareOutcome> answered(String key) {
        try {
            return Answers.find(connection, key).map(Kept::declared);
        } catch (SQLException e) {
            throw new Fault(e);
        }
    }

    @Override
    public void remember(String key, DeclareOutcome outcome) {
        try {
            Answers.remember(connection, key, Kept.declared(outcome));
        } catch (SQLException e) {
            throw new Fault(e);
        }
    }

    @Override
    public Map<String, Statement> statements() {
        try {
            Map<String, Statement> statements = new HashMap<>();
            Sql.each(
                    connection,
                    0,
                    row -> statements.put(
                            row.getString(1),
                            new Statement(row.getString(2), new Content(row.getBytes(3)), row.getLong(4))),
                    "select key, source, content, number from declaration");
            return statements;
        } catch (SQLException e) {
            throw new Fault(e);
        }
    }

    @Override
    public void publish(String source, Map<String, Content> statements, long numberNow) {
        try {
            Sql.execute(
                    connection,
                    "insert into declaration_source (name, accepted) values (?, now())"
                            + " on conflict (name) do update set accepted = excluded.accepted",
                    source);
            try (Batch rows = new Batch(
                    connection,
                    "insert into declaration (key, source, kind, name, content, number) values (?, ?, ?, ?, ?, ?)"
                            + " on conflict (key) do update set content = excluded.content, number = excluded.number")) {
                for (Map.Entry<String, Content> each : statements.entrySet()) {
                    List<String> parts = TopicKey.parts(each.getKey());
                    byte[] content = each.getValue().bytes();
                    rows.add(each.getKey(), source, parts.get(0), parts.get(1), content, numberNow);
                    outbox.add(
                            Topic.DECLARATIONS,
                            each.getKey(),
                            Stamped.at(numberNow, content),
                            new Version(0, numberNow, 0));
                }
                rows.send();
            }
        } catch (SQLException e) {
            throw new Fault(e);
        }
    }

    @Override
    public void withdraw(Collection<String> keys, long numberNow) {
        try (Batch rows = new Batch(connection, "delete from declaration where key = ?")) {
            for (String key : keys) {
                rows.add(key);
                outbox.add(Topic.DECLARATIONS, key, null, new Version(0, numberNow, 0));
            }
            rows.send();
        } catch (SQLException e) {
            throw new Fault(e);
        }
    }

    @Override
    public void publishAgain(long numberNow) {
        try {
            Sql.execute(connection, "update declaration set number = ?", numberNow);
            Version version = new Version(0, numberNow, 0);
            for (Map.Entry<String, Statement> each : statements().entrySet()) {
                byte[] value = Stamped.at(numberNow, each.getValue().content().bytes());
                outbox.add(Topic.DECLARATIONS, each.getKey(), value, version);
            }
        } catch (SQLException e) {
            throw new Fault(e);
        }
    }

    @Override
    public void relay(String key, byte @Nullable [] value, Version version) {
        try {
            outbox.add(Topic.DECLARATIONS, key, value, version);
        } catch (SQLException e) {
            throw new Fault(e);
        }
    }

    @Override
    public Collection<String> clusters() {
        try {
            return Sql.list(connection, row -> row.getString(1), "select name from cluster where number > 0");
        } catch (SQLException e) {
            throw new Fault(e);
        }
    }

    @Override
    public void pending(Collection<String> clusters) {
        // What waits already is held until this is kept, so that nobody takes it for done who did not read this. By
        // name, so that no
        // two hold what the other waits for.
        try (Batch rows = new Batch(
                connection,
                "insert into pending (cluster, rebuild) values (?, false)"
                        + " on conflict (cluster) do update set rebuild = pending.rebuild")) {
            for (String cluster : new TreeSet<>(clusters)) {
                rows.add(cluster);
            }
            rows.send();
        } catch (SQLException e) {
            throw new Fault(e);
        }
    }

    @Override
    public void accept(long numberNow) {
        try {
            Sql.execute(connection, "update declaration_state set number = ?", numberNow);
        } catch (SQLException e) {
            throw new Fault(e);
        }
    }

    @Override
    public void settled() {
        try {
            Sql.execute(connection, "delete from pending where cluster = ''");
        } catch (SQLException e) {
            throw new Fault(e);
        }
    }

    @Override
    public void close() throws SQLException {
        outbox.close();
    }
}
