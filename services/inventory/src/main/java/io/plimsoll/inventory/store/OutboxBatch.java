package io.plimsoll.inventory.store;

import io.plimsoll.messaging.log.Topic;
import io.plimsoll.messaging.log.Traces;
import io.plimsoll.store.Batch;
import io.plimsoll.wire.Version;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Records put into the outbox within one transaction, in their order. */
final class OutboxBatch implements AutoCloseable {

    private final Batch rows;
    private final int lane;
    /** Of the call that fills it. */
    private final String trace;

    /** @param lane partition whose owner writes them */
    OutboxBatch(Connection connection, int lane) {
        this.rows = new Batch(
                connection, "insert into outbox (lane, topic, key, value, version, trace) values (?, ?, ?, ?, ?, ?)");
        this.lane = lane;
        this.trace = Traces.present();
    }

    /** @param value null for a tombstone */
    void add(Topic topic, String key, byte @Nullable [] value, Version version) throws SQLException {
        rows.add(lane, Numbers.of(topic), key, value, version.toString(), trace);
    }

    void send() throws SQLException {
        rows.send();
    }

    @Override
    public void close() throws SQLException {
        rows.close();
    }
}
