package io.plimsoll.segmentation.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of {@code src/test/resources/spec}: comments, then manifests laid beside {@link #TOWN}. The first comment names the
 * specification, the second has its sentence, verbatim in quotes or "In short:"; the others say what must come out, one of
 *
 * <pre>
 * probe SOURCE DESTINATION PROTOCOL PORT allow|deny|unknown
 * way DOOR OBJECT WORKLOAD PORTS [internal] [hidden] [by CONTROLLER]     (all of them, where there is one)
 * no way
 * brought WORKLOAD PORTS|nothing
 * problem OBJECT PATH                                                    (all of them)
 * partial KIND                                                           (all of them)
 * option host-network pod
 * </pre>
 */
record SpecCase(String name, String manifests, List<String> says) {

    /** shop/web (tier gold, port api 8080) and shop/db (port api 5432) of team a, ops/watch of team b. */
    static final String TOWN = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop, labels: {team: a}}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: ops, labels: {team: b}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop, labels: {app: web, tier: gold}}
            spec: {containers: [{name: main, ports: [{name: api, containerPort: 8080}]}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: db, namespace: shop, labels: {app: db}}
            spec: {containers: [{name: main, ports: [{name: api, containerPort: 5432}]}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: watch, namespace: ops, labels: {app: watch}}
            spec: {containers: [{name: main}]}
            """;

    /** All of them, by name. */
    static List<SpecCase> all() {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/spec"))) {
            List<SpecCase> cases = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                String text = Files.readString(file);
                List<String> says = text.lines()
                        .filter(line -> line.startsWith("# "))
                        .map(line -> line.substring(2))
                        .toList();
                cases.add(new SpecCase(file.getFileName().toString().replace(".yaml", ""), TOWN + text, says));
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands behind a word, line by line; the source and its sentence are no such lines. */
    List<String> lines(String word) {
        return says.stream()
                .skip(2)
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1))
                .sorted()
                .toList();
    }

    boolean says(String line) {
        return says.contains(line);
    }

    @Override
    public String toString() {
        return name;
    }
}
