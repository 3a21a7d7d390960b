package io.plimsoll.kubernetes.manifest;

import io.plimsoll.kubernetes.value.SharedValues;
import io.plimsoll.kubernetes.value.Value;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * One YAML document to a {@link Value}, from parser events: no object is ever constructed from a tag, an alias shares the
 * value it names, and every bound is checked while reading.
 */
final class YamlComposer {

    private static final Set<String> CORE_TAGS = Set.of(
            "tag:yaml.org,2002:str",
            "tag:yaml.org,2002:int",
            "tag:yaml.org,2002:float",
            "tag:yaml.org,2002:bool",
            "tag:yaml.org,2002:null",
            "tag:yaml.org,2002:map",
            "tag:yaml.org,2002:seq",
            "tag:yaml.org,2002:binary",
            "tag:yaml.org,2002:timestamp",
            "!");
    private static final String STRING_TAG = "tag:yaml.org,2002:str";

    private record Anchored(Value value, int size) {}

    private final ManifestLimits limits;
    private final int lineOffset;
    private final Consumer<String> notices;
    private final ScalarResolver scalars;
    private final Parser parser;
    private final SharedValues shared = new SharedValues();
    private final Map<String, Anchored> anchors = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private int aliases;
    private int values;
    private int objectStart;

    private YamlComposer(String text, int firstLine, ManifestLimits limits, Consumer<String> notices) {
        this.limits = limits;
        this.lineOffset = firstLine;
        this.notices = notices;
        this.scalars = new ScalarResolver(limits.numberCharsMax());
        LoaderOptions options = new LoaderOptions();
        // The object bound below is ours and knows Lists; the library's would count the whole document.
        options.setCodePointLimit(Integer.MAX_VALUE);
        this.parser = new ParserImpl(new StreamReader(new StringReader(text)), options);
    }

    /**
     * @param firstLine one-based line of the text's first line in its file
     * @param notices takes what is odd but harmless, a sentence each
     * @return the document, or null when there is nothing in it
     */
    static @Nullable Value compose(String text, int firstLine, ManifestLimits limits, Consumer<String> notices)
            throws MalformedDocument {
        try {
            return new YamlComposer(text, firstLine, limits, notices).document();
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            String problem = e.getProblem() == null ? "not YAML" : e.getProblem();
            throw new MalformedDocument("not YAML: " + problem.strip(), mark == null ? 0 : mark.getLine() + firstLine);
        } catch (YAMLException e) {
            throw new MalformedDocument(
                    "not YAML: "
                            + Optional.ofNullable(e.getMessage())
                                    .orElse("unreadable")
                                    .lines()
                                    .findFirst()
                                    .orElse(""),
                    0);
        }
    }

