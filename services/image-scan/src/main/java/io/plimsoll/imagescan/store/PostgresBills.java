package io.plimsoll.imagescan.store;

import io.plimsoll.imagescan.flow.Bills;
import io.plimsoll.store.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Bills as reports of images, known to whoever runs them by digest, whether their registry is connected or not. */
@ApplicationScoped
public class PostgresBills implements Bills.Store {

    private final Database database;

    public PostgresBills(Database database) {
        this.database = database;
    }

    @Override
    public boolean put(String digest, String platform, byte[] report, String missing, String bill, Instant when) {
        return database.transaction(session -> {
                    int taken = session.write(
                            "insert into image (digest, platform, name, report, missing, scanned, bill)"
                                    + " values (?, ?, coalesce((select split_part(min(reference), '@', 1) from image_use"
                                    + " where reference like '%@' || ?), ''), ?, ?, ?, ?)"
                                    + " on conflict (digest) do update set report = excluded.report, missing = excluded.missing,"
                                    + " scanned = excluded.scanned, bill = excluded.bill, feeds = '', taken_until = null"
                                    + " where image.bill <> '' or image.scanned is null",
                            digest, platform, digest, report, missing, when, bill);
                    if (taken > 0) {
                        known(session, digest);
                    }
                    return taken;
                })
                > 0;
    }

    /** Whoever runs it by digest is answered for: a reference that no registry is asked for waits for nothing. */
    private static void known(Database.Session session, String digest) throws java.sql.SQLException {
        session.write(
                "insert into image_reference (reference, platform, digest, reason, access_how, due, resolved)"
                        + " select distinct reference, platform, ?, '', 'its registry was not asked',"
                        + " 'infinity'::timestamptz, now() from image_use where reference like '%@' || ?"
                        + " on conflict (reference, platform) do nothing",
                digest, digest);
    }
}
