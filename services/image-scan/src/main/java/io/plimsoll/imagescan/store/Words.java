package io.plimsoll.imagescan.store;

import io.plimsoll.assessment.image.ImageStanding.Answer;
import io.plimsoll.assessment.image.ImageStanding.RegistrySays;
import io.plimsoll.assessment.image.ImageStanding.Report;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Words and times of the tables. */
final class Words {

    private Words() {}

    static String word(Answer answer) {
        return switch (answer) {
            case Answer.Yes yes -> "yes";
            case Answer.No no -> "no";
            case Answer.Open open -> "open";
        };
    }

    static Answer read(String word, String how) {
        return switch (word) {
            case "yes" -> new Answer.Yes(how);
            case "no" -> new Answer.No(how);
            default -> new Answer.Open(how);
        };
    }

    static RegistrySays said(ResultSet row) throws SQLException {
        String scanner = row.getString("registry_scanner");
        int criticals = row.getInt("registry_criticals");
        return new RegistrySays(
                read(row.getString("governed"), row.getString("governed_how")),
                time(row, "registry_scanned").map(when -> new Report(when, scanner, criticals)),
                row.getString("blocking"));
    }

    static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
