package io.plimsoll.inventory.store;

import io.plimsoll.inventory.publish.Outbox;
import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.messaging.view.Views;
import io.plimsoll.store.Database;
import io.plimsoll.store.Sql;
import io.plimsoll.wire.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The outbox in PostgreSQL. Any thread. */
public final class OutboxRows implements Outbox {

    static final String WRITER = Views.INVENTORY;

    private static final int ROWS_MAX = 2_000;
    private static final int BYTES_MAX = 3 << 20;

    private final Database database;

    public OutboxRows(Database database) {
        this.database = database;
    }

    @Override
    public List<Integer> lanes(Collection<Integer> among) {
        return database.alone(connection -> Sql.list(
                connection,
                row -> row.getInt(1),
                "select lane from unnest(?::int[]) lane"
                        + " where exists (select 1 from outbox where outbox.lane = lane.lane) order by lane",
                connection.createArrayOf("int", among.toArray(Integer[]::new))));
    }

    @Override
    public List<Waiting> next(int lane) {
        return database.alone(connection -> {
            List<Waiting> waiting = new ArrayList<>();
            Sql.each(
                    connection,
                    0,
                    row -> {
                        Topic topic = Numbers.topic(row.getInt(2));
                        int partition = topic == Topic.DECLARATIONS ? 0 : lane;
                        waiting.add(new Waiting(
                                row.getLong(1),
                                new LogRecord(
                                        new Place(topic, partition),
                                        row.getString(3),
                                        row.getBytes(4),
                                        Version.parse(row.getString(5)),
                                        row.getString(6))));
                    },
                    "select id, topic, key, value, version, trace from ("
                            + "select *, sum(coalesce(octet_length(value), 0)) over (order by id) as bytes,"
                            + " row_number() over (order by id) as position"
                            + " from (select * from outbox where lane = ? order by id limit ?) first) bounded"
                            + " where bytes <= ? or position = 1 order by id",
                    lane,
                    ROWS_MAX,
                    BYTES_MAX);
            return waiting;
        });
    }

    @Override
    public void remove(Collection<Long> ids) {
        var unused = database.alone(connection -> Sql.execute(
                connection,
                "delete from outbox where id = any(?::bigint[])",
                connection.createArrayOf("bigint", ids.toArray(Long[]::new))));
    }

    @Override
    public Backlog backlog() {
        return database.alone(connection -> Sql.list(
                        connection,
                        row -> new Backlog(row.getLong(1), row.getDouble(2)),
                        "select count(*), coalesce(extract(epoch from now() - min(at)), 0) from outbox")
                .getFirst());
    }
}
