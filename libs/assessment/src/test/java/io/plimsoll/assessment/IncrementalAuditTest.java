package io.plimsoll.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.assessment.cluster.ClusterAnalysis;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.memory.KeptMemory;
import io.plimsoll.kubernetes.memory.Memory;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Remembering what was answered never changes an answer, whatever changes: objects of all kinds come, go and are edited, one by one. */
class IncrementalAuditTest {

    private static final int SEEDS = 3;
    private static final int STEPS = 60;
    private static final ClusterContext DECLARED = ClusterContext.silent("test");

    private final ClusterAnalysis analysis = new ClusterAnalysis(StageModel.builtin(), AddOnCatalogue.builtin());

    private static List<Resource> rules() {
        return Manifests.of(text("/incremental/rules.yaml")).resources();
    }

    private static String text(String resource) {
        try (var in = IncrementalAuditTest.class.getResourceAsStream(resource)) {
            return new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Evidence> whole(ClusterState state) {
        return analysis.auditEvidence(analysis.inventory(state, DECLARED));
    }

    private List<Evidence> remembering(ClusterState state, Memory memory) {
        return analysis.auditEvidence(analysis.inventory(state, DECLARED, memory), memory);
    }

    /** What every service makes of an inventory besides. */
    private List<Object> shared(Inventory inventory) {
        return List.of(
                inventory.subjects(),
                inventory.entries(),
                analysis.facts(inventory, analysis.coverage(inventory)),
                analysis.segmentationEvidence(inventory),
                analysis.imageEvidence(inventory));
    }

    private void walk(String name, ClusterMode mode, List<Resource> pool, long seed, int steps) {
        Random random = new Random(seed);
        Edit edit = new Edit(random);
        Map<ResourceId, Resource> present = new TreeMap<>();
        pool.forEach(each -> present.put(each.id(), each));
        KeptMemory memory = new KeptMemory();
        KeptMemory inventories = new KeptMemory();
        for (int step = 0; step < steps; step++) {
            Resource chosen = pool.get(random.nextInt(pool.size()));
            int what = step == 0 ? -1 : random.nextInt(6);
            if (what == 0) {
                present.remove(chosen.id());
            } else if (what == 1) {
                present.put(chosen.id(), chosen);
            } else if (what > 1) {
                Resource base = present.getOrDefault(chosen.id(), chosen);
                Resource edited =
                        new Resource(base.id(), base.version(), edit.of(base.body()), base.source(), base.variants());
                present.put(edited.id(), edited);
            }
            ClusterState state = new ClusterState("test", mode, List.copyOf(present.values()));
            memory.next();
            assertThat(remembering(state, memory))
                    .as("%s, seed %s, step %s: %s", name, seed, step, chosen.id())
                    .isEqualTo(whole(state));
            inventories.next();
            assertThat(shared(analysis.inventory(state, DECLARED, inventories)))
                    .as("%s, seed %s, step %s: %s", name, seed, step, chosen.id())
                    .isEqualTo(shared(analysis.inventory(state, DECLARED)));
        }
    }

    @ParameterizedTest
    @EnumSource(ClusterMode.class)
    void theSameWhateverChangesAmongRules(ClusterMode mode) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            walk("rules", mode, rules(), seed, STEPS);
        }
    }

