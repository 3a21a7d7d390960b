package io.plimsoll.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.telemetry.Entry.Label;
import io.plimsoll.testing.Fixtures;
import io.plimsoll.testing.Golden;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The dictionary is whole, its names are well made, and the reference pages say what it says. */
class DictionaryTest {

    @Test
    void hasEachNameOnce() {
        assertThat(Dictionary.entries().stream().map(Entry::name))
                .containsExactlyInAnyOrderElementsOf(constants(MetricName.class))
                .doesNotHaveDuplicates();
    }

    @Test
    void namesSayKindAndUnit() {
        assertThat(Dictionary.entries()).allSatisfy(entry -> {
            assertThat(entry.name()).matches("plimsoll_[a-z]+(_[a-z]+)*");
            assertThat(entry.name().endsWith("_total")).isEqualTo(entry.kind() == Entry.Kind.COUNTER);
            if (entry.about().startsWith("Seconds")) {
                assertThat(entry.name()).endsWith("_seconds");
            }
        });
    }

    @Test
    void thePageOfMetricsIsWrittenFromIt() {
        StringBuilder page = new StringBuilder("""
                # Metrics

                Each service shows its own at `/q/metrics`, without a token. Written from `io.plimsoll.telemetry.Dictionary`; beside these are
                the platform's usual ones: `http_server_requests_seconds`, `grpc_server_processing_duration_seconds`, `jvm_*`, `agroal_*`.
                No series is made for a namespace, workload, image or vulnerability; an installation of a hundred clusters stays
                below %,d series of ours.

                | name | kind | labels | what it says | shown by |
                |---|---|---|---|---|
                """.formatted(Dictionary.SERIES_MAX));
        for (Entry entry : Dictionary.entries()) {
            page.append("| `%s` | %s | %s | %s | %s |%n"
                    .formatted(
                            entry.name(),
                            entry.kind().name().toLowerCase(Locale.ROOT),
                            entry.labels().stream().map(DictionaryTest::label).collect(Collectors.joining("; ")),
                            entry.about(),
                            String.join(", ", entry.services())));
        }
        Golden.matches(Fixtures.repository().resolve("docs/reference/metrics.md"), page.toString());
    }

    private static String label(Label label) {
        return "`" + label.name() + "`: " + label.bound();
    }

    @Test
    void thePageOfLogKeysIsWrittenFromTheConstants() {
        String page = """
                # Keys of log lines

                A line is a fixed sentence and these; never a token, a secret or a body. From `io.plimsoll.telemetry.LogKey`.

                """
                + constants(LogKey.class).stream()
                        .map(key -> "- `" + key + "`\n")
                        .collect(Collectors.joining());
        Golden.matches(Fixtures.repository().resolve("docs/reference/log-keys.md"), page);
    }

    private static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getFields()).map(DictionaryTest::value).toList();
    }

    private static String value(Field field) {
        try {
            return String.valueOf(field.get(null));
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
