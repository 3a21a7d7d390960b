package io.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Samples lie in {@code schemas/<schema>/}: {@code accept-*.yaml} must pass, {@code reject-*.yaml} must fail for the reason
 * its first line gives, {@code # rejects: <keyword> at <JSON pointer>}, where {@code /} is the whole document.
 */
class SchemasTest {

    private static final Path SCHEMAS = Path.of("schemas");
    private static final Path SAMPLES = Path.of("src/test/resources/schemas");
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @ParameterizedTest
    @MethodSource("schemas")
    void isItselfValid(String name) throws IOException {
        // Given
        String schema = Files.readString(file(name));
        // When
        List<Error> errors = REGISTRY.getSchema(SchemaLocation.of(DIALECT)).validate(schema, InputFormat.JSON);
        // Then
        assertThat(errors).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void namesItselfAndItsDialect(String name) throws IOException {
        // When
        Map<?, ?> schema = json(name);
        // Then
        assertThat(schema.get("$schema")).isEqualTo(DIALECT);
        assertThat(schema.get("$id")).isEqualTo("https://plimsoll.io/schemas/v1/" + name + ".schema.json");
        assertThat(schema.get("title")).asString().isNotBlank();
        assertThat(schema.get("description")).asString().isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void boundsEveryTextAndList(String name) throws IOException {
        // Given
        List<String> unbounded = new ArrayList<>();
        // When
        collectUnbounded(json(name), "", unbounded);
        // Then
        assertThat(unbounded).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void hasSamplesOfBothKinds(String name) throws IOException {
        assertThat(samples("accept-")).anyMatch(sample -> sample.startsWith(name + "/"));
        assertThat(samples("reject-")).anyMatch(sample -> sample.startsWith(name + "/"));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void accepts(String sample) throws IOException {
        assertThat(validate(sample)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void rejects(String sample) throws IOException {
        // Given
        String expected = Files.readAllLines(SAMPLES.resolve(sample)).get(0).replaceFirst("^# rejects: ", "");
        // When
        List<Error> errors = validate(sample);
        // Then
        assertThat(errors.stream().map(SchemasTest::keywordAndPlace)).contains(expected);
    }

    @Test
    void hasASchemaForEveryFolderOfSamples() throws IOException {
        try (Stream<Path> folders = Files.list(SAMPLES)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()).sorted())
                    .containsExactlyElementsOf(schemas());
        }
    }

    static List<String> schemas() throws IOException {
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            return files.map(file -> file.getFileName().toString().replaceFirst("\\.schema\\.json$", ""))
                    .sorted()
                    .toList();
        }
    }

    static List<String> accepted() throws IOException {
        return samples("accept-");
    }

    static List<String> rejected() throws IOException {
        return samples("reject-");
    }

    private static List<String> samples(String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLES)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .map(file -> SAMPLES.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    private static List<Error> validate(String sample) throws IOException {
        String name = sample.substring(0, sample.indexOf('/'));
        Schema schema = REGISTRY.getSchema(Files.readString(file(name)), InputFormat.JSON);
        return schema.validate(Files.readString(SAMPLES.resolve(sample)), InputFormat.YAML);
    }

    private static String keywordAndPlace(Error error) {
        String place = error.getInstanceLocation().toString();
        return error.getKeyword() + " at " + (place.isEmpty() ? "/" : place);
    }

    private static Path file(String name) {
        return SCHEMAS.resolve(name + ".schema.json");
    }

    /** JSON is YAML; one reader is enough. */
    private static Map<?, ?> json(String name) throws IOException {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file(name)));
    }

    private static void collectUnbounded(Object node, String path, List<String> unbounded) {
        if (node instanceof Map<?, ?> map) {
            if (allows(map, "string") && !map.containsKey("maxLength") && !hasFixedLength(map)) {
                unbounded.add(path + " has no maxLength");
            }
            if (allows(map, "array") && !map.containsKey("maxItems") && !isSetOfWords(map)) {
                unbounded.add(path + " has no maxItems");
            }
            map.forEach((key, value) -> collectUnbounded(value, path + "/" + key, unbounded));
        } else if (node instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                collectUnbounded(list.get(i), path + "/" + i, unbounded);
            }
        }
    }

    private static boolean allows(Map<?, ?> schema, String type) {
        Object types = schema.get("type");
        // Several types without bounds of their own are narrowed beside it, as in a parameter's default.
        return type.equals(types) || (types instanceof List<?> list && list.size() == 2 && list.contains(type));
    }

    private static boolean hasFixedLength(Map<?, ?> schema) {
        return schema.get("pattern") instanceof String pattern && pattern.endsWith("{64}$");
    }

    private static boolean isSetOfWords(Map<?, ?> schema) {
        return Boolean.TRUE.equals(schema.get("uniqueItems"))
                && schema.get("items") instanceof Map<?, ?> items
                && items.containsKey("enum");
    }
}