    private @Nullable Value document() throws MalformedDocument {
        parser.getEvent();
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            return null;
        }
        parser.getEvent();
        Value root = value(1, false);
        parser.getEvent();
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            throw new MalformedDocument("more than one document where one was expected", lineOf(parser.peekEvent()));
        }
        return root;
    }

    private Value value(int depth, boolean objectsInside) throws MalformedDocument {
        Event event = parser.getEvent();
        bound(event, depth);
        if (event instanceof AliasEvent alias) {
            return aliased(alias);
        }
        String anchor = event instanceof NodeEvent node ? node.getAnchor() : null;
        int before = values;
        if (anchor != null) {
            open.add(anchor);
        }
        Value value =
                switch (event) {
                    case ScalarEvent scalar -> scalar(scalar);
                    case SequenceStartEvent start -> sequence(start, depth, objectsInside);
                    case MappingStartEvent start -> mapping(start, depth);
                    default -> throw new MalformedDocument("unexpected " + event.getEventId(), lineOf(event));
                };
        if (anchor != null) {
            open.remove(anchor);
            anchors.put(anchor, new Anchored(value, Math.max(1, values - before)));
        }
        return value;
    }

    private void bound(Event event, int depth) throws MalformedDocument {
        if (depth > limits.depthMax()) {
            throw new MalformedDocument("nested deeper than " + limits.depthMax(), lineOf(event));
        }
        count(1, event);
        if (event.getEndMark().getIndex() - objectStart > limits.objectCharsMax()) {
            throw new MalformedDocument(
                    "an object of more than " + limits.objectCharsMax() + " characters (the API server's limit)",
                    lineOf(event));
        }
    }

    private void count(int more, Event event) throws MalformedDocument {
        values += more;
        if (values > limits.valuesMax()) {
            throw new MalformedDocument("more than " + limits.valuesMax() + " values", lineOf(event));
        }
    }

    private Value aliased(AliasEvent alias) throws MalformedDocument {
        Anchored anchored = anchors.get(alias.getAnchor());
        if (anchored == null || open.contains(alias.getAnchor())) {
            String what = open.contains(alias.getAnchor()) ? "refers to itself" : "names no anchor";
            throw new MalformedDocument("alias *" + alias.getAnchor() + " " + what, lineOf(alias));
        }
        if (anchored.value() instanceof Value.Obj || anchored.value() instanceof Value.Arr) {
            aliases++;
            if (aliases > limits.aliasesMax()) {
                throw new MalformedDocument(
                        "more than " + limits.aliasesMax() + " aliases of collections", lineOf(alias));
            }
        }
        count(anchored.size(), alias);
        return anchored.value();
    }

    private Value scalar(ScalarEvent event) throws MalformedDocument {
        int line = lineOf(event);
        String tag = event.getTag();
        checkTag(tag, line);
        if (event.getScalarStyle() != ScalarStyle.PLAIN || STRING_TAG.equals(tag) || "!".equals(tag)) {
            return new Value.Text(event.getValue(), line);
        }
        return scalars.resolve(event.getValue(), line);
    }

    private Value sequence(SequenceStartEvent start, int depth, boolean objectsInside) throws MalformedDocument {
        checkTag(start.getTag(), lineOf(start));
        List<Value> items = new ArrayList<>();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            if (objectsInside) {
                objectStart = parser.peekEvent().getStartMark().getIndex();
            }
            Value item = value(depth + 1, false);
            // A list of a whole cluster is one document: what it holds is made small as it is read.
            items.add(objectsInside ? shared.canonical(item) : item);
        }
        parser.getEvent();
        return new Value.Arr(items, lineOf(start));
    }

    private Value mapping(MappingStartEvent start, int depth) throws MalformedDocument {
        checkTag(start.getTag(), lineOf(start));
        Map<String, Value> fields = new LinkedHashMap<>();
        List<Value> merged = new ArrayList<>();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Event keyEvent = parser.getEvent();
            bound(keyEvent, depth);
            String key = keyOf(keyEvent);
            boolean plain = keyEvent instanceof ScalarEvent scalar && scalar.getScalarStyle() == ScalarStyle.PLAIN;
            // Each item of a top-level `items` is an object of its own, with the object bound of its own.
            Value value = value(depth + 1, depth == 1 && key.equals("items"));
            if (plain && key.equals("<<")) {
                merged.add(value);
            } else if (fields.put(key, value) != null) {
                notices.accept("line " + lineOf(keyEvent) + ": key \"" + shorten(key)
                        + "\" is given twice; the last one counts, strict readers refuse");
            }
        }
        parser.getEvent();
        for (Value more : merged) {
            merge(fields, more, lineOf(start));
        }
        return new Value.Obj(fields, lineOf(start));
    }

    /** YAML 1.1 merge key: what is written here wins over what is merged. */
    private static void merge(Map<String, Value> fields, Value more, int line) throws MalformedDocument {
        switch (more) {
            case Value.Obj obj -> obj.fields().forEach(fields::putIfAbsent);
            case Value.Arr arr -> {
                for (Value each : arr.values()) {
                    if (!(each instanceof Value.Obj)) {
                        throw new MalformedDocument("a merge key takes mappings only", line);
                    }
                    merge(fields, each, line);
                }
            }
            case Value.Text text -> throw new MalformedDocument("a merge key takes mappings only", line);
            case Value.Num num -> throw new MalformedDocument("a merge key takes mappings only", line);
            case Value.Bool bool -> throw new MalformedDocument("a merge key takes mappings only", line);
            case Value.Null nothing -> {}
        }
    }

    private String keyOf(Event event) throws MalformedDocument {
        if (event instanceof ScalarEvent scalar) {
            checkTag(scalar.getTag(), lineOf(event));
            if (scalar.getAnchor() != null) {
                anchors.put(scalar.getAnchor(), new Anchored(new Value.Text(scalar.getValue(), lineOf(event)), 1));
            }
            return scalar.getValue();
        }
        if (event instanceof AliasEvent alias && aliased(alias) instanceof Value.Text text) {
            return text.raw();
        }
        throw new MalformedDocument("a key that is no text", lineOf(event));
    }

    private static void checkTag(@Nullable String tag, int line) throws MalformedDocument {
        if (tag != null && !CORE_TAGS.contains(tag)) {
            throw new MalformedDocument("tag " + shorten(tag) + " is not allowed", line);
        }
    }

    private int lineOf(Event event) {
        return event.getStartMark().getLine() + lineOffset;
    }

    private static String shorten(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
