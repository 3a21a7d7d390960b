package io.plimsoll.kubernetes.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.plimsoll.kernel.ParserMessage;
import io.plimsoll.kubernetes.value.SharedValues;
import io.plimsoll.kubernetes.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A stream of JSON values, one after another, to {@link Value}s, within the same bounds as YAML. */
final class JsonComposer implements AutoCloseable {

    private final ManifestLimits limits;
    private final Consumer<String> notices;
    private final JsonParser parser;
    private final SharedValues shared = new SharedValues();
    private long objectStart;
    private int values;

    JsonComposer(InputStream in, ManifestLimits limits, Consumer<String> notices) throws IOException {
        this.limits = limits;
        this.notices = notices;
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depthMax())
                        .maxNumberLength(limits.numberCharsMax())
                        .maxStringLength(limits.objectCharsMax())
                        .maxNameLength(50_000)
                        .build())
                .build();
        this.parser = factory.createParser(in);
    }

    /** The next value, or null at the end. */
    @Nullable
    Value next() throws IOException, MalformedDocument {
        try {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return null;
            }
            values = 0;
            objectStart = offset();
            return value(token, 1, false);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new MalformedDocument("not JSON: " + ParserMessage.of(e.getOriginalMessage()), line);
        }
    }

    /** Line of the value read last, one-based. */
    int line() {
        return parser.currentLocation().getLineNr();
    }

    private Value value(JsonToken token, int depth, boolean objectsInside) throws IOException, MalformedDocument {
        int line = parser.currentTokenLocation().getLineNr();
        if (++values > limits.valuesMax()) {
            throw new MalformedDocument("more than " + limits.valuesMax() + " values", line);
        }
        if (offset() - objectStart > limits.objectCharsMax()) {
            throw new MalformedDocument(
                    "an object of more than " + limits.objectCharsMax() + " bytes (the API server's limit)", line);
        }
        return switch (token) {
            case START_OBJECT -> object(line, depth);
            case START_ARRAY -> array(line, depth, objectsInside);
            case VALUE_STRING -> new Value.Text(parser.getText(), line);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(line);
            case VALUE_TRUE -> new Value.Bool(true, line);
            case VALUE_FALSE -> new Value.Bool(false, line);
            case VALUE_NULL -> new Value.Null(line);
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new MalformedDocument("not JSON: unexpected " + token, line);
        };
    }

    private Value number(int line) throws IOException, MalformedDocument {
        BigDecimal number = parser.getDecimalValue();
        if (Math.abs((long) number.scale()) > limits.numberCharsMax()) {
            throw new MalformedDocument("a number with an exponent beyond " + limits.numberCharsMax(), line);
        }
        return new Value.Num(number, line);
    }

    private Value object(int line, int depth) throws IOException, MalformedDocument {
        Map<String, Value> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            int keyLine = parser.currentTokenLocation().getLineNr();
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new MalformedDocument("not JSON: ends inside an object", keyLine);
            }
            if (fields.put(key, value(token, depth + 1, depth == 1 && key.equals("items"))) != null) {
                notices.accept("line " + keyLine + ": key \"" + (key.length() <= 60 ? key : key.substring(0, 60) + "…")
                        + "\" is given twice; the last one counts, strict readers refuse");
            }
        }
        return new Value.Obj(fields, line);
    }

    private Value array(int line, int depth, boolean objectsInside) throws IOException, MalformedDocument {
        List<Value> items = new ArrayList<>();
        JsonToken token;
        while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
            if (token == null) {
                throw new MalformedDocument("not JSON: ends inside an array", line);
            }
            if (objectsInside) {
                objectStart = offset();
                values = 0;
            }
            Value item = value(token, depth + 1, false);
            // A list of a whole cluster is one document: what it holds is made small as it is read.
            items.add(objectsInside ? shared.canonical(item) : item);
        }
        return new Value.Arr(items, line);
    }

    private long offset() {
        return parser.currentLocation().getByteOffset();
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
