package io.plimsoll.endtoend;

import io.plimsoll.embedded.OneMachine;
import io.plimsoll.embedded.postgres.DatabaseAccess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A base backup of the running database as its documentation says, by its own functions and a copy of its files, and nothing else. */
final class Backup {

    private Backup() {}

    /** Takes it while the services go on, into what will be the data folder of another machine; secrets go with it, topics do not. */
    static void take(OneMachine machine, Path to) throws IOException, SQLException, InterruptedException {
        Path data = machine.places().data();
        Properties secrets = new Properties();
        try (InputStream in = Files.newInputStream(data.resolve("secrets.properties"))) {
            secrets.load(in);
        }
        Files.createDirectories(to.resolve("postgresql"));
        Path from = data.resolve("postgresql/data");
        Path copy = to.resolve("postgresql/data");
        DatabaseAccess access = machine.postgres().access("inventory");
        try (Connection connection = DriverManager.getConnection(
                        access.jdbcUrl(), "plimsoll", secrets.getProperty("postgresql.superuser"));
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('test', true)");
            // Files that come and go meanwhile are in the log, which is copied when all the others are.
            run(false, "cp", "-a", from.toString(), copy.toString());
            try (ResultSet label = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
                if (!label.next()) {
                    throw new AssertionError("no label of the backup");
                }
                run(
                        true,
                        "rm",
                        "-rf",
                        copy.resolve("pg_wal").toString(),
                        copy.resolve("postmaster.pid").toString());
                run(
                        true,
                        "cp",
                        "-a",
                        from.resolve("pg_wal").toString(),
                        copy.resolve("pg_wal").toString());
                Files.writeString(copy.resolve("backup_label"), label.getString(1));
                run(
                        true,
                        "chown",
                        "--reference=" + copy,
                        copy.resolve("backup_label").toString());
            }
        }
        run(
                true,
                "chown",
                "--reference=" + data.resolve("postgresql"),
                to.resolve("postgresql").toString());
        run(
                true,
                "chmod",
                "--reference=" + data.resolve("postgresql"),
                to.resolve("postgresql").toString());
        run(true, "cp", "-a", data.resolve("secrets.properties").toString(), to.toString());
    }

    private static void run(boolean whole, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || whole && process.exitValue() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + said);
        }
    }
}
