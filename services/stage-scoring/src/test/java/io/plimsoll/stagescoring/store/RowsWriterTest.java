package io.plimsoll.stagescoring.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.stagescoring.answer.Answered;
import io.plimsoll.stagescoring.answer.Row;
import io.plimsoll.stagescoring.answer.Rows;
import io.plimsoll.stagescoring.estate.RealDatabase;
import io.plimsoll.store.Database;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever stood before, what was scored stands after, and nothing was written that stood already. */
class RowsWriterTest {

    private static final FindingLives.Time TIME = new FindingLives.Time(Instant.EPOCH, Instant.EPOCH);
    private static final List<String> NAMES = List.of("", "red", "r\0d", "r\ud800d", "\ud83d\ude80", "r?d");

    private final Database database = new Database(RealDatabase.empty());

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Row.OfFinding finding(
            int place, int tie, String team, int severity, boolean waived, String content) {
        return new Row.OfFinding(
                bytes("p" + place),
                tie,
                bytes("identity " + place + " " + tie),
                new Row.Home("front", team, "shop"),
                "image-pinned",
                severity,
                waived,
                bytes(content));
    }

    private static Row.OfSubject subject(int place, String application, String answers) {
        return new Row.OfSubject(
                bytes("p" + place), 0, new Row.Home("front", "red", application), bytes("ref" + place), bytes(answers));
    }

    private int replace(String cluster, List<Row.OfFinding> findings, List<Row.OfSubject> subjects) {
        Rows rows = new Rows(findings, subjects, Answered.NOTHING);
        return database.transaction(session -> RowsWriter.replace(session, cluster, rows, TIME));
    }

    /** Each row of both tables by its key, with the transaction that wrote it. */
    private Map<String, Long> written(String cluster) {
        return database.transaction(session -> {
            Map<String, Long> written = new HashMap<>();
            for (String table : List.of("finding", "subject")) {
                session.each(
                        "select place, tie, xmin::text::bigint from " + table + " where cluster = ?",
                        row -> written.put(
                                table + " " + new String(row.getBytes(1), StandardCharsets.UTF_8) + " " + row.getInt(2),
                                row.getLong(3)),
                        cluster);
            }
            return written;
        });
    }

    private List<String> standing(String cluster) {
        return database.transaction(session -> session.all(
                "select concat_ws('|', place, tie, identity, namespace, team, application, control, severity, waived, content)"
                        + " from finding where cluster = ? union all"
                        + " select concat_ws('|', place, tie, namespace, team, application, ref, answers)"
                        + " from subject where cluster = ? order by 1",
                row -> row.getString(1),
                cluster,
                cluster));
    }

    private static final Row.OfFinding FINDING = new Row.OfFinding(
            bytes("p"), 0, bytes("identity"), new Row.Home("n", "t", "a"), "control", 1, false, bytes("content"));
    private static final Row.OfSubject SUBJECT =
            new Row.OfSubject(bytes("p"), 0, new Row.Home("n", "t", "a"), bytes("ref"), bytes("answers"));

