package io.plimsoll.inventory.store;

import io.plimsoll.inventory.flow.ClusterRow;
import io.plimsoll.inventory.flow.ClusterTransaction;
import io.plimsoll.inventory.flow.DeclarationsTransaction;
import io.plimsoll.inventory.flow.InventoryStore;
import io.plimsoll.inventory.flow.Said;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.store.Database;
import io.plimsoll.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The store in PostgreSQL. Any thread. */
public final class PostgresStore implements InventoryStore {

    /** One registration at a time, so that two clusters do not choose the same free partition. */
    private static final String ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtext('plimsoll-register'))";

    private static final String LEAST_LOADED =
            "select each from generate_series(0, ? - 1) each left join cluster on partition = each"
                    + " group by each order by coalesce(sum(object_count), 0), count(name), each limit 1";

    private final Database database;
    private final AtomicReference<@Nullable Said> spoken = new AtomicReference<>();

    public PostgresStore(Database database) {
        this.database = database;
    }

    @Override
    public Registered register(String name, ClusterMode mode, int partitions) {
        return database.inTransaction(connection -> {
            Optional<ClusterRow> known = find(connection, name, "");
            if (known.isPresent()) {
                return new Registered(known.get(), false);
            }
            Sql.each(connection, 0, row -> {}, ONE_AT_A_TIME);
            int partition = (int) Sql.number(connection, LEAST_LOADED, partitions);
            int inserted = Sql.execute(
                    connection,
                    "insert into cluster (name, mode, partition, epoch, number, object_count, incomplete, engine)"
                            + " values (?, ?, ?, 1, 0, 0, false, '') on conflict (name) do nothing",
                    name,
                    mode.name(),
                    partition);
            return new Registered(find(connection, name, "").orElseThrow(), inserted == 1);
        });
    }

    private static Optional<ClusterRow> find(Connection connection, String name, String lock) throws SQLException {
        return Sql.list(
                        connection,
                        ClusterRows::of,
                        "select" + ClusterRows.COLUMNS + "from cluster where name = ?" + lock,
                        name)
                .stream()
                .findFirst();
    }

    @Override
    public Optional<ClusterRow> cluster(String name) {
        return database.alone(connection -> find(connection, name, ""));
    }

    @Override
    public <T extends Object> Optional<T> inCluster(String cluster, Function<ClusterTransaction, T> work) {
        List<PostgresCluster> done = new ArrayList<>(1);
        Optional<T> outcome = database.inTransaction(connection -> {
            Optional<ClusterRow> row = find(connection, cluster, " for update");
            if (row.isEmpty()) {
                // Whatever waited for it waits in vain.
                Sql.execute(connection, "delete from pending where cluster = ?", cluster);
                return Optional.empty();
            }
            try (PostgresCluster transaction = new PostgresCluster(connection, row.get(), spoken)) {
                T result = work.apply(transaction);
                transaction.send();
                done.add(transaction);
                return Optional.of(result);
            }
        });
        done.forEach(PostgresCluster::committed);
        return outcome;
    }

    @Override
    public <T extends Object> T inDeclarations(Function<DeclarationsTransaction, T> work) {
        return database.inTransaction(connection -> {
            Sql.execute(
                    connection, "insert into declaration_state (one, number) values (true, 0) on conflict do nothing");
            long number = Sql.number(connection, "select number from declaration_state for update");
            try (PostgresDeclarations transaction = new PostgresDeclarations(connection, number)) {
                T result = work.apply(transaction);
                transaction.send();
                return result;
            }
        });
    }

    @Override
    public List<Pending> pending() {
        return database.alone(connection -> Sql.list(
                connection,
                row -> new Pending(row.getString(1), row.getBoolean(2)),
                "select cluster, rebuild from pending union select s.cluster, false from sensor s"
                        + " join cluster c on c.name = s.cluster where s.state = 'SYNCED' and s.sequence > c.live_sequence"
                        + " and not exists (select 1 from pending p where p.cluster = s.cluster) order by 1"));
    }

    @Override
    public void engineIs(String engine) {
        var unused = database.inTransaction(connection -> Sql.execute(
                connection,
                "insert into pending (cluster, rebuild) select name, false from cluster"
                        + " where engine <> ? and number > 0 on conflict do nothing",
                engine));
    }

    @Override
    public void rebuild() {
        var unused = database.inTransaction(connection -> Sql.execute(
                connection,
                "insert into pending (cluster, rebuild)"
                        + " select name, true from cluster where number > 0 union all select '', true"
                        + " on conflict (cluster) do update set rebuild = true"));
    }
}
