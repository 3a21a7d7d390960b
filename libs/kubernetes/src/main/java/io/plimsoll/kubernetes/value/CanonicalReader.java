package io.plimsoll.kubernetes.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.plimsoll.kubernetes.value.SharedValues.Node;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Canonical texts, as {@link Canonical#text} writes them, back to values of which equal ones are mostly one instance, see
 * {@link SharedValues}: the records of a cluster say the same few things over and over. Not safe for use by two threads at once.
 */
public final class CanonicalReader {

    /** As deep as a manifest may be, and one more for what a record adds. */
    private static final int DEPTH_MAX = 101;
    /** Longer than any record: what holds it has a bound of its own. */
    private static final int TEXT_CHARS_MAX = 8 << 20;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxStringLength(TEXT_CHARS_MAX)
                    .maxNameLength(TEXT_CHARS_MAX)
                    .build())
            .build();

    private final SharedValues values = new SharedValues();
    /** Fields and items of the collections that are being read, one upon the other. */
    private String[] names = new String[64];

    private Node[] nodes = new Node[64];
    private int top;

    /**
     * @param lines the line of each value that stands on another than the value before it, by its JSON pointer, in the order of the text; nothing
     *     before the first is on any line
     * @throws IllegalArgumentException when it is not one JSON value
     */
    public Value read(InputStream json, Map<String, Integer> lines) {
        Lines at = lines.isEmpty()
                ? Lines.NONE
                : lines.size() == 1 && lines.containsKey("") ? new Lines(lines.get("")) : new Followed(lines);
        try (JsonParser parser = JSON.createParser(json)) {
            top = 0;
            Value value = value(parser, parser.nextToken(), at).value();
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("more than one value");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot be read: " + e.getMessage(), e);
        }
    }

    private Node value(JsonParser parser, @Nullable JsonToken token, Lines at) throws IOException {
        int line = at.here();
        return switch (token) {
            case START_OBJECT -> object(parser, at, line);
            case START_ARRAY -> array(parser, at, line);
            case VALUE_STRING -> values.text(parser.getText(), line);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                values.number(new Value.Num(parser.getDecimalValue(), line), line);
            case VALUE_TRUE -> values.bool(true, line);
            case VALUE_FALSE -> values.bool(false, line);
            case VALUE_NULL -> values.nothing(line);
            case null -> throw new IllegalArgumentException("ends where a value is expected");
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalArgumentException("unexpected " + token);
        };
    }

    private Node object(JsonParser parser, Lines at, int line) throws IOException {
        int from = top;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = values.text(parser.currentName());
            if (top > from && names[top - 1].compareTo(name) >= 0) {
                throw new IllegalArgumentException("not canonical: " + name + " is not behind " + names[top - 1]);
            }
            at.enter(name);
            Node field = value(parser, parser.nextToken(), at);
            at.leave();
            push(name, field);
        }
        String[] ofObject = Arrays.copyOfRange(names, from, top);
        Node[] fields = Arrays.copyOfRange(nodes, from, top);
        top = from;
        return values.mapping(ofObject, fields, line);
    }

    private Node array(JsonParser parser, Lines at, int line) throws IOException {
        int from = top;
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            at.enter(top - from);
            Node item = value(parser, next, at);
            at.leave();
            push("", item);
        }
        Node[] items = Arrays.copyOfRange(nodes, from, top);
        top = from;
        return values.sequence(items, line);
    }

    private void push(String name, Node node) {
        if (top == nodes.length) {
            names = Arrays.copyOf(names, top * 2);
            nodes = Arrays.copyOf(nodes, top * 2);
        }
        names[top] = name;
        nodes[top++] = node;
    }

    /** Which line what is read stands on: one for all of it. */
    private static class Lines {

        static final Lines NONE = new Lines(0);

        private final int line;

        Lines(int line) {
            this.line = line;
        }

        int here() {
            return line;
        }

        void enter(String key) {}

        void enter(int index) {}

        void leave() {}
    }

    /** Several lines, so that the reader's path has to be followed. */
    private static final class Followed extends Lines {

        private final Map<String, Integer> lines;
        private final StringBuilder path = new StringBuilder();
        private final List<Integer> lengths = new ArrayList<>();
        private int last;

        Followed(Map<String, Integer> lines) {
            super(0);
            this.lines = lines;
        }

        @Override
        int here() {
            last = lines.getOrDefault(path.toString(), last);
            return last;
        }

        @Override
        void enter(String key) {
            lengths.add(path.length());
            path.append('/').append(Pointer.escaped(key));
        }

        @Override
        void enter(int index) {
            lengths.add(path.length());
            path.append('/').append(index);
        }

        @Override
        void leave() {
            path.setLength(lengths.removeLast());
        }
    }
}
