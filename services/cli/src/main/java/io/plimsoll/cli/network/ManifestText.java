package io.plimsoll.cli.network;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.segmentation.suggest.PolicyText;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Manifests as text: YAML documents whose texts are always quoted, or one JSON list. */
final class ManifestText {

    private ManifestText() {}

    static void yaml(List<Value> manifests, Output out) {
        manifests.forEach(manifest -> PolicyText.lines(manifest, out::line));
    }

    static void json(List<Value> manifests, Output out) throws IOException {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        try (JsonGenerator json = JsonFactory.builder().build().createGenerator(out.writer())) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setPrettyPrinter(
                    new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
            json.writeStartObject();
            json.writeStringField("apiVersion", "v1");
            json.writeStringField("kind", "List");
            json.writeArrayFieldStart("items");
            for (Value manifest : manifests) {
                write(manifest, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.line("");
    }

    private static void write(Value value, JsonGenerator json) throws IOException {
        switch (value) {
            case Value.Obj obj -> {
                json.writeStartObject();
                for (Map.Entry<String, Value> field : obj.fields().entrySet()) {
                    json.writeFieldName(field.getKey());
                    write(field.getValue(), json);
                }
                json.writeEndObject();
            }
            case Value.Arr arr -> {
                json.writeStartArray();
                for (Value item : arr.values()) {
                    write(item, json);
                }
                json.writeEndArray();
            }
            case Value.Text text -> json.writeString(text.raw());
            case Value.Num num -> json.writeNumber(num.raw());
            case Value.Bool bool -> json.writeBoolean(bool.raw());
            case Value.Null nothing -> json.writeNull();
        }
    }
}
