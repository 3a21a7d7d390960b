package io.plimsoll.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.kubernetes.value.SharedValues;
import io.plimsoll.kubernetes.value.Texts;
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

    @Test
    void aMappingOfTextsIsThatOfAnySize() {
        Map<String, Value> fields = new LinkedHashMap<>();
        Map<String, String> texts = new LinkedHashMap<>();
        for (int size = 0; size < 40; size++) {
            Map<String, String> seen = new Value.Obj(fields, 1).textMap();
            assertThat(seen).isEqualTo(texts).hasSameHashCodeAs(texts).hasSize(size);
            assertThat(texts).isEqualTo(seen);
            assertThat(seen.keySet()).containsExactlyElementsOf(texts.keySet());
            assertThat(seen.values()).containsExactlyElementsOf(texts.values());
            Map<String, String> walked = new LinkedHashMap<>();
            seen.forEach(walked::put);
            assertThat(walked).isEqualTo(texts);
            assertThat(seen.get("absent")).isNull();
            assertThat(seen.getOrDefault("absent", "other")).isEqualTo("other");
            assertThat(seen.getOrDefault("k0", "other")).isEqualTo(size > 0 ? "v0" : "other");
            assertThat(seen.containsKey("k0")).isEqualTo(size > 0);
            assertThatThrownBy(() -> seen.put("more", "text")).isInstanceOf(UnsupportedOperationException.class);
            fields.put("k" + size, new Value.Text("v" + size, 1));
            texts.put("k" + size, "v" + size);
        }
    }

    @Test
    void whatIsNoScalarIsNoText() throws IOException {
        Value odd = new SharedValues()
                .canonical(read("{\"a\": \"x\", \"b\": 1, \"c\": true, \"d\": null, \"e\": [], \"f\": {}}"));
        assertThat(odd.textMap()).containsExactly(Map.entry("a", "x"), Map.entry("b", "1"), Map.entry("c", "true"));
    }

    @Test
    void labelsIncludeAllThatASelectorNames() {
        Map<String, String> labels = Map.of("app", "web", "tier", "front");
        assertThat(Texts.includes(labels, Map.of())).isTrue();
        assertThat(Texts.includes(labels, Map.of("tier", "front"))).isTrue();
        assertThat(Texts.includes(labels, labels)).isTrue();
        assertThat(Texts.includes(labels, Map.of("app", "web", "tier", "back"))).isFalse();
        assertThat(Texts.includes(labels, Map.of("zone", "web"))).isFalse();
        assertThat(Texts.includes(Map.of(), Map.of("app", "web"))).isFalse();
    }
}
