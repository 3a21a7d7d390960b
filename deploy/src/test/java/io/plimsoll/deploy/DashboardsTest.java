package io.plimsoll.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.plimsoll.telemetry.Dictionary;
import io.plimsoll.telemetry.Entry;
import io.plimsoll.testing.Fixtures;
import io.plimsoll.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dashboards and rules: written from their pages, of the shape Grafana reads, asking for names of the dictionary alone. */
class DashboardsTest {

    private static final Path GRAFANA = Fixtures.repository().resolve("deploy/grafana");
    private static final Pattern NAME = Pattern.compile("\\bplimsoll_[a-z_]+");

    static Stream<String> pages() throws IOException {
        try (Stream<Path> files = Files.list(GRAFANA.resolve("source"))) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", "")).sorted().toList().stream();
        }
    }

    private static Map<String, Object> page(String name) throws IOException {
        return Chart.objects(Files.readString(GRAFANA.resolve("source/" + name + ".yaml")))
                .getFirst();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void isWrittenFromItsPage(String name) throws IOException {
        Golden.matches(GRAFANA.resolve("dashboards/" + name + ".json"), Dashboard.json(page(name)));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void hasTheShapeThatIsRead(String name) throws IOException {
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(GRAFANA.resolve("dashboard.schema.json")));
        assertThat(schema.validate(Files.readString(GRAFANA.resolve("dashboards/" + name + ".json")), InputFormat.JSON))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void asksForWhatIsExportedAndNothingConstant(String name) throws IOException {
        Set<String> known = Dictionary.entries().stream().map(Entry::name).collect(Collectors.toSet());
        for (Object panel : Tree.list(page(name), "panels")) {
            assertThat(Tree.list(panel, "queries"))
                    .as(Tree.text(panel, "title"))
                    .isNotEmpty();
            for (Object query : Tree.list(panel, "queries")) {
                String text = Tree.text(query, "expr");
                assertThat(text).doesNotContain("vector(").matches(".*[a-z]+_[a-z_]+.*|.*up\\{.*");
                assertThat(names(text)).isSubsetOf(known);
            }
        }
    }

    @Test
    void rulesAskForWhatIsExported() throws IOException {
        Set<String> known = Dictionary.entries().stream().map(Entry::name).collect(Collectors.toSet());
        String rules = Files.readString(Fixtures.repository().resolve("deploy/prometheus/rules.yaml"));
        assertThat(names(rules)).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void uidsAreUnique() throws IOException {
        List<String> uids = new ArrayList<>();
        for (String name : pages().toList()) {
            uids.add(Tree.text(page(name), "uid"));
        }
        assertThat(uids).doesNotHaveDuplicates().hasSize(6);
    }

    private static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        Matcher matcher = NAME.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }
}
