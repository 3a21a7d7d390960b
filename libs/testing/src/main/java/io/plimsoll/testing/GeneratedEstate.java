package io.plimsoll.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Files of the generator of estates, one object a line, as what a cluster serves. */
public final class GeneratedEstate {

    private static final ObjectMapper JSON = new ObjectMapper();

    private GeneratedEstate() {}

    /**
     * Runs the generator of estates, which lies beside the shared cases.
     *
     * @param options as the generator's own help has them, the folder left out
     * @return false where the generator or what runs it is absent
     * @throws IllegalStateException when one of them is absent and {@code CI=true}, or when the generator fails, with what it said
     */
    public static boolean make(Path folder, String... options) throws IOException, InterruptedException {
        Optional<Path> python = Tools.find("python3");
        Optional<Path> generator = Fixtures.folder("manifests")
                .map(manifests -> manifests.resolve("../../tools/estate_gen.py").normalize());
        if (python.isEmpty() || generator.isEmpty()) {
            return false;
        }
        if (!Files.isRegularFile(generator.get())) {
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException("the generator of estates is absent: " + generator.get());
            }
            return false;
        }
        List<String> command = new ArrayList<>(
                List.of(python.get().toString(), generator.get().toString(), "--out", folder.toString()));
        command.addAll(List.of(options));
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the generator of estates failed: " + Files.readString(log));
        }
        return true;
    }

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
