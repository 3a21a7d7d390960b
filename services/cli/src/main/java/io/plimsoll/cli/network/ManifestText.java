package io.plimsoll.cli.network;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.plimsoll.kubernetes.value.Value;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Manifests as text: YAML documents whose texts are always quoted, or one JSON list. */
final class ManifestText {

    private ManifestText() {}

    static void yaml(List<Value> manifests, Output out) {
        for (Value manifest : manifests) {
            out.line("---");
            fields(manifest, "", out);
        }
    }

    private static void fields(Value mapping, String indent, Output out) {
        mapping.fields().forEach((key, value) -> entry(indent + key + ":", indent + "  ", value, out));
    }

    private static void entry(String start, String indent, Value value, Output out) {
        switch (value) {
            case Value.Obj obj -> {
                if (obj.fields().isEmpty()) {
                    out.line(start + " {}");
                } else {
                    out.line(start);
                    fields(obj, indent, out);
                }
            }
            case Value.Arr arr -> {
                if (arr.values().isEmpty()) {
                    out.line(start + " []");
                } else {
                    out.line(start);
                    arr.values().forEach(item -> item(indent, item, out));
                }
            }
            case Value.Text text -> out.line(start + " " + quoted(text.raw()));
            case Value.Num num -> out.line(start + " " + num.raw().toPlainString());
            case Value.Bool bool -> out.line(start + " " + bool.raw());
            case Value.Null nothing -> out.line(start + " null");
        }
    }

    private static void item(String indent, Value item, Output out) {
        if (item instanceof Value.Obj obj && !obj.fields().isEmpty()) {
            boolean first = true;
            for (Map.Entry<String, Value> field : obj.fields().entrySet()) {
                entry(indent + (first ? "- " : "  ") + field.getKey() + ":", indent + "    ", field.getValue(), out);
                first = false;
            }
        } else {
            entry(indent + "-", indent + "  ", item, out);
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
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
