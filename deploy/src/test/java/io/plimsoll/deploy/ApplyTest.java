package io.plimsoll.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What asks more of a chart than Helm 3 does: Argo CD and Flux render without a cluster and compare what they rendered; Helm 4 applies on the server's
 * side, waits for what it applied by the status that each kind has, takes versions by the letter of SemVer and knows charts of {@code apiVersion} v2 and
 * later alone.
 */
class ApplyTest {

    /** Functions whose answer is another each time, in each place or on each machine. */
    private static final Pattern UNSTEADY =
            Pattern.compile("\\b(lookup|rand(?:Alpha|AlphaNum|Ascii|Numeric|Bytes|Int)|shuffle|uuidv4|now|ago|date"
                    + "|gen(?:PrivateKey|CA|CAWithKey|SelfSignedCert|SelfSignedCertWithKey|SignedCert|SignedCertWithKey)"
                    + "|htpasswd|bcrypt|derivePassword|encryptAES|getHostByName|env|expandenv)\\b");

    private static final Pattern ACTION = Pattern.compile("\\{\\{(?!-?\\s*/\\*).*?\\}\\}", Pattern.DOTALL);
    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

    /** As semver.org gives it. */
    private static final Pattern STRICT =
            Pattern.compile("(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?");

    static Stream<Chart> charts() {
        return Stream.of(Chart.PLIMSOLL, Chart.SENSOR);
    }

    @ParameterizedTest
    @MethodSource("charts")
    void noTemplateAsksWhatIsAnotherEachTime(Chart chart) throws IOException {
        List<String> unsteady = new ArrayList<>();
        try (Stream<Path> templates = Files.list(chart.folder().resolve("templates"))) {
            for (Path template : templates.sorted().toList()) {
                unsteady(Files.readString(template)).forEach(name -> unsteady.add(template.getFileName() + " " + name));
            }
        }
        assertThat(unsteady).isEmpty();
    }

    @Test
    void whatIsAnotherEachTimeIsSeen() {
        assertThat(unsteady("a: {{ randAlphaNum 8 }}\nb: {{- if (lookup \"v1\" \"Secret\" \"a\" \"b\") }}"))
                .containsExactly("randAlphaNum", "lookup");
        assertThat(unsteady("env: {{ printf \"now of %s\" .Values.env }}{{/* now */}}{{ $v.env }}"))
                .isEmpty();
    }

    private static List<String> unsteady(String template) {
        List<String> found = new ArrayList<>();
        ACTION.matcher(template)
                .results()
                .forEach(action -> UNSTEADY.matcher(TEXT.matcher(action.group())
                                .replaceAll("")
                                .replaceAll("[.$]\\w+(?:\\.\\w+)*|\\.\\w+", ""))
                        .results()
                        .forEach(name -> found.add(name.group())));
        return found;
    }

    @ParameterizedTest
    @MethodSource("charts")
    void isAChartByTheLetter(Chart chart) throws IOException {
        Map<String, Object> said = Chart.objects(Files.readString(chart.folder().resolve("Chart.yaml")))
                .getFirst();
        assertThat(Set.of(
                        "apiVersion",
                        "name",
                        "description",
                        "type",
                        "version",
                        "appVersion",
                        "kubeVersion",
                        "keywords"))
                .as("fields that both know")
                .containsAll(said.keySet());
        assertThat(Tree.text(said, "apiVersion")).isEqualTo("v2");
        assertThat(Tree.text(said, "version")).matches(STRICT);
        assertThat(Tree.text(said, "appVersion")).matches(STRICT);
        assertThat(chart.folder().resolve("charts")).as("nothing is bundled").doesNotExist();
        assertThat(chart.folder().resolve("crds"))
                .as("no definition is left behind by an upgrade")
                .doesNotExist();
        assertThat(Fixtures.repository().resolve("deploy/helm/" + chart.name() + "/plugin.yaml"))
                .doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("io.plimsoll.deploy.Chart#everyValuesFile")
    void nothingRunsBesideTheObjectsThemselves(Chart.Values values) {
        for (Map<String, Object> each : Chart.objects(values.render())) {
            String name = Tree.text(each, "kind") + "/" + Tree.text(each, "metadata", "name");
            assertThat(under(under(each, "metadata"), "annotations").keySet())
                    .as("%s: no hook, which Argo CD and Flux run otherwise than Helm", name)
                    .noneMatch(key -> key.startsWith("helm.sh/"));
            assertThat(each).as("%s: what the server owns", name).doesNotContainKey("status");
            assertThat(under(each, "metadata"))
                    .as("%s: what the server owns", name)
                    .doesNotContainKeys("uid", "resourceVersion", "creationTimestamp", "managedFields", "generation");
            assertThat(absent(each, name))
                    .as("a null takes a field away from whoever owns it")
                    .isEmpty();
        }
    }

    private static Map<String, Object> under(Map<String, Object> object, String field) {
        Object value = object.get(field);
        return value == null ? Map.of() : Tree.map(value);
    }

    private static List<String> absent(Object value, String path) {
        List<String> found = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object each : list) {
                found.addAll(absent(each, path + "[]"));
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> {
                if (each == null) {
                    found.add(path + "." + key);
                }
                found.addAll(absent(each, path + "." + key));
            });
        }
        return found;
    }
}
