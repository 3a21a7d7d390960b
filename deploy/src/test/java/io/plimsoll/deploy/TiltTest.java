package io.plimsoll.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.testing.Fixtures;
import io.plimsoll.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The inner loop's files, by Tilt where it is installed, and evaluated with stand-ins for its functions wherever there is Python 3: what they ask
 * for exists and fits together.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TiltTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ROOT = Fixtures.repository();
    private static final List<String> SERVICES =
            List.of("gateway", "inventory", "config-audit", "network-segmentation", "image-scan", "stage-scoring");

    @TempDir
    static Path work;

    private Map<String, Object> asked = Map.of();

    @BeforeAll
    void evaluate() throws IOException, InterruptedException {
        assumeTrue(Tools.find("python3").isPresent(), "python3 is absent");
        asked = Tree.map(JSON.readValue(evaluated(ROOT.resolve("tilt/Tiltfile")), Map.class));
    }

    private static String evaluated(Path tiltfile) throws IOException, InterruptedException {
        Path chart = work.resolve("chart.json");
        JSON.writeValue(chart.toFile(), Chart.objects(rendered()));
        Path topics = work.resolve("topics.json");
        JSON.writeValue(
                topics.toFile(),
                Chart.objects(Files.readString(ROOT.resolve("api-specs/topics.yaml")))
                        .getFirst());
        return said(
                0,
                Tools.find("python3").orElseThrow().toString(),
                ROOT.resolve("deploy/src/test/resources/tilt/evaluate.py").toString(),
                tiltfile.toString(),
                chart.toString(),
                topics.toString());
    }

    private static String rendered() {
        return Chart.PLIMSOLL.renderFile(ROOT.resolve("tilt/values.yaml"), Map.of());
    }

    @Test
    void tiltItselfReadsIt() throws IOException, InterruptedException {
        assumeTrue(Tools.optional("tilt").isPresent(), "tilt is absent");
        String said = said(
                0,
                Tools.optional("tilt").orElseThrow().toString(),
                "alpha",
                "tiltfile-result",
                "-f",
                ROOT.resolve("tilt/Tiltfile").toString());
        assertThat(said).contains("stage-scoring");
    }

    @Test
    void eachServiceIsBuiltFromItsSourcesAndPutIntoItsContainer() {
        for (String service : SERVICES) {
            Map<String, Object> build = named("builds", "ref", "plimsoll.local/plimsoll/" + service);
            assertThat(Tree.text(build, "args", "SERVICE")).isEqualTo(service);
            assertThat(Tree.texts(build, "only"))
                    .contains("services/" + service + "/target/quarkus-app", "tilt/run.sh");
            assertThat(Tree.list(build, "steps").toString())
                    .isEqualTo("[[sync, " + ROOT.resolve("services/" + service + "/target/quarkus-app")
                            + ", /app], [run, touch /app/changed]]");
            Map<String, Object> command = named("commands", "name", service + ":build");
            assertThat(Tree.texts(command, "cmd")).contains("services/" + service);
            assertThat(Tree.texts(command, "deps"))
                    .contains(
                            ROOT.resolve("services/" + service + "/src/main").toString(),
                            ROOT.resolve("libs/kernel/src/main").toString());
            assertThat(Tree.texts(command, "deps"))
                    .as("what a build writes starts no other build")
                    .noneMatch(each -> each.contains("target"));
        }
    }

    @Test
    void everyResourceIsOneThatIsThereAndWaitsForOnesThatAre() {
        // Given
        Set<String> workloads = new HashSet<>();
        for (Map<String, Object> each : objects()) {
            if (Set.of("Deployment", "Job").contains(Tree.text(each, "kind"))) {
                workloads.add(Tree.text(each, "metadata", "name"));
            }
        }
        Set<String> names = new HashSet<>();
        Set<String> ports = new HashSet<>();
        all("commands")
                .forEach(each -> assertThat(names.add(Tree.text(each, "name"))).isTrue());
        for (Map<String, Object> each : all("resources")) {
            assertThat(names.add(Tree.text(each, "name"))).as(each.toString()).isTrue();
            assertThat(workloads).contains(Tree.text(each, "workload"));
            Tree.list(each, "ports")
                    .forEach(port -> assertThat(ports.add(port.toString().split(":")[0]))
                            .as("a port of this machine, once: %s", port)
                            .isTrue());
        }
        // Then
        assertThat(all("resources")).hasSize(workloads.size());
        for (Map<String, Object> each : all("resources")) {
            assertThat(names)
                    .containsAll(Tree.list(each, "needs").stream()
                            .map(String::valueOf)
                            .toList());
        }
        assertThat(Tree.list(asked, "contexts"))
                .as("only clusters of one's own machine")
                .allMatch(each ->
                        each.toString().startsWith("kind-") || each.toString().startsWith("k3d-"));
    }

    @Test
    void whatPodsNeedIsThere() {
        Set<String> there = objects().stream()
                .map(each -> Tree.text(each, "kind") + "/" + Tree.text(each, "metadata", "namespace") + "/"
                        + Tree.text(each, "metadata", "name"))
                .collect(Collectors.toSet());
        for (String service : SERVICES) {
            assertThat(there).contains("Secret/plimsoll/plimsoll-" + service + "-client");
            if (!service.equals("gateway")) {
                assertThat(there).contains("Secret/plimsoll/plimsoll-" + service + "-database");
            }
        }
        for (String part : List.of("postgresql", "kafka", "keycloak")) {
            assertThat(there).contains("Service/plimsoll-parts/" + part, "Deployment/plimsoll-parts/" + part);
            assertThat(rendered()).contains(part + ".plimsoll-parts.svc");
        }
        assertThat(there).contains("Namespace/null/plimsoll", "Namespace/null/plimsoll-parts");
    }

    @Test
    void theRealmHasTheServicesAndPeopleToTryWith() throws IOException {
        Map<String, Object> secret = objects().stream()
                .filter(each -> Tree.text(each, "metadata", "name").equals("keycloak-realm"))
                .findFirst()
                .orElseThrow();
        Map<String, Object> realm =
                Tree.map(JSON.readValue(Tree.text(secret, "stringData", "plimsoll-realm.json"), Map.class));
        assertThat(Tree.list(realm, "clients").stream().map(each -> Tree.text(each, "clientId")))
                .contains("plimsoll-stage-scoring", "plimsoll-demo");
        assertThat(Tree.list(realm, "users").stream().map(each -> Tree.text(each, "username")))
                .contains("shop-viewer");
        String words = objects().stream()
                .filter(each -> Tree.text(each, "metadata", "name").equals("keycloak"))
                .filter(each -> Tree.text(each, "kind").equals("Secret"))
                .map(Object::toString)
                .findFirst()
                .orElseThrow();
        var open = java.util.regex.Pattern.compile("\\$\\{([A-Z_]+)}")
                .matcher(Tree.text(secret, "stringData", "plimsoll-realm.json"));
        while (open.find()) {
            assertThat(words).contains(open.group(1) + "=");
        }
    }

    @Test
    void whatStarlarkLacksIsSeen() throws IOException, InterruptedException {
        Path wrong = Files.writeString(work.resolve("Tiltfile"), "import os\n");
        String said = said(
                1,
                Tools.find("python3").orElseThrow().toString(),
                ROOT.resolve("deploy/src/test/resources/tilt/evaluate.py").toString(),
                wrong.toString(),
                wrong.toString(),
                wrong.toString());
        assertThat(said).contains("Tiltfile:1: Starlark has no Import");
    }

    @Test
    void aChangeStartsTheServiceAnewAndAnEndIsPassedOn() throws IOException, InterruptedException {
        // Given: a Java that writes down its starts
        Path app = Files.createDirectory(work.resolve("app"));
        Path bin = Files.createDirectory(work.resolve("bin"));
        Path starts = work.resolve("starts");
        Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\necho started >> \"$STARTS\"\nexec sleep 60\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        ProcessBuilder builder =
                new ProcessBuilder("sh", ROOT.resolve("tilt/run.sh").toString()).inheritIO();
        builder.environment()
                .putAll(Map.of(
                        "PATH", bin + ":" + System.getenv("PATH"), "APP", app.toString(), "STARTS", starts.toString()));
        Process process = builder.start();
        try {
            await(starts, 1);
            // A second apart: some file systems keep no more.
            Thread.sleep(1_100);
            Files.writeString(app.resolve("changed"), "");
            await(starts, 2);
        } finally {
            process.destroy();
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
    }

    private static void await(Path starts, int times) throws IOException, InterruptedException {
        for (int tries = 0; tries < 200; tries++) {
            if (Files.exists(starts) && Files.readAllLines(starts).size() >= times) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("not started " + times + " times");
    }

    private List<Map<String, Object>> all(String what) {
        return Tree.list(asked, what).stream().map(Tree::map).toList();
    }

    private Map<String, Object> named(String what, String key, String value) {
        return all(what).stream()
                .filter(each -> Tree.text(each, key).equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + value + " in " + what));
    }

    /** What is applied, written there or in files. */
    private List<Map<String, Object>> objects() {
        return Tree.list(asked, "yaml").stream().flatMap(TiltTest::objects).toList();
    }

    private static Stream<Map<String, Object>> objects(Object yaml) {
        if (yaml instanceof List<?> written) {
            return written.stream().map(Tree::map);
        }
        try {
            return Chart.objects(Files.readString(Path.of(Tree.text(yaml, "file")))).stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String said(int code, String... command) throws IOException, InterruptedException {
        Path output = work.resolve("output");
        Path problems = work.resolve("problems");
        Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectOutput(output.toFile())
                .redirectError(problems.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        String problem = Files.readString(problems, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(problem).isEqualTo(code);
        return code == 0 ? text : problem;
    }
}
