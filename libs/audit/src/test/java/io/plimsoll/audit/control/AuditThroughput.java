package io.plimsoll.audit.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.audit.control.question.Cluster;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.value.Value;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * How fast audits are, in CPU time of one thread. Not run with the tests, as its name does not end so; run it by
 * {@code ./mvnw -pl libs/audit -am -Dtest=AuditThroughput -Dsurefire.failIfNoSpecifiedTests=false test}. Results are in
 * docs/benchmarks/audit.md.
 */
class AuditThroughput {

    private static final int RESOURCES = 20_000;
    private static final int ROUNDS = 6;

    @Test
    void typedControlsOverAMixedCluster() {
        ClusterState state = mixed(RESOURCES, 10, 3);
        Audit audit = new Audit(ControlCatalogue.builtin().controls(), Folder.SETTINGS);
        int[] findings = new int[1];
        for (int round = 0; round < ROUNDS; round++) {
            findings[0] = 0;
            double seconds = cpu(() -> audit.run(state, finding -> findings[0]++));
            System.out.printf(
                    "typed, mixed cluster of %d resources, %d controls: %.2f s, %.0f resources/s, %d findings%n",
                    RESOURCES, ControlCatalogue.builtin().controls().size(), seconds, RESOURCES / seconds, findings[0]);
        }
        assertThat(findings[0]).isGreaterThan(RESOURCES);
    }

    @Test
    void expressionsOverWorkloads() {
        ClusterState state = mixed(4_000, 10, 10);
        List<CatalogueControl> byExpression = ControlCatalogue.builtin().controls().stream()
                .filter(control ->
                        control.logic().cel().isPresent() && control.kinds().contains("workload"))
                .map(AuditThroughput::expressionAlone)
                .toList();
        double compiled = cpu(() -> new Audit(byExpression, Folder.SETTINGS));
        Audit audit = new Audit(byExpression, Folder.SETTINGS);
        System.out.printf(
                "compiled %d controls in CEL, cold: %.0f ms each%n",
                byExpression.size(), 1000 * compiled / byExpression.size());
        double again = cpu(() -> new Audit(byExpression, Folder.SETTINGS));
        System.out.printf(
                "compiled %d controls in CEL, warm: %.1f ms each%n",
                byExpression.size(), 1000 * again / byExpression.size());
        int[] findings = new int[1];
        for (int round = 0; round < ROUNDS; round++) {
            findings[0] = 0;
            double seconds = cpu(() -> audit.run(state, finding -> findings[0]++));
            System.out.printf(
                    "%d controls in CEL, 4000 workloads: %.2f s, %.0f workloads/s%n",
                    byExpression.size(), seconds, 4_000 / seconds);
        }
        assertThat(findings[0]).isGreaterThan(4_000);
    }

    private static CatalogueControl expressionAlone(CatalogueControl control) {
        return new CatalogueControl(
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
                new Logic("", Optional.of(control.logic().cel().orElseThrow())),
                "",
                control.source());
    }

    /** @param workloads of ten objects, how many run pods */
    private static ClusterState mixed(int resources, int namespaces, int workloads) {
        Value.Obj deployment = (Value.Obj) Folder.document(example("PLM-POD-001", "pass.yaml"));
        List<Value.Obj> others = List.of(
                (Value.Obj) Folder.document(example("PLM-POD-034", "pass.yaml")),
                (Value.Obj) Folder.document(example("PLM-NET-005", "pass.yaml")),
                (Value.Obj) Folder.document(example("PLM-RBAC-002", "pass.yaml")),
                (Value.Obj) Folder.document(example("PLM-RBAC-014", "pass-2.yaml")),
                (Value.Obj) Folder.document(example("PLM-NET-003", "pass.yaml")));
        ClusterStateBuilder builder = new ClusterStateBuilder("bench", ClusterMode.MANIFESTS);
        for (int i = 0; i < resources; i++) {
            Value.Obj body = i % 10 < workloads ? deployment : others.get(i % others.size());
            builder.add(
                    new Document(named(body, i, namespaces), new Source("bench.yaml", i + 1, i + 1)),
                    "",
                    problem -> {});
        }
        return builder.build();
    }

    private static Value.Obj named(Value.Obj body, int i, int namespaces) {
        Map<String, Value> metadata = new LinkedHashMap<>(body.at("metadata").fields());
        metadata.put("name", new Value.Text("n" + i, 1));
        metadata.put("namespace", new Value.Text("ns" + i % namespaces, 1));
        Map<String, Value> fields = new LinkedHashMap<>(body.fields());
        fields.put("metadata", new Value.Obj(metadata, 1));
        return new Value.Obj(fields, 1);
    }

    private static Path example(String id, String name) {
        return Folder.CONTROLS.resolve(id).resolve("examples").resolve(name);
    }

    @Test
    void oneChangedObject() {
        ClusterState state = mixed(RESOURCES, 10, 3);
        ClusterState one = new ClusterState(
                "bench", ClusterMode.MANIFESTS, List.of(state.all("Deployment").getFirst()));
        Audit audit = new Audit(ControlCatalogue.builtin().controls(), Folder.SETTINGS);
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            times.add(cpu(() -> audit.run(new Cluster(one), finding -> {})));
        }
        List<Double> warm = times.subList(1_000, times.size()).stream().sorted().toList();
        System.out.printf(
                "one workload, all controls: median %.2f ms, p99 %.2f ms%n",
                1000 * warm.get(warm.size() / 2), 1000 * warm.get(warm.size() * 99 / 100));
        assertThat(warm).isNotEmpty();
    }

    private static double cpu(Runnable run) {
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        run.run();
        return (threads.getCurrentThreadCpuTime() - before) / 1e9;
    }
}
