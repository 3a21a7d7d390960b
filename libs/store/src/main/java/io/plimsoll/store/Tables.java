package io.plimsoll.store;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;

/** A service's tables, brought to what its version needs. */
public final class Tables {

    /** They cannot be; the message is one line that says why. */
    public static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1;

        private Refused(String reason, @Nullable Throwable cause) {
            super(reason, cause);
        }
    }

    private Tables() {}

    /**
     * Runs what is missing, each step in a transaction of its own: what was interrupted is run again by the next call.
     *
     * @throws Refused when the database is away or refuses, or is ahead of this version: then nothing was touched
     */
    public static void bring(Flyway flyway) {
        try {
            String ahead = Arrays.stream(flyway.info().all())
                    .filter(each ->
                            each.getState().isApplied() && !each.getState().isResolved())
                    .map(MigrationInfo::getVersion)
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "));
            if (!ahead.isEmpty()) {
                throw new Refused(
                        "the database is ahead of this version, which does not know its step " + ahead
                                + ": run the newer version, or restore a backup made before the upgrade",
                        null);
            }
            flyway.migrate();
        } catch (Refused e) {
            throw e;
        } catch (RuntimeException e) {
            throw new Refused(reason(e), e);
        }
    }

    /** What the innermost cause says, in one line: what wraps it says only that something failed. */
    private static String reason(Throwable fault) {
        Throwable innermost = fault;
        for (int depth = 0; innermost.getCause() != null && depth < 20; depth++) {
            innermost = innermost.getCause();
        }
        String text = String.valueOf(innermost.getMessage()).lines().findFirst().orElse("");
        return text.isBlank() ? innermost.getClass().getSimpleName() : text;
    }
}
