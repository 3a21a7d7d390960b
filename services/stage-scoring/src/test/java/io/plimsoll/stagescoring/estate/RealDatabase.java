package io.plimsoll.stagescoring.estate;

import io.plimsoll.embedded.EmbeddedParts;
import io.plimsoll.embedded.OneMachine;
import io.plimsoll.embedded.postgres.DatabaseAccess;
import io.plimsoll.store.Database;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** Scoring's schema on the real database, migrated, empty. */
public final class RealDatabase {

    private static final OneMachine MACHINE = EmbeddedParts.infrastructure();
    private static boolean migrated;

    private RealDatabase() {}

    /** Emptied of everything that tests before wrote. */
    public static PGSimpleDataSource empty() {
        PGSimpleDataSource source = source();
        new Database(source).transaction(session -> {
            session.execute(
                    "truncate replica, lease, contribution, finding, subject, scope, stage_record, event, outbox, estate,"
                            + " coverage, new_finding, new_subject, finding_life restart identity");
            session.execute("insert into estate default values");
            return true;
        });
        return source;
    }

    /** With whatever is in it. */
    public static synchronized PGSimpleDataSource source() {
        DatabaseAccess access = MACHINE.postgres().access("stage-scoring");
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(access.jdbcUrl() + "&reWriteBatchedInserts=true");
        source.setUser(access.user());
        source.setPassword(access.password());
        source.setCurrentSchema(access.schema());
        if (!migrated) {
            Flyway.configure()
                    .dataSource(source)
                    .schemas(access.schema())
                    .locations("db/corridor", "db/migration")
                    .load()
                    .migrate();
            migrated = true;
        }
        return source;
    }

    /** All partitions are held under this generation from now on. */
    public static void lease(Database database, long generation) {
        database.transaction(session -> session.write(
                "insert into lease (partition, address, generation, expires) select each, 'here', ?, now() + interval '1 hour'"
                        + " from generate_series(0, ?) each on conflict (partition) do update set generation = excluded.generation",
                generation,
                Rig.PARTITIONS - 1));
    }

    public static String bootstrap() {
        return MACHINE.kafka().bootstrapServers();
    }
}
