package io.plimsoll.audit.control;

import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kubernetes.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One case of another tool that a control answers too.
 *
 * @param path in the shared folder
 * @param expected pass or fail
 */
record AgreementCase(Path folder, String path, String source, String check, String expected, Question question) {

    /**
     * How a source's check is asked here.
     *
     * @param says only failures whose message or path holds one of these; all when empty
     */
    record Question(List<String> controls, List<String> says, Map<String, Value> parameters) {}

    /** Every case of the index whose check is mapped. */
    static List<AgreementCase> all(Path folder, Path mapping) throws IOException {
        Map<String, Question> questions = questions(mapping);
        List<AgreementCase> cases = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("index.tsv"))) {
            String[] row = line.split("\t", -1);
            if (!row[3].equals("pass") && !row[3].equals("fail")) {
                continue;
            }
            for (String check : checks(row)) {
                String named = row[1] + " " + check;
                Question question = questions.getOrDefault(
                        named + "@" + row[0].substring(row[0].lastIndexOf('/') + 1), questions.get(named));
                if (question != null) {
                    cases.add(new AgreementCase(folder, row[0], row[1], check, row[3], question));
                }
            }
        }
        return cases;
    }

    /** Its name, and for a policy of one rule that too: {@code policy:rule}. */
    private static List<String> checks(String[] row) {
        List<String> checks = new ArrayList<>(List.of(row[2]));
        if (row[5].startsWith("rules:") && !row[5].contains(";")) {
            checks.add(row[2] + ":" + row[5].substring("rules:".length(), row[5].indexOf('=')));
        }
        return checks;
    }

    private static Map<String, Question> questions(Path mapping) throws IOException {
        Map<String, Question> questions = new HashMap<>();
        List<String> lines = Files.readAllLines(mapping).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        for (String line : lines.subList(1, lines.size())) {
            String[] row = line.split("\t", -1);
            questions.put(
                    row[0] + " " + row[1],
                    new Question(
                            List.of(row[2].split(",")),
                            row[3].isEmpty() ? List.of() : List.of(row[3].split("\\|")),
                            row[4].isEmpty()
                                    ? Map.of()
                                    : Folder.text("{" + row[4] + "}").fields()));
        }
        return questions;
    }

    /** Empty when this build says the same, else what it says. */
    String difference() {
        List<Path> files = files();
        var state = Folder.state(files);
        List<Finding> failures = new ArrayList<>();
        for (String id : question.controls()) {
            CatalogueControl control = ControlCatalogue.builtin().of(id).orElseThrow();
            Map<String, Value> parameters = new HashMap<>(question.parameters());
            parameters.keySet().retainAll(control.parameters().keySet());
            Folder.findings(control, parameters, state).stream()
                    .filter(each -> each.state() == EvidenceState.FAIL && said(each))
                    .forEach(failures::add);
        }
        if (source.equals("kube-linter")) {
            long wanted = Folder.document(folder.resolve(path).resolveSibling("expected.json"))
                    .at("findings")
                    .integer()
                    .orElseThrow();
            return failures.size() == wanted ? "" : failures.size() + " findings, not " + wanted;
        }
        String found = failures.isEmpty() ? "pass" : "fail";
        return found.equals(expected) ? "" : found;
    }

    private boolean said(Finding finding) {
        return question.says().isEmpty()
                || question.says().stream()
                        .anyMatch(word -> finding.message().contains(word)
                                || finding.path().contains(word));
    }

    private List<Path> files() {
        Path at = folder.resolve(path);
        if (!Files.isDirectory(at)) {
            return List.of(at);
        }
        try (Stream<Path> files = Files.list(at.resolve("input"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
