package io.plimsoll.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Files of the generator of estates, one object a line, as what a cluster serves. */
public final class GeneratedEstate {

    private static final ObjectMapper JSON = new ObjectMapper();

    private GeneratedEstate() {}

    /**
     * Serves the kinds of the file and puts its objects.
     *
     * @return how many
     */
    public static int fill(KubernetesApi cluster, Path file) throws IOException {
        Set<String> served = new HashSet<>();
        int objects = 0;
        try (Stream<String> lines = Files.lines(file)) {
            for (String line : (Iterable<String>) lines::iterator) {
                JsonNode object = JSON.readTree(line);
                String apiVersion = object.path("apiVersion").asText();
                String kind = object.path("kind").asText();
                if (served.add(apiVersion + " " + kind)) {
                    int slash = apiVersion.indexOf('/');
                    cluster.serve(
                            slash < 0 ? "" : apiVersion.substring(0, slash),
                            apiVersion.substring(slash + 1),
                            kind,
                            plural(kind));
                }
                objects += cluster.put(line) ? 1 : 0;
            }
        }
        return objects;
    }

    private static String plural(String kind) {
        String word = kind.toLowerCase(Locale.ROOT);
        return word.endsWith("s")
                ? word + "es"
                : word.endsWith("y") ? word.substring(0, word.length() - 1) + "ies" : word + "s";
    }
}
