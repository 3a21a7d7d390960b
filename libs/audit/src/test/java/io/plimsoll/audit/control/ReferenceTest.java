package io.plimsoll.audit.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.testing.Fixtures;
import io.plimsoll.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The reference pages are what the controls say: a page that drifts is a failure; {@code -Pgolden} rewrites them. */
class ReferenceTest {

    private static final Path PAGES = Fixtures.repository().resolve("docs/reference/controls");

    @Test
    void everyControlHasItsPage() {
        for (CatalogueControl control : ControlCatalogue.builtin().controls()) {
            Golden.matches(PAGES.resolve(control.id() + ".md"), page(control));
        }
    }

    @Test
    void theIndexListsThemAll() throws IOException {
        Golden.matches(PAGES.resolve("README.md"), index());
        if (!Golden.rewriting()) {
            try (var files = Files.list(PAGES)) {
                assertThat(files.count())
                        .isEqualTo(ControlCatalogue.builtin().controls().size() + 1L);
            }
        }
    }

    private static String index() {
        StringBuilder page = new StringBuilder("# Controls\n\nGenerated from the controls themselves.\n\n");
        page.append("| control | severity | stage | logic | what should be so |\n|---|---|---|---|---|\n");
        for (CatalogueControl control : ControlCatalogue.builtin().controls()) {
            page.append("| [")
                    .append(control.id())
                    .append("](")
                    .append(control.id())
                    .append(".md) | ");
            page.append(control.severity().slug())
                    .append(" | ")
                    .append(control.stage())
                    .append(" | ");
            page.append(logic(control)).append(" | ").append(control.title()).append(" |\n");
        }
        return page.toString();
    }

    private static String logic(CatalogueControl control) {
        boolean java = !control.logic().java().isEmpty();
        boolean cel = control.logic().cel().isPresent();
        return java && cel ? "Java and CEL" : java ? "Java" : "CEL";
    }

    private static String page(CatalogueControl control) {
        StringBuilder page = new StringBuilder();
        page.append("# ")
                .append(control.id())
                .append(": ")
                .append(control.title())
                .append("\n\n");
        page.append("Generated from `controls/").append(control.id()).append("/control.yaml`.\n\n");
        page.append(control.rationale()).append("\n\n");
        page.append("**What to do.** ").append(control.remediation()).append("\n\n");
        page.append("- Severity: ").append(control.severityRule()).append('\n');
        page.append("- Asked of: ").append(String.join(", ", control.kinds())).append('\n');
        page.append("- Absence means: ")
                .append(control.evidenceClass().name().toLowerCase(Locale.ROOT))
                .append('\n');
        page.append("- Stage: ")
                .append(control.stage())
                .append(" (")
                .append(String.join(", ", control.sentences()))
                .append(")\n");
        new TreeMap<>(control.mappings())
                .forEach((framework, ids) -> page.append("- ")
                        .append(framework)
                        .append(": ")
                        .append(String.join(", ", ids))
                        .append('\n'));
        if (!control.gateControls().isEmpty()) {
            page.append("- Gate controls that ask this or part of it: ")
                    .append(String.join(", ", control.gateControls()))
                    .append('\n');
        }
        parameters(control, page);
        control.logic()
                .cel()
                .ifPresent(cel -> page.append("\n## As an expression of admission\n\nOf each ")
                        .append(cel.each().name().toLowerCase(Locale.ROOT))
                        .append(":\n\n```\n")
                        .append(cel.expression().strip())
                        .append("\n```\n"));
        examples(control, page);
        return page.toString();
    }

    private static void parameters(CatalogueControl control, StringBuilder page) {
        if (control.parameters().isEmpty()) {
            return;
        }
        page.append("\n## Parameters\n\n| name | type | default | what it does |\n|---|---|---|---|\n");
        new TreeMap<>(control.parameters())
                .values()
                .forEach(each -> page.append("| ")
                        .append(each.name())
                        .append(" | ")
                        .append(each.type().name().toLowerCase(Locale.ROOT))
                        .append(" | `")
                        .append(Canonical.text(each.standard()).replace("|", "\\|"))
                        .append("` | ")
                        .append(each.description().replace("|", "\\|"))
                        .append(" |\n"));
    }

    private static void examples(CatalogueControl control, StringBuilder page) {
        List<Path> files = Folder.examples(control.id());
        page.append("\n## Examples\n\n");
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            page.append("- [")
                    .append(name)
                    .append("](../../../libs/audit/src/main/resources/io/plimsoll/audit/controls/")
                    .append(control.id())
                    .append("/examples/")
                    .append(name)
                    .append(")\n");
        }
    }
}
