package io.plimsoll.audit.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kernel.EvidenceState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every control's own examples: {@code fail*} has a FAIL, {@code pass*} a PASS and no FAIL, {@code unknown*} an UNKNOWN and neither. */
class ExamplesTest {

    static List<String> ids() {
        return ControlCatalogue.builtin().controls().stream()
                .map(CatalogueControl::id)
                .toList();
    }

    @Test
    void everyFolderIsInTheCatalogue() {
        List<String> folders = Folder.list(Folder.CONTROLS).stream()
                .filter(Files::isDirectory)
                .map(folder -> String.valueOf(folder.getFileName()))
                .toList();
        assertThat(ids()).containsExactlyInAnyOrderElementsOf(folders);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void examplesComeOutAsTheyAreCalled(String id) {
        // Given
        CatalogueControl control = ControlCatalogue.builtin().of(id).orElseThrow();
        List<Path> examples = Folder.examples(id);
        // Then
        assertThat(examples).anyMatch(file -> name(file).startsWith("fail"));
        assertThat(examples).anyMatch(file -> name(file).startsWith("pass"));
        for (Path example : examples) {
            List<Finding> findings = Folder.findings(control, Folder.parameters(id), Folder.state(List.of(example)));
            Set<EvidenceState> states = findings.stream().map(Finding::state).collect(Collectors.toSet());
            assertThat(states)
                    .as(example + ": " + findings)
                    .contains(expected(example))
                    .doesNotContain(name(example).startsWith("fail") ? EvidenceState.WAIVED : EvidenceState.FAIL);
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void failuresSayWhatIsWrongAndWhereToLook(String id) {
        CatalogueControl control = ControlCatalogue.builtin().of(id).orElseThrow();
        for (Path example : Folder.examples(id)) {
            for (Finding finding : Folder.findings(control, Folder.parameters(id), Folder.state(List.of(example)))) {
                if (finding.state() == EvidenceState.FAIL
                        && !finding.object().kind().equals("Cluster")) {
                    assertThat(finding.message()).isNotBlank();
                    assertThat(finding.path()).doesNotStartWith(".");
                    assertThat(finding.source().file()).isEqualTo(example.toString());
                    assertThat(finding.source().line()).isPositive();
                }
            }
        }
    }

    private static EvidenceState expected(Path example) {
        return name(example).startsWith("fail")
                ? EvidenceState.FAIL
                : name(example).startsWith("unknown") ? EvidenceState.UNKNOWN : EvidenceState.PASS;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
