package io.plimsoll.embedded.postgres;

/**
 * How a service reaches its schema.
 *
 * @param schema the role's own and its search path, so that names need no prefix
 */
public record DatabaseAccess(String host, int port, String database, String schema, String user, String password) {

    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database + "?sslmode=disable";
    }

    /** For the reactive client, as {@code quarkus.datasource.reactive.url} takes it. */
    public String reactiveUrl() {
        return "vertx-reactive:postgresql://" + host + ":" + port + "/" + database;
    }
}
