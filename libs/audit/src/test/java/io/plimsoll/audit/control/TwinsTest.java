package io.plimsoll.audit.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.audit.control.question.Settings;
import io.plimsoll.audit.version.KubernetesVersion;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A control with a judge and an expression asks one question: both find the same, on every example and every shared case. Compared
 * by the rules of 1.34: from 1.35 on the judge frees pods in a user namespace of their own, and the expression stays as strict as
 * it was.
 */
class TwinsTest {

    private record Twins(CatalogueControl control, Audit java, Audit cel) {
        static Twins of(CatalogueControl control) {
            CatalogueControl byExpression = new CatalogueControl(
                    control.id(),
                    control.title(),
                    control.rationale(),
                    control.severity(),
                    control.severityRule(),
                    control.subject(),
                    control.evidenceClass(),
                    control.kinds(),
                    control.stage(),
                    control.remediation(),
                    control.sentences(),
                    control.mappings(),
                    control.gateControls(),
                    control.parameters(),
                    new Logic("", control.logic().cel()),
                    "",
                    control.source());
            Map<String, Map<String, Value>> parameters = Map.of(control.id(), Folder.parameters(control.id()));
            return new Twins(
                    control,
                    new Audit(List.of(control), parameters, SETTINGS),
                    new Audit(List.of(byExpression), parameters, SETTINGS));
        }
    }

    private static final Settings SETTINGS =
            new Settings(KubernetesVersion.of("1.34"), Folder.SETTINGS.today(), Folder.SETTINGS.versions());

    private static final List<Twins> TWINS = ControlCatalogue.builtin().controls().stream()
            .filter(control ->
                    control.logic().cel().isPresent() && !control.logic().java().isEmpty())
            .map(Twins::of)
            .toList();

    @Test
    void everyExpressionCanBeEvaluated() {
        List<String> faults = new ArrayList<>();
        for (Twins twins : TWINS) {
            ExpressionJudge judge =
                    new ExpressionJudge(twins.control().logic().cel().orElseThrow(), Map.of());
            if (!judge.fault().isEmpty()) {
                faults.add(twins.control().id() + ": " + judge.fault());
            }
        }
        assertThat(faults).isEmpty();
        assertThat(TWINS).hasSizeGreaterThan(70);
    }

    @Test
    void agreeOnEveryExample() {
        List<Path> examples = ControlCatalogue.builtin().controls().stream()
                .flatMap(control -> Folder.examples(control.id()).stream())
                .toList();
        assertThat(differences(examples)).isEmpty();
    }

    @Test
    void agreeOnEverySharedCase() throws IOException {
        Optional<Path> folder = Fixtures.folder("config");
        org.junit.jupiter.api.Assumptions.assumeTrue(
                folder.isPresent(), "the shared cases of configuration audit are not here");
        try (Stream<Path> files = Files.walk(folder.get())) {
            List<Path> manifests = files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*(\\.yaml|\\.yml|/input/[^/]*\\.json)"))
                    .filter(file -> !file.toString().contains("/k8s-cve/"))
                    .filter(file -> !file.toString().endsWith("kyverno-test.yaml"))
                    .sorted()
                    .toList();
            assertThat(manifests).hasSizeGreaterThan(1000);
            assertThat(differences(manifests)).isEmpty();
        }
    }

    /** Where the judge cannot see, nothing is compared: admission never meets such an object. */
    private static List<String> differences(List<Path> files) {
        List<String> differences = new ArrayList<>();
        for (Path file : files) {
            ClusterState state = Folder.state(List.of(file));
            for (Twins twins : TWINS) {
                Map<String, Finding> byJava = findings(twins.java(), state);
                Map<String, Finding> byCel = findings(twins.cel(), state);
                byJava.forEach((object, finding) -> {
                    Finding other = byCel.get(object);
                    boolean same = finding.state() == EvidenceState.UNKNOWN
                            || finding.state() == EvidenceState.NOT_APPLICABLE
                            || other != null && other.state() == finding.state();
                    if (!same) {
                        differences.add(twins.control().id() + " " + file + " " + object + ": " + finding.state() + " "
                                + finding.message() + ", by expression "
                                + (other == null ? "nothing" : other.state() + " " + other.message()));
                    }
                });
            }
        }
        return differences;
    }

    private static Map<String, Finding> findings(Audit audit, ClusterState state) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        audit.run(
                state,
                finding ->
                        findings.put(finding.object() + "@" + finding.source().document(), finding));
        return findings;
    }
}
