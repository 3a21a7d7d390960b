package io.plimsoll.stagescoring.store;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A database whose connection breaks at one of the transactions that write: just before its commit is heard, or just after. */
final class KillableSource implements DataSource {

    private final DataSource real;
    private int at;
    private boolean after;
    private int seen;

    KillableSource(DataSource real) {
        this.real = real;
        spare();
    }

    /** @param nth of the transactions that write from now on, from 1 */
    void kill(int nth, boolean afterCommit) {
        at = nth;
        after = afterCommit;
        seen = 0;
    }

    /** From now on nothing breaks. */
    void spare() {
        kill(Integer.MAX_VALUE, false);
    }

    /** How many transactions have written since. */
    int seen() {
        return seen;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = real.getConnection();
        boolean[] writes = new boolean[1];
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        String sql = String.valueOf(arguments[0]).toLowerCase(Locale.ROOT);
                        writes[0] |= sql.startsWith("insert") || sql.startsWith("update") || sql.startsWith("delete");
                    }
                    boolean now = method.getName().equals("commit") && writes[0] && ++seen == at;
                    if (now && !after) {
                        connection.rollback();
                        throw new SQLException("the connection broke before the commit");
                    }
                    try {
                        Object result = method.invoke(connection, arguments);
                        if (now) {
                            throw new SQLException("the connection broke after the commit");
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return real.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        real.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        real.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return real.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return real.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return real.isWrapperFor(type);
    }
}
