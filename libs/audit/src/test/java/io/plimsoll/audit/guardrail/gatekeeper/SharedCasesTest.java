package io.plimsoll.audit.guardrail.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.audit.guardrail.Engine;
import io.plimsoll.audit.guardrail.Guardrails;
import io.plimsoll.audit.guardrail.Status;
import io.plimsoll.audit.guardrail.Written;
import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The samples of Gatekeeper's own library: files {@code samples__<sample>__constraint.yaml} beside their examples. */
class SharedCasesTest {

    private static final String ENGINE = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: gatekeeper, namespace: gatekeeper-system}
            spec: {template: {spec: {containers: [{name: manager, image: 'openpolicyagent/gatekeeper:v3.18.0'}]}}}
            ---
            apiVersion: syncset.gatekeeper.sh/v1alpha1
            kind: SyncSet
            metadata: {name: shown}
            spec:
              gvks:
                - {group: '', version: v1, kind: Service}
                - {group: apps, version: v1, kind: Deployment}
                - {group: networking.k8s.io, version: v1, kind: Ingress}
                - {group: policy, version: v1, kind: PodDisruptionBudget}
                - {group: storage.k8s.io, version: v1, kind: StorageClass}
            """;

    /** Templates that are not read: one asks who updates, the other is about API versions that are no longer served. */
    private static final Set<String> NOT_READ = Set.of("noupdateserviceaccount", "verify-1");

    /** Named as allowed or not by more than their first words, or belonging to a sample of another name. */
    private static final Set<String> ALLOWED =
            Set.of("example_drop_all.yaml", "example_exempt_image_w_disallowed_tag.yaml");

    private static final Set<String> OF_ANOTHER = Set.of(
            "samples__repo-must-be-openpolicyagent__example_allowed_images.yaml",
            "samples__repo-must-be-openpolicyagent__example_disallowed_images.yaml",
            "samples__repo-must-be-openpolicyagent__example_disallowed_registry_and_repository.yaml");

    private record Sample(Path folder, String prefix, String example) {

        boolean allowed() {
            return example.startsWith("example_allowed") || ALLOWED.contains(example);
        }

        boolean refused() throws IOException {
            Written written = Written.documents(ENGINE);
            for (String file : files()) {
                written.file(folder.resolve(file), "", document -> true);
            }
            Guardrails guardrails = written.guardrails();
            Set<Status> statuses = guardrails.namespaces().stream()
                    .filter(namespace -> !namespace.startsWith("gatekeeper"))
                    .flatMap(namespace -> guardrails.rules(namespace).stream())
                    .filter(rule -> rule.engine() == Engine.GATEKEEPER)
                    .map(rule -> rule.status())
                    .collect(Collectors.toSet());
            assertThat(statuses).as(prefix + example).doesNotContain(Status.NOT_EVALUATED, Status.NOT_BOUND);
            return statuses.contains(Status.CONTRADICTED);
        }

        private List<String> files() throws IOException {
            List<String> files = new ArrayList<>(List.of(prefix + "constraint.yaml", prefix + example));
            for (String name : names(folder)) {
                boolean inventory = name.startsWith(prefix + "example_inventory");
                if (name.endsWith("__template.yaml") || (inventory && belongs(name.substring(prefix.length())))) {
                    files.add(name);
                }
            }
            return files;
        }

        /** Inventories are numbered, and named allowed or disallowed, as their examples are. */
        private boolean belongs(String inventory) {
            String which = inventory.replaceFirst("^example_inventory_?", "").replaceFirst("\\.yaml$", "");
            String mine = example.replaceFirst("^example_", "").replaceFirst("\\.yaml$", "");
            String word = which.startsWith("dis") ? "disallowed" : "allowed";
            char last = which.isEmpty() ? ' ' : which.charAt(which.length() - 1);
            return which.isEmpty()
                    || which.endsWith("storageclass")
                    || (mine.startsWith(word) && (!Character.isDigit(last) || mine.endsWith(String.valueOf(last))));
        }
    }

    @Test
    void agreesWithTheLibraryOnItsOwnExamples() throws IOException {
        Optional<Path> folder = Fixtures.folder("manifests/apps/gatekeeper-library");
        assumeTrue(folder.isPresent(), "the shared cases of Gatekeeper's library are not here");
        List<String> wrong = new ArrayList<>();
        int asked = 0;
        for (Sample sample : samples(folder.get())) {
            asked++;
            if (sample.refused() == sample.allowed()) {
                wrong.add(sample.prefix() + sample.example());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(asked).isGreaterThan(160);
    }

    private static List<Sample> samples(Path folder) throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (String name : names(folder)) {
            String[] parts = name.split("__");
            boolean example =
                    parts.length == 3 && parts[2].startsWith("example_") && !parts[2].startsWith("example_inventory");
            if (example && !OF_ANOTHER.contains(name) && NOT_READ.stream().noneMatch(parts[1]::startsWith)) {
                samples.add(new Sample(folder, parts[0] + "__" + parts[1] + "__", parts[2]));
            }
        }
        return samples;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
