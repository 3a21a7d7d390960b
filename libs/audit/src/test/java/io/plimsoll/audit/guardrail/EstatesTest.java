package io.plimsoll.audit.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Real applications under an imported library: it earns what reality obeys, and nothing where nobody keeps it. */
class EstatesTest {

    @Test
    void anEstateOfStageFiveHasNumerousRulesInForceInEachApplication() throws IOException {
        Map<String, Guardrails> clusters = clusters("E5", document -> true);
        for (String namespace : new String[] {"eu1/shop", "eu1/bank", "us1/sock-shop", "us1/kafka", "us1/bookinfo"}) {
            assertThat(effective(clusters, namespace)).as(namespace).isGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void theSameEstateWithoutItsPoliciesHasFew() throws IOException {
        Map<String, Guardrails> clusters = clusters("E5", EstatesTest::isNoPolicy);
        for (String namespace : new String[] {"eu1/shop", "eu1/bank", "us1/sock-shop", "us1/kafka", "us1/bookinfo"}) {
            assertThat(effective(clusters, namespace)).as(namespace).isLessThanOrEqualTo(5);
        }
    }

    @Test
    void toolsWithoutRulesEarnNothing() throws IOException {
        Map<String, Guardrails> clusters = clusters("X1-tool-rich-practice-poor", document -> true);
        assertThat(effective(clusters, "prod/default")).isZero();
    }

    private static boolean isNoPolicy(Document document) {
        String group = document.body().text("apiVersion");
        String kind = document.body().text("kind");
        return !kind.startsWith("ValidatingAdmissionPolicy") && !group.startsWith("constraints.gatekeeper.sh");
    }

    private static int effective(Map<String, Guardrails> clusters, String namespace) {
        String[] parts = namespace.split("/");
        return Objects.requireNonNull(clusters.get(parts[0]), namespace)
                .effectiveIntents(parts[1])
                .size();
    }

    /** Lines of {@code files.tsv}: cluster, default namespace, file. */
    private static Map<String, Guardrails> clusters(String estate, Predicate<Document> wanted) throws IOException {
        Optional<Path> folder = Fixtures.folder("manifests");
        assumeTrue(folder.isPresent(), "the shared manifests are not here");
        Map<String, Written> written = new TreeMap<>();
        for (String line : Files.readAllLines(folder.get().resolve("estates/" + estate + "/files.tsv"))) {
            String[] row = line.split("\t", -1);
            if (!row[0].equals("cluster")) {
                written.computeIfAbsent(row[0], cluster -> Written.documents())
                        .file(folder.get().resolve(row[2]), row[1], wanted);
            }
        }
        Map<String, Guardrails> clusters = new TreeMap<>();
        written.forEach((cluster, each) -> clusters.put(cluster, each.guardrails()));
        return clusters;
    }
}
