package io.plimsoll.sensing.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.plimsoll.kubernetes.value.Value;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON to values, one object at a time, each within a bound: of what is larger only the beginning is kept, and the reader goes on behind it. */
final class ObjectReader implements AutoCloseable {

    /** Largest object read whole, in characters; the API server takes no larger request. */
    static final int OBJECT_CHARS_MAX = 3 << 20;

    private static final int DEPTH_MAX = 100;
    private static final int NUMBER_CHARS_MAX = 400;
    private static final Value DROPPED = new Value.Null(0);

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNumberLength(NUMBER_CHARS_MAX)
                    .maxStringLength(OBJECT_CHARS_MAX)
                    .maxNameLength(50_000)
                    .build())
            .build();

    private final JsonParser parser;
    private long chars;

    ObjectReader(InputStream in) throws IOException {
        this.parser = JSON.createParser(in);
    }

    JsonParser parser() {
        return parser;
    }

    /** The value that begins with the present token, whose measure begins anew. */
    Value next() throws IOException {
        chars = 0;
        return value(parser.currentToken());
    }

    /** Whether the value read last was read whole. */
    boolean whole() {
        return chars <= OBJECT_CHARS_MAX;
    }

    private Value value(JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> text();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> new Value.Bool(true, 0);
            case VALUE_FALSE -> new Value.Bool(false, 0);
            case VALUE_NULL -> DROPPED;
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IOException("not JSON: unexpected " + token);
        };
    }

    private Value text() throws IOException {
        chars += parser.getTextLength();
        return whole() ? new Value.Text(parser.getText(), 0) : DROPPED;
    }

    private Value number() throws IOException {
        chars += parser.getTextLength();
        BigDecimal number = parser.getDecimalValue();
        if (Math.abs((long) number.scale()) > NUMBER_CHARS_MAX) {
            throw new IOException("a number with an exponent beyond " + NUMBER_CHARS_MAX);
        }
        return whole() ? new Value.Num(number, 0) : DROPPED;
    }

    private Value object() throws IOException {
        Map<String, Value> fields = new LinkedHashMap<>();
        while (token() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            chars += key.length() + 4;
            Value value = value(token());
            if (whole()) {
                fields.put(key, value);
            }
        }
        return new Value.Obj(fields, 0);
    }

    private Value array() throws IOException {
        List<Value> items = new ArrayList<>();
        JsonToken token;
        while ((token = token()) != JsonToken.END_ARRAY) {
            chars += 1;
            Value item = value(token);
            if (whole()) {
                items.add(item);
            }
        }
        return new Value.Arr(items, 0);
    }

    JsonToken token() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new EOFException("the answer ends inside an object");
        }
        return token;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
