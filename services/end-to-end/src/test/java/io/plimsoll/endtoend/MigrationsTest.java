package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Steps of the databases, of all services: one that was released never changes, and a later one lets replicas of the version before go on writing
 * and reading. {@code -Pgolden} writes down the steps there are.
 */
class MigrationsTest {

    private static final Path ROOT = Fixtures.repository();
    private static final Path RELEASED = ROOT.resolve("services/end-to-end/src/test/resources/migrations.sha256");

    /** What takes away, renames or tightens what the version before relies on. */
    private static final Map<String, Pattern> FORBIDDEN = Map.of(
            "drops", Pattern.compile("\\bdrop\\s+(table|column|view|schema|sequence|type)\\b"),
            "renames", Pattern.compile("\\brename\\s+(to|column|constraint)\\b"),
            "changes a type", Pattern.compile("\\balter\\s+(column\\s+)?\\w+\\s+(set\\s+data\\s+)?type\\b"),
            "tightens", Pattern.compile("\\balter\\s+(column\\s+)?\\w+\\s+set\\s+not\\s+null\\b"),
            "truncates", Pattern.compile("\\btruncate\\b"),
            "adds a column that must be given",
                    Pattern.compile(
                            "\\badd\\s+(column\\s+)?(if\\s+not\\s+exists\\s+)?(?!constraint\\b)\\w+\\s+(?=[^,;]*\\bnot\\s+null\\b)(?![^,;]*\\bdefault\\b)[^,;]*"));

    /** Steps that databases have run, with their digests. */
    private static Map<String, String> released() throws IOException {
        Map<String, String> released = new TreeMap<>();
        for (String line : Files.readAllLines(RELEASED)) {
            String[] pair = line.split("  ", 2);
            released.put(pair[1], pair[0]);
        }
        return released;
    }

    private static Map<String, Path> steps() throws IOException {
        Map<String, Path> steps = new TreeMap<>();
        for (String room : List.of("libs", "services")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(room), 9)) {
                files.filter(file -> file.toString().contains("/src/main/resources/db/"))
                        .filter(file -> file.toString().endsWith(".sql"))
                        .forEach(file -> steps.put(ROOT.relativize(file).toString(), file));
            }
        }
        return steps;
    }

    private static String digest(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void oneThatWasReleasedNeverChanges() throws IOException {
        Map<String, Path> steps = steps();
        if (Boolean.getBoolean("plimsoll.golden")) {
            List<String> lines = new ArrayList<>();
            steps.forEach((name, file) -> lines.add(digest(file) + "  " + name));
            Files.writeString(RELEASED, String.join("\n", lines) + "\n");
        }
        Map<String, String> released = released();
        assertThat(released).isNotEmpty();
        assertThat(steps.keySet()).as("a step that databases have run is kept").containsAll(released.keySet());
        Map<String, String> now = new TreeMap<>();
        steps.forEach((name, file) -> now.put(name, digest(file)));
        assertThat(now)
                .as("a step is changed by a further one, never by itself")
                .containsAllEntriesOf(released);
    }

    @Test
    void aLaterOneLetsTheVersionBeforeGoOn() throws IOException {
        Map<String, String> released = released();
        for (Map.Entry<String, Path> step : steps().entrySet()) {
            if (!released.containsKey(step.getKey())) {
                assertThat(faults(Files.readString(step.getValue())))
                        .as(step.getKey())
                        .isEmpty();
            }
        }
    }

    @Test
    void whatTheVersionBeforeWouldFeelIsSeen() {
        assertThat(faults("alter table a add column b int not null;"))
                .containsExactly("adds a column that must be given");
        assertThat(faults("alter table a add b int not null default 0, add c text; create table d (e int not null);"))
                .isEmpty();
        assertThat(faults("-- drop table a\ncreate index f on a (b);")).isEmpty();
        assertThat(faults("alter table a rename column b to c;")).containsExactly("renames");
        assertThat(faults("DROP  TABLE a;")).containsExactly("drops");
        assertThat(faults("alter table a alter column b type bigint;")).containsExactly("changes a type");
        assertThat(faults("alter table a alter b set not null;")).containsExactly("tightens");
    }

    private static List<String> faults(String sql) {
        String plain = sql.replaceAll("--[^\\n]*", "")
                .replaceAll("(?s)/\\*.*?\\*/", "")
                .toLowerCase(Locale.ROOT);
        return FORBIDDEN.entrySet().stream()
                .filter(each -> each.getValue().matcher(plain).find())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
