package io.plimsoll.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.embedded.EmbeddedParts;
import io.plimsoll.embedded.postgres.DatabaseAccess;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Several questions in one turn to the database, and statements by themselves. */
class TurnsTest {

    /** A schema in which no other test of this room looks for what is there. */
    private static final DatabaseAccess ACCESS =
            EmbeddedParts.infrastructure().postgres().access("stage-scoring");

    private Database database;

    @BeforeEach
    void empty() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(ACCESS.jdbcUrl());
        source.setUser(ACCESS.user());
        source.setPassword(ACCESS.password());
        source.setCurrentSchema(ACCESS.schema());
        database = new Database(source);
        database.transaction(session -> {
            session.execute("drop table if exists turn");
            session.execute("create table turn (id int, name text)");
            return true;
        });
    }

    private List<Integer> ids() {
        return database.alone(
                connection -> Sql.list(connection, row -> row.getInt(1), "select id from turn order by id"));
    }

    @Test
    void questionsAreAnsweredInTheirOrderEachWithItsOwnValues() {
        for (int round = 1; round <= 8; round++) {
            int id = round;
            List<String> told = new ArrayList<>();
            database.inTransaction(connection -> {
                Sql.together(
                        connection,
                        new Sql.Question(
                                row -> told.add("wrote " + row.getInt(1)),
                                "insert into turn (id, name) values (?, ?) returning id",
                                id,
                                "a;b"),
                        new Sql.Question(row -> told.add("never"), "select 1 where false"),
                        new Sql.Question(
                                row -> told.add("found " + row.getInt(1)),
                                "select id from turn where name = any(?) and id >= ? order by id",
                                List.of("a;b", "c"),
                                id - 1));
                return true;
            });
            List<String> expected = new ArrayList<>(List.of("wrote " + id));
            if (id > 1) {
                expected.add("found " + (id - 1));
            }
            expected.add("found " + id);
            assertThat(told).isEqualTo(expected);
        }
    }

    @Test
    void whatFailsTogetherLeavesNothing() {
        assertThatThrownBy(() -> database.inTransaction(connection -> {
                    Sql.together(
                            connection,
                            new Sql.Question(row -> {}, "insert into turn (id) values (?) returning id", 1),
                            new Sql.Question(row -> {}, "select 1 / ?::int", 0));
                    return true;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("division by zero");
        assertThat(ids()).isEmpty();
    }

    @Test
    void aStatementByItselfIsKeptAtOnce() {
        int written = database.alone(connection -> Sql.execute(connection, "insert into turn (id) values (?)", 3));
        assertThat(written).isEqualTo(1);
        assertThat(ids()).containsExactly(3);
        assertThatThrownBy(() -> database.alone(connection -> Sql.number(connection, "select count(*) from nothing")))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problem.STORE_AWAY));
    }
}
