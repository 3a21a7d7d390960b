package io.plimsoll.scanning.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlFactory;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.plimsoll.kernel.ParserMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Readers of documents, each within {@link #DEPTH_MAX} levels and {@link #NODES_MAX} nodes. Stateless. */
public final class Documents {

    /** Deepest nesting; lock files nest dependencies, hundreds are not real. */
    static final int DEPTH_MAX = 200;
    /** Most nodes of one document. */
    static final int NODES_MAX = 2_000_000;

    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(DEPTH_MAX)
            .maxStringLength(8 << 20)
            .maxNameLength(64 << 10)
            .build();
    /** Comments and trailing commas are met in package.json and deps.json files that tools accept. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(CONSTRAINTS)
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private Documents() {}

    /** Reads JSON in UTF-8, with or without a byte order mark. */
    public static Node json(InputStream in) throws IOException {
        try (JsonParser parser = JSON.createParser(in)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new MalformedDocument("empty, JSON expected");
            }
            Node root = json(parser, first, new int[1]);
            if (parser.nextToken() != null) {
                throw new MalformedDocument("more than one JSON document");
            }
            return root;
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw new MalformedDocument("not JSON"
                    + (place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr()) + ": "
                    + ParserMessage.of(e.getOriginalMessage()));
        }
    }

    private static Node json(JsonParser parser, JsonToken token, int[] count) throws IOException {
        if (++count[0] > NODES_MAX) {
            throw new MalformedDocument("more than " + NODES_MAX + " values");
        }
        switch (token) {
            case START_OBJECT -> {
                Map<String, Node> members = new LinkedHashMap<>();
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    members.put(name, json(parser, parser.nextToken(), count));
                }
                return new Node.Members(members);
            }
            case START_ARRAY -> {
                List<Node> items = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    items.add(json(parser, next, count));
                }
                return new Node.Items(items);
            }
            case VALUE_NULL -> {
                return Node.ABSENT;
            }
            default -> {
                return new Node.Scalar(parser.getText(), true);
            }
        }
    }

    /** Reads YAML: the documents of a file that are mappings, in order. */
    public static List<Node> yaml(InputStream in) throws IOException {
        LoaderOptions bounds = new LoaderOptions();
        bounds.setNestingDepthLimit(DEPTH_MAX);
        bounds.setMaxAliasesForCollections(50);
        bounds.setCodePointLimit(64 << 20);
        bounds.setAllowRecursiveKeys(false);
        // Warned of on standard error otherwise, and a later one standing is what we say.
        bounds.setWarnOnDuplicateKeys(false);
        try {
            List<Node> documents = new ArrayList<>();
            int[] count = new int[1];
            for (Object document :
                    new Yaml(new SafeConstructor(bounds)).loadAll(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                Node node = of(document, count, 0);
                if (node.isMembers()) {
                    documents.add(node);
                }
            }
            return documents;
        } catch (YAMLException e) {
            throw new MalformedDocument("not YAML: " + ParserMessage.of(e.getMessage()));
        }
    }

    /** Reads TOML. */
    public static Node toml(InputStream in) throws IOException {
        try {
            JsonNode tree = TomlFormat.MAPPER.readTree(in);
            return of(tree, new int[1]);
        } catch (JsonProcessingException e) {
            throw new MalformedDocument("not TOML: " + ParserMessage.of(e.getOriginalMessage()));
        }
    }

    private static Node of(@Nullable Object value, int[] count, int depth) throws MalformedDocument {
        if (++count[0] > NODES_MAX || depth > DEPTH_MAX) {
            throw new MalformedDocument("more than " + NODES_MAX + " values or " + DEPTH_MAX + " levels");
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Node> members = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                members.put(String.valueOf(entry.getKey()), of(entry.getValue(), count, depth + 1));
            }
            return new Node.Members(members);
        }
        if (value instanceof Iterable<?> iterable) {
            List<Node> items = new ArrayList<>();
            for (Object item : iterable) {
                items.add(of(item, count, depth + 1));
            }
            return new Node.Items(items);
        }
        return value == null ? Node.ABSENT : new Node.Scalar(value.toString(), true);
    }

    private static Node of(JsonNode value, int[] count) throws MalformedDocument {
        if (++count[0] > NODES_MAX) {
            throw new MalformedDocument("more than " + NODES_MAX + " values");
        }
        if (value.isObject()) {
            Map<String, Node> members = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                members.put(entry.getKey(), of(entry.getValue(), count));
            }
            return new Node.Members(members);
        }
        if (value.isArray()) {
            List<Node> items = new ArrayList<>();
            for (JsonNode item : value) {
                items.add(of(item, count));
            }
            return new Node.Items(items);
        }
        return value.isNull() || value.isMissingNode() ? Node.ABSENT : new Node.Scalar(value.asText(), true);
    }

    /** Apart, so that the format's classes are loaded only when a TOML file is met. */
    private static final class TomlFormat {
        static final TomlMapper MAPPER = new TomlMapper(
                TomlFactory.builder().streamReadConstraints(CONSTRAINTS).build());
    }
}