    @Test
    void eachFieldOfAFindingIsCompared() {
        replace("c", List.of(FINDING), List.of(SUBJECT));
        Row.Home home = FINDING.home();
        List<Row.OfFinding> others = List.of(
                new Row.OfFinding(bytes("p"), 0, bytes("i"), home, "control", 1, false, bytes("content")),
                new Row.OfFinding(
                        bytes("p"), 0, bytes("i"), new Row.Home("m", "t", "a"), "control", 1, false, bytes("content")),
                new Row.OfFinding(
                        bytes("p"), 0, bytes("i"), new Row.Home("m", "u", "a"), "control", 1, false, bytes("content")),
                new Row.OfFinding(
                        bytes("p"), 0, bytes("i"), new Row.Home("m", "u", "b"), "control", 1, false, bytes("content")),
                new Row.OfFinding(
                        bytes("p"), 0, bytes("i"), new Row.Home("m", "u", "b"), "d", 1, false, bytes("content")),
                new Row.OfFinding(
                        bytes("p"), 0, bytes("i"), new Row.Home("m", "u", "b"), "d", 2, false, bytes("content")),
                new Row.OfFinding(
                        bytes("p"), 0, bytes("i"), new Row.Home("m", "u", "b"), "d", 2, true, bytes("content")),
                new Row.OfFinding(bytes("p"), 0, bytes("i"), new Row.Home("m", "u", "b"), "d", 2, true, bytes("")));
        for (Row.OfFinding other : others) {
            assertThat(replace("c", List.of(other), List.of(SUBJECT)))
                    .as(other.toString())
                    .isEqualTo(1);
            assertThat(replace("c", List.of(other), List.of(SUBJECT))).isZero();
        }
        assertThat(replace("c", List.of(), List.of())).isEqualTo(2);
        assertThat(standing("c")).isEmpty();
    }

    @Test
    void eachFieldOfASubjectIsCompared() {
        replace("c", List.of(), List.of(SUBJECT));
        List<Row.OfSubject> others = List.of(
                new Row.OfSubject(bytes("p"), 0, new Row.Home("m", "t", "a"), bytes("ref"), bytes("answers")),
                new Row.OfSubject(bytes("p"), 0, new Row.Home("m", "u", "a"), bytes("ref"), bytes("answers")),
                new Row.OfSubject(bytes("p"), 0, new Row.Home("m", "u", "b"), bytes("ref"), bytes("answers")),
                new Row.OfSubject(bytes("p"), 0, new Row.Home("m", "u", "b"), bytes("other"), bytes("answers")),
                new Row.OfSubject(bytes("p"), 0, new Row.Home("m", "u", "b"), bytes("other"), bytes("no")));
        for (Row.OfSubject other : others) {
            assertThat(replace("c", List.of(), List.of(other)))
                    .as(other.toString())
                    .isEqualTo(1);
            assertThat(replace("c", List.of(), List.of(other))).isZero();
        }
    }

    @Test
    void whatWasScoredStandsAndNothingIsWrittenTwice() {
        Random random = new Random(5);
        for (int round = 0; round < 60; round++) {
            List<Row.OfFinding> findings = new ArrayList<>();
            List<Row.OfSubject> subjects = new ArrayList<>();
            for (int place = 0; place < 12; place++) {
                for (int tie = 0; tie < random.nextInt(3); tie++) {
                    findings.add(finding(
                            place,
                            tie,
                            NAMES.get(random.nextInt(NAMES.size())),
                            random.nextInt(2),
                            random.nextInt(4) == 0,
                            "content " + random.nextInt(2)));
                }
                if (random.nextBoolean()) {
                    subjects.add(
                            subject(place, NAMES.get(random.nextInt(NAMES.size())), "answer " + random.nextInt(2)));
                }
            }
            replace("other", findings.subList(0, findings.size() / 2), subjects.subList(0, subjects.size() / 2));
            List<String> others = standing("other");
            Map<String, Long> before = written("c");
            int rows = replace("c", findings, subjects);
            Map<String, Long> after = written("c");
            assertThat(after).hasSize(findings.size() + subjects.size());
            long kept = after.entrySet().stream()
                    .filter(each -> each.getValue().equals(before.get(each.getKey())))
                    .count();
            long gone = before.keySet().stream()
                    .filter(key -> !after.containsKey(key))
                    .count();
            assertThat(rows).isEqualTo(Math.toIntExact(after.size() - kept + gone));
            assertThat(standing("other")).isEqualTo(others);

            // As where nothing stood.
            List<String> standing = standing("c");
            assertThat(replace("c", findings, subjects)).isZero();
            assertThat(written("c")).isEqualTo(after);
            replace("fresh", List.of(), List.of());
            replace("fresh", findings, subjects);
            assertThat(standing).isEqualTo(standing("fresh"));
        }
    }
}
