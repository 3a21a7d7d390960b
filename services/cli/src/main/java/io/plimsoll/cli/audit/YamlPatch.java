package io.plimsoll.cli.audit;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Writes one value at one place of a YAML or JSON file and leaves every other character as it is: a scalar is replaced, a
 * missing key is added to the mapping it belongs to, in that mapping's style and indentation. What would need more is not done.
 */
final class YamlPatch {

    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[(\\d+)]|\\['([^']+)']");

    private final String text;
    private final boolean json;

    /** @param json whether keys and texts must be quoted */
    YamlPatch(String text, boolean json) {
        this.text = text;
        this.json = json;
    }

    /**
     * @param document one-based among the documents that are not empty
     * @param kind and {@code name} tell the item where the document is a {@code List}
     * @param path dotted, as findings have it
     * @param value in flow style
     * @return the whole text, changed; empty when it cannot be done without touching more
     */
    Optional<String> set(int document, String kind, String name, String path, String value) {
        Node root = object(document, kind, name);
        if (root == null) {
            return Optional.empty();
        }
        List<Object> steps = steps(path);
        Node here = root;
        for (int i = 0; i < steps.size(); i++) {
            Node next = child(here, steps.get(i));
            if (next == null) {
                return here instanceof MappingNode mapping
                        ? added(mapping, steps.subList(i, steps.size()), value)
                        : Optional.empty();
            }
            here = next;
        }
        boolean plain = here instanceof ScalarNode scalar && index(scalar.getEndMark()) > index(scalar.getStartMark());
        return plain
                ? Optional.of(text.substring(0, index(here.getStartMark()))
                        + quoted(value)
                        + text.substring(index(here.getEndMark())))
                : Optional.empty();
    }

    private @Nullable Node object(int document, String kind, String name) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        int ordinal = 0;
        try {
            for (Node node : new Yaml(options).composeAll(new StringReader(text))) {
                if (node instanceof MappingNode mapping && ++ordinal == document) {
                    return child(mapping, "items") instanceof SequenceNode items ? item(items, kind, name) : mapping;
                }
            }
        } catch (YAMLException e) {
            return null;
        }
        return null;
    }

    private static @Nullable Node item(SequenceNode items, String kind, String name) {
        for (Node each : items.getValue()) {
            Node metadata = child(each, "metadata");
            if (scalar(child(each, "kind")).equals(kind)
                    && metadata != null
                    && scalar(child(metadata, "name")).equals(name)) {
                return each;
            }
        }
        return null;
    }

    private static String scalar(@Nullable Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static List<Object> steps(String path) {
        List<Object> steps = new ArrayList<>();
        Matcher step = STEP.matcher(path);
        while (step.find()) {
            steps.add(
                    step.group(2) != null
                            ? (Object) Integer.valueOf(step.group(2))
                            : step.group(1) != null ? step.group(1) : step.group(3));
        }
        return steps;
    }

    private static @Nullable Node child(Node node, Object step) {
        if (step instanceof Integer index) {
            return node instanceof SequenceNode sequence
                            && index < sequence.getValue().size()
                    ? sequence.getValue().get(index)
                    : null;
        }
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (scalar(tuple.getKeyNode()).equals(step)) {
                    return tuple.getValueNode();
                }
            }
        }
        return null;
    }

    /** Adds the missing keys, in a line of their own where the mapping is a block. */
    private Optional<String> added(MappingNode mapping, List<Object> missing, String value) {
        if (missing.stream().anyMatch(Integer.class::isInstance)) {
            return Optional.empty();
        }
        boolean flow = text.codePointAt(index(mapping.getStartMark())) == '{';
        if (flow) {
            int at = index(mapping.getStartMark()) + 1;
            String rest = mapping.getValue().isEmpty() ? "" : ", ";
            return Optional.of(text.substring(0, at) + flow(missing, value) + rest + text.substring(at));
        }
        if (mapping.getValue().isEmpty()) {
            return Optional.empty();
        }
        int column = mapping.getValue().getFirst().getKeyNode().getStartMark().getColumn();
        int at = afterFirst(mapping);
        String lines = block(missing, value, column);
        boolean atEnd = at == text.length() && !text.endsWith("\n");
        return Optional.of(text.substring(0, at) + (atEnd ? "\n" : "") + lines + text.substring(at));
    }

    /** Where the line after the mapping's first entry begins: its second key's line, or what follows the only one. */
    private int afterFirst(MappingNode mapping) {
        if (mapping.getValue().size() > 1) {
            int key = index(mapping.getValue().get(1).getKeyNode().getStartMark());
            return text.lastIndexOf('\n', key) + 1;
        }
        Node only = mapping.getValue().getFirst().getValueNode();
        int end = index(only.getEndMark());
        if (only instanceof ScalarNode
                || text.codePointBefore(Math.max(1, end)) != '\n' && end < text.length() && text.charAt(end) != ' ') {
            int newline = text.indexOf('\n', end);
            return newline < 0 ? text.length() : newline + 1;
        }
        return text.lastIndexOf('\n', Math.max(0, end - 1)) + 1;
    }

    private String flow(List<Object> missing, String value) {
        StringBuilder written = new StringBuilder();
        for (int i = 0; i < missing.size(); i++) {
            written.append(i == 0 ? "" : "{").append(key(missing.get(i))).append(": ");
        }
        return written.append(quoted(value))
                .append("}".repeat(missing.size() - 1))
                .toString();
    }

    private String block(List<Object> missing, String value, int column) {
        StringBuilder written = new StringBuilder();
        for (int i = 0; i < missing.size(); i++) {
            boolean last = i == missing.size() - 1;
            written.append(" ".repeat(column + 2 * i))
                    .append(key(missing.get(i)))
                    .append(':');
            written.append(last ? " " + quoted(value) : "").append('\n');
        }
        return written.toString();
    }

    private String key(Object name) {
        return json ? "\"" + name + "\"" : String.valueOf(name);
    }

    /** JSON quotes texts; truth values, numbers and lists of texts are alike but for that. */
    private String quoted(String value) {
        if (!json || value.matches("true|false|-?\\d+")) {
            return value;
        }
        return value.startsWith("[") ? value.replaceAll("([A-Za-z][A-Za-z0-9_-]*)", "\"$1\"") : "\"" + value + "\"";
    }

    /** Marks count code points. */
    private int index(Mark mark) {
        return text.offsetByCodePoints(0, mark.getIndex());
    }
}
