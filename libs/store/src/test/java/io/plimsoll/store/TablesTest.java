package io.plimsoll.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.embedded.EmbeddedParts;
import io.plimsoll.embedded.postgres.DatabaseAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What an operator reads when a database refuses, on the real one; and that nothing is migrated by half. */
class TablesTest {

    private static final DatabaseAccess ACCESS =
            EmbeddedParts.infrastructure().postgres().access("image-scan");

    @TempDir
    Path steps;

    private PGSimpleDataSource source;

    @BeforeEach
    void empty() throws IOException {
        source = source(ACCESS.password(), ACCESS.port());
        new Database(source).transaction(session -> {
            session.execute("drop table if exists first, second, third, flyway_schema_history");
            return true;
        });
        step(1, "create table first (id int);");
    }

    private static PGSimpleDataSource source(String password, int port) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {ACCESS.host()});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(ACCESS.database());
        source.setUser(ACCESS.user());
        source.setPassword(password);
        source.setCurrentSchema(ACCESS.schema());
        return source;
    }

    private void step(int number, String sql) throws IOException {
        Files.writeString(steps.resolve("V" + number + "__step.sql"), sql);
    }

    private Flyway flyway(PGSimpleDataSource from) {
        return Flyway.configure()
                .dataSource(from)
                .schemas(ACCESS.schema())
                .locations("filesystem:" + steps)
                .connectRetries(0)
                .load();
    }

    private boolean has(String table) {
        return new Database(source)
                .transaction(
                        session -> session.one("select to_regclass(?) is not null", row -> row.getBoolean(1), table)
                                .orElse(false));
    }

    @Test
    void aWrongPasswordIsSaidInOneLine() {
        assertThatThrownBy(() -> Tables.bring(flyway(source("wrong", ACCESS.port()))))
                .isInstanceOf(Tables.Refused.class)
                .hasMessage("FATAL: password authentication failed for user \"" + ACCESS.user() + "\"");
    }

    @Test
    void aDatabaseThatIsAwayIsSaidInOneLine() {
        assertThatThrownBy(() -> Tables.bring(flyway(source(ACCESS.password(), 1))))
                .isInstanceOf(Tables.Refused.class)
                .satisfies(fault ->
                        assertThat(String.valueOf(fault.getMessage()).lines()).hasSize(1))
                .hasMessageContaining("refused");
    }

    @Test
    void aDatabaseOneVersionAheadIsNotTouched() throws IOException {
        // Given
        step(2, "create table second (id int);");
        Tables.bring(flyway(source));
        // When: an older version, that knows the first step alone and one that was never released
        Files.delete(steps.resolve("V2__step.sql"));
        step(3, "create table third (id int);");
        // Then
        assertThatThrownBy(() -> Tables.bring(flyway(source)))
                .isInstanceOf(Tables.Refused.class)
                .hasMessageContaining("ahead of this version, which does not know its step 2")
                .satisfies(fault ->
                        assertThat(String.valueOf(fault.getMessage()).lines()).hasSize(1));
        assertThat(has("third")).isFalse();
        assertThat(has("second")).isTrue();
    }

    @Test
    void aStepThatFailsLeavesNothingOfItselfAndIsRunAgain() throws IOException {
        // Given
        step(2, "create table second (id int); insert into second values ('no number');");
        assertThatThrownBy(() -> Tables.bring(flyway(source)))
                .isInstanceOf(Tables.Refused.class)
                .satisfies(fault ->
                        assertThat(String.valueOf(fault.getMessage()).lines()).hasSize(1));
        assertThat(has("first")).isTrue();
        assertThat(has("second")).as("nothing migrated by half").isFalse();
        // When
        step(2, "create table second (id int); insert into second values (1);");
        Tables.bring(flyway(source));
        // Then
        assertThat(has("second")).isTrue();
    }
}
