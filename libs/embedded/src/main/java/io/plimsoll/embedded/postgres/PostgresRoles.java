package io.plimsoll.embedded.postgres;

import io.plimsoll.embedded.place.Secrets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.postgresql.Driver;

/**
 * Databases, roles and schemas: one database {@code plimsoll} with a role and a schema for each service, which no other
 * service may look into, and one database {@code keycloak}. Thread-safe.
 */
final class PostgresRoles {

    static final String SUPERUSER = "plimsoll";
    static final String SUPERUSER_SECRET = "postgresql.superuser";

    private static final String DATABASE = "plimsoll";
    private static final String KEYCLOAK = "keycloak";
    private static final String HOST = "127.0.0.1";
    private static final Pattern SERVICE = Pattern.compile("[a-z][a-z0-9-]{0,40}");

    private final int port;
    private final Secrets secrets;
    private final List<String> expected = new ArrayList<>();

    PostgresRoles(int port, Secrets secrets) {
        this.port = port;
        this.secrets = secrets;
    }

    synchronized void expect(List<String> services) {
        services.forEach(PostgresRoles::role);
        expected.addAll(services);
    }

    /** True when it answers a query and is the server of this folder, not somebody else's on this port. */
    boolean answers(Path pgdata) {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SHOW data_directory")) {
            return answer.next() && Path.of(answer.getString(1)).equals(pgdata);
        } catch (SQLException e) {
            return false;
        }
    }

    synchronized void ensure() {
        try {
            try (Connection connection = connect("postgres")) {
                database(connection, DATABASE, SUPERUSER);
                role(connection, KEYCLOAK, secrets.of("postgresql.keycloak"));
                database(connection, KEYCLOAK, KEYCLOAK);
            }
            try (Connection connection = connect(DATABASE)) {
                run(connection, "REVOKE ALL ON SCHEMA public FROM PUBLIC");
                for (String service : expected) {
                    schema(connection, service);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database's roles: " + e.getMessage(), e);
        }
    }

    synchronized DatabaseAccess access(String service) {
        String role = role(service);
        if (!expected.contains(service)) {
            try (Connection connection = connect(DATABASE)) {
                schema(connection, service);
            } catch (SQLException e) {
                throw new IllegalStateException("the role of " + service + ": " + e.getMessage(), e);
            }
            expected.add(service);
        }
        return new DatabaseAccess(HOST, port, DATABASE, role, role, secrets.of("postgresql." + service));
    }

    DatabaseAccess keycloak() {
        return new DatabaseAccess(HOST, port, KEYCLOAK, "public", KEYCLOAK, secrets.of("postgresql.keycloak"));
    }

    private void schema(Connection connection, String service) throws SQLException {
        String role = role(service);
        role(connection, role, secrets.of("postgresql." + service));
        run(connection, "GRANT CONNECT ON DATABASE " + DATABASE + " TO " + quoted(role));
        run(connection, "CREATE SCHEMA IF NOT EXISTS " + quoted(role) + " AUTHORIZATION " + quoted(role));
        run(
                connection,
                "ALTER ROLE " + quoted(role) + " IN DATABASE " + DATABASE + " SET search_path = " + quoted(role));
    }

    private static void role(Connection connection, String role, String password) throws SQLException {
        if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
            run(connection, "CREATE ROLE " + quoted(role) + " LOGIN");
        }
        // Always: the secrets' file is the truth. Its alphabet needs no quoting.
        run(connection, "ALTER ROLE " + quoted(role) + " PASSWORD '" + password + "'");
    }

    private static void database(Connection connection, String database, String owner) throws SQLException {
        if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", database)) {
            run(connection, "CREATE DATABASE " + quoted(database) + " OWNER " + quoted(owner));
        }
        run(connection, "REVOKE ALL ON DATABASE " + quoted(database) + " FROM PUBLIC");
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet answer = statement.executeQuery()) {
                return answer.next();
            }
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty("password", secrets.of(SUPERUSER_SECRET));
        properties.setProperty("sslmode", "disable");
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "20");
        Connection connection =
                new Driver().connect("jdbc:postgresql://" + HOST + ":" + port + "/" + database, properties);
        if (connection == null) {
            throw new SQLException("the driver does not know its own address");
        }
        return connection;
    }

    private static String role(String service) {
        if (!SERVICE.matcher(service).matches()) {
            throw new IllegalArgumentException("not a service's name: " + service);
        }
        return service.replace('-', '_');
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }
}
