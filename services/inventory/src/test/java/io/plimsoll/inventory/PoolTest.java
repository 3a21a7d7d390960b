package io.plimsoll.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.arc.Arc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What the service's connections bring with them; that other services are set alike is tested of the whole platform. */
@QuarkusTest
@QuarkusTestResource(ServiceTest.Parts.class)
class PoolTest {

    @Test
    void aConnectionWaitsForALockNoLongerThanHalfAMinute() throws SQLException {
        DataSource source = Arc.container().instance(DataSource.class).get();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show lock_timeout")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("30s");
        }
    }
}
