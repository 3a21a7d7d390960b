package io.plimsoll.gateway.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** JSON as the report writes it: two blanks, {@code \n}, fields in a fixed order; same values, same bytes. */
public final class JsonText {

    /** Writes one value at the generator's place. */
    public interface Value {
        void write(JsonGenerator json) throws IOException;
    }

    /** Writes one element of a list. */
    public interface Element<T> {
        void write(JsonGenerator json, T element) throws IOException;
    }

    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private JsonText() {}

    public static byte[] of(Value value) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        return written(
                value, new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines), true);
    }

    /** On one line, for events. */
    public static byte[] line(Value value) {
        return written(value, null, false);
    }

    /** A page: {@code items}, and {@code nextPageToken} that is empty on the last page. */
    public static <T> byte[] page(List<T> items, String nextPageToken, Element<T> element) {
        return of(json -> {
            json.writeStartObject();
            items(json, "items", items, element);
            json.writeStringField("nextPageToken", nextPageToken);
            json.writeEndObject();
        });
    }

    static <T> void items(JsonGenerator json, String name, List<T> items, Element<T> element) throws IOException {
        json.writeArrayFieldStart(name);
        for (T item : items) {
            element.write(json, item);
        }
        json.writeEndArray();
    }

    /** Null for the empty text: "has none" in all contracts. */
    static void text(JsonGenerator json, String name, String value) throws IOException {
        if (value.isEmpty()) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, value);
        }
    }

    private static byte[] written(
            Value value,
            com.fasterxml.jackson.core.@org.jspecify.annotations.Nullable PrettyPrinter printer,
            boolean newline) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            if (printer != null) {
                json.setPrettyPrinter(printer);
            }
            value.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (newline) {
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }
}
