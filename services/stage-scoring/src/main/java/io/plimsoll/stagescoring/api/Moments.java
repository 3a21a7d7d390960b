package io.plimsoll.stagescoring.api;

import com.google.protobuf.Timestamp;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Moments of the contract and of the database. */
final class Moments {

    /** As the contract's own type is bounded: years 1 to 9999. */
    private static final long SECONDS_MIN =
            Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();

    private static final long SECONDS_MAX =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final int NANOS_MAX = 999_999_999;

    private Moments() {}

    /** @throws ProblemException of {@link Problem#MALFORMED} outside of the years 1 to 9999 */
    static Instant instant(String field, Timestamp time) {
        if (time.getSeconds() < SECONDS_MIN
                || time.getSeconds() > SECONDS_MAX
                || time.getNanos() < 0
                || time.getNanos() > NANOS_MAX) {
            throw new ProblemException(Problem.MALFORMED, field + " is no moment of the years 1 to 9999").at(field);
        }
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    static Timestamp timestamp(OffsetDateTime time) {
        return timestamp(time.toInstant());
    }

    static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    /** Null where there is none. */
    static @Nullable Timestamp timestamp(java.sql.ResultSet row, String column) throws java.sql.SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : timestamp(time);
    }
}
