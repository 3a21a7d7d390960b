package io.plimsoll.deploy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A chart of {@code deploy/helm}, linted and rendered by the embedded Helm without a cluster. */
record Chart(String name) {

    static final Chart PLIMSOLL = new Chart("plimsoll");
    static final Chart SENSOR = new Chart("plimsoll-sensor");

    /** One values file of a chart. */
    record Values(Chart chart, String file) {

        String render() {
            return chart.render(file, Map.of());
        }

        @Override
        public String toString() {
            return chart.name() + "/" + file;
        }
    }

    /** Every values file of every chart. */
    static Stream<Values> everyValuesFile() {
        return Stream.of(PLIMSOLL, SENSOR)
                .flatMap(chart -> chart.valuesFiles().stream().map(file -> new Values(chart, file)));
    }

    Path folder() {
        return Fixtures.repository().resolve("deploy/helm").resolve(name);
    }

    /** Values files that come with the chart, by name without suffix. */
    List<String> valuesFiles() {
        try (Stream<Path> files = Files.list(folder().resolve("ci"))) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LintResult lint() {
        return new Helm(folder()).lint().strict().call();
    }

    /** @throws RuntimeException with Helm's message when the values are refused */
    String render(String values, Map<String, ?> set) {
        return renderFile(folder().resolve("ci").resolve(values + ".yaml"), set);
    }

    String renderFile(Path values, Map<String, ?> set) {
        TemplateCommand command = new Helm(folder())
                .template()
                .withName(name)
                .withNamespace(name)
                .withKubeVersion("1.33.0")
                .withValuesFile(values);
        set.forEach(command::set);
        return command.call();
    }

    /** The objects of a rendered text, in its order. */
    static List<Map<String, Object>> objects(String rendered) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        List<Map<String, Object>> objects = new ArrayList<>();
        StreamSupport.stream(
                        new Yaml(new SafeConstructor(strict)).loadAll(rendered).spliterator(), false)
                .forEach(document -> {
                    if (document instanceof Map<?, ?> map) {
                        objects.add(Tree.map(map));
                    }
                });
        return objects;
    }
}
