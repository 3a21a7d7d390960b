package io.plimsoll.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** One topic of topics.yaml. */
record Topic(
        String name,
        List<String> key,
        String payload,
        List<String> writer,
        List<String> readers,
        String partitions,
        boolean mark,
        List<String> versionedBy,
        boolean compacted) {

    /** What topics.yaml says that holds for all topics. */
    static Map<?, ?> rules() {
        return (Map<?, ?>) document().get("rules");
    }

    static List<Topic> own() {
        return ((List<?>) document().get("topics")).stream().map(Topic::of).toList();
    }

    static Map<?, ?> document() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            return new Yaml(new SafeConstructor(options)).load(Files.readString(Path.of("topics.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Topic of(Object node) {
        Map<?, ?> topic = (Map<?, ?>) node;
        return new Topic(
                (String) topic.get("name"),
                words(topic, "key"),
                (String) topic.get("payload"),
                words(topic, "writer"),
                words(topic, "readers"),
                String.valueOf(topic.get("partitions")),
                (Boolean) topic.get("mark"),
                words(topic, "versionedBy"),
                (Boolean) topic.get("compacted"));
    }

    private static List<String> words(Map<?, ?> topic, String field) {
        return ((List<?>) topic.get(field)).stream().map(String.class::cast).toList();
    }
}
