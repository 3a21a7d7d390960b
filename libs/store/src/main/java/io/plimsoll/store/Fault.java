package io.plimsoll.store;

import java.sql.SQLException;

/** A fault of the database on its way through code that knows no database; {@link Database} unpacks it. */
public final class Fault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final SQLException fault;

    public Fault(SQLException fault) {
        super(fault);
        this.fault = fault;
    }

    SQLException fault() {
        return fault;
    }
}