    /** Without the constraint that compares objects, namespaces are judged by themselves: its memory is another path. */
    @Test
    void theSameWhereRulesLookAtOneNamespaceAlone() {
        List<Resource> pool = rules().stream()
                .filter(each -> !each.kind().equals("K8sUniqueIngressHost"))
                .toList();
        for (long seed = 1; seed <= SEEDS; seed++) {
            walk("rules of one namespace", ClusterMode.LIVE, pool, seed, STEPS);
        }
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(strings = {"E1", "E3", "E5", "X1-tool-rich-practice-poor"})
    void theSameInRealEstates(String estate) throws IOException {
        Optional<Path> folder = Fixtures.folder("manifests/estates/" + estate);
        assumeTrue(folder.isPresent());
        try (Stream<Path> files = Files.walk(folder.get())) {
            List<Path> manifests = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            walk(estate, ClusterMode.MANIFESTS, Manifests.of("test", manifests).resources(), 7, 40);
        }
    }

    /** Counts what is made anew. */
    private static final class Counting implements Memory {
        private final KeptMemory kept = new KeptMemory();
        private final List<String> made = new ArrayList<>();

        @Override
        public <T> T of(String what, Object key, Supplier<T> make, @Nullable Object... from) {
            return kept.of(
                    what,
                    key,
                    () -> {
                        made.add(what + " " + key);
                        return make.get();
                    },
                    from);
        }

        @Override
        public <T> T same(String what, Object key, T value) {
            return kept.same(what, key, value);
        }
    }

    @Test
    void oneWorkloadThatChangesIsAnsweredAgainAloneWithItsNamespace() {
        // Given
        List<Resource> pool = new ArrayList<>(rules().stream()
                .filter(each -> !each.kind().equals("K8sUniqueIngressHost"))
                .toList());
        Counting memory = new Counting();
        remembering(new ClusterState("test", ClusterMode.LIVE, pool), memory);
        assertThat(memory.made).hasSizeGreaterThan(60);
        memory.made.clear();
        // When
        pool.replaceAll(each -> each.kind().equals("Deployment") && each.name().equals("cart")
                ? new Resource(each.id(), each.version(), each.body(), each.source(), each.variants())
                : each);
        remembering(new ClusterState("test", ClusterMode.LIVE, pool), memory);
        // Then
        assertThat(memory.made)
                .as("what is made of one thing; of all of them, their list")
                .allMatch(each -> each.contains("cart")
                        || each.contains("shop/Service/")
                        || each.endsWith(" shop")
                        || each.endsWith(" "));
        assertThat(memory.made)
                .filteredOn(each -> !each.endsWith(" "))
                .contains("guardrails shop")
                .hasSizeLessThan(20);
        // When
        memory.made.clear();
        remembering(new ClusterState("test", ClusterMode.LIVE, pool), memory);
        // Then
        assertThat(memory.made).as("nothing changed").isEmpty();
    }

    @Test
    void onePolicyThatChangesIsAskedAgainAlone() {
        // Given
        List<Resource> pool = new ArrayList<>(rules().stream()
                .filter(each -> !each.kind().equals("K8sUniqueIngressHost"))
                .toList());
        Counting memory = new Counting();
        remembering(new ClusterState("test", ClusterMode.LIVE, pool), memory);
        List<Resource> policies = pool.stream()
                .filter(each -> each.kind().equals("ValidatingAdmissionPolicy"))
                .toList();
        assertThat(policies).hasSizeGreaterThan(1);
        Resource one = policies.getFirst();
        memory.made.clear();
        // When
        pool.replaceAll(each -> each.id().equals(one.id())
                ? new Resource(each.id(), each.version(), each.body(), each.source(), each.variants())
                : each);
        remembering(new ClusterState("test", ClusterMode.LIVE, pool), memory);
        // Then
        assertThat(memory.made)
                .as("in namespaces; the policy itself stands among what is cluster-wide")
                .filteredOn(each -> each.startsWith("rules-of-policy ") || each.startsWith("standings policy "))
                .filteredOn(each -> !each.endsWith(" "))
                .hasSizeGreaterThan(1)
                .allMatch(each -> each.contains(one.name()));
    }

    @Test
    void whatIsGoneIsForgotten() {
        // Given
        KeptMemory memory = new KeptMemory();
        remembering(new ClusterState("test", ClusterMode.LIVE, rules()), memory);
        int full = memory.size();
        List<Resource> one = rules().stream()
                .filter(each -> each.kind().equals("Deployment") && each.name().equals("cart")
                        || each.kind().equals("Service") && each.name().equals("cart"))
                .toList();
        // When
        for (int round = 0; round < 2; round++) {
            memory.next();
            remembering(new ClusterState("test", ClusterMode.LIVE, one), memory);
        }
        memory.next();
        // Then
        assertThat(memory.size()).isLessThan(40).isLessThan(full / 3);
    }
}
