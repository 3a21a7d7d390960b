package io.plimsoll.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.kubernetes.value.SharedValues;
import io.plimsoll.kubernetes.value.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedValuesTest {

    private static final String ODD = """
            {"b": [1.0, 1e3, 0.000, null, true, [], {}],
             "a": {"quote\\"": "back\\\\slash \\u0001", "empty": ""},
             "same": {"x": [1]}, "again": {"x": [1]}}
            """;

    private static Value read(String text) throws IOException {
        return SingleDocument.read("odd.json", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void keepsEveryPositionOfAnObjectOfManyLines() throws IOException {
        Value value = read(ODD);
        assertThat(new SharedValues().canonical(value, value.line())).isEqualTo(Canonical.of(value));
    }

    @Test
    void saysTheSameAndGivesUpPositionsOfAnObjectOfOneLine() throws IOException {
        Value value = read(ODD.replace("\n", " "));
        Value shared = new SharedValues().canonical(value, value.line());
        assertThat(Canonical.text(shared)).isEqualTo(Canonical.text(value));
        assertThat(shared.at("a", "empty").line()).isZero();
    }

    @Test
    void equalPartsOfDifferentObjectsAreOneInstance() throws IOException {
        SharedValues values = new SharedValues();
        Value one = values.canonical(read("{\"name\": \"one\", \"spec\": {\"image\": \"a\", \"ports\": [1, 2]}}"), 1);
        Value two = values.canonical(read("{\"name\": \"two\", \"spec\": {\"ports\": [1, 2], \"image\": \"a\"}}"), 1);
        assertThat(two.at("spec")).isSameAs(one.at("spec"));
    }

    @Test
    void countsCharactersAsTheTextHasThem() throws IOException {
        Value value = read(ODD);
        assertThat(Canonical.chars(value)).isEqualTo(Canonical.text(value).length());
    }

    @Test
    void fieldsAreThoseOfAMapOfAnySize() {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (int size = 0; size < 40; size++) {
            Value.Obj object = new Value.Obj(fields, 1);
            assertThat(object.fields()).isEqualTo(fields).hasSameHashCodeAs(fields);
            assertThat(object.fields().keySet()).containsExactlyElementsOf(fields.keySet());
            assertThat(object.fields().get("absent")).isNull();
            assertThat(object.hasKey("k0")).isEqualTo(size > 0);
            fields.put("k" + size, new Value.Text("v" + size, 1));
        }
    }
}
