package io.plimsoll.imagescan;

import io.plimsoll.imagescan.connector.ConnectorFile;
import io.plimsoll.imagescan.connector.Connectors;
import io.plimsoll.store.Database;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import javax.sql.DataSource;

/** What is made once. */
class Wiring {

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    /** A file that cannot be used ends the start: reading nothing in silence would look like having nothing to read. */
    @Produces
    @Singleton
    Connectors connectors(ImageScanConfig config) {
        return config.connectors().map(ConnectorFile::read).orElse(Connectors.NONE);
    }

    @Produces
    @Singleton
    Database database(DataSource source) {
        return new Database(source);
    }
}
