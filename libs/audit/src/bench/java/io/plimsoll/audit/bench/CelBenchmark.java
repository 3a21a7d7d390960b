package io.plimsoll.audit.bench;

import io.plimsoll.audit.cel.TargetVersion;
import io.plimsoll.audit.export.Exportable;
import io.plimsoll.audit.export.Exportables;
import io.plimsoll.audit.export.PolicyDocument;
import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.cel.PolicyEffects;
import io.plimsoll.audit.guardrail.cel.Programs;
import io.plimsoll.audit.guardrail.review.ResourceNames;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.audit.podsecurity.Version;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.kubernetes.value.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * How fast admission policies are compiled and evaluated: {@code ./mvnw -Pbench -pl libs/audit test}. Every exported control is
 * asked of generated Deployments of three containers with thirty variables each, by as many threads as are given by
 * {@code -Dbench.threads} (2), {@code -Dbench.objects} (2,000) objects, {@code -Dbench.rounds} (8) times; the last round
 * counts. CPU seconds stand beside wall time, because machines are shared.
 */
class CelBenchmark {

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final String GROUP = "admissionregistration.k8s.io";

    private record Bound(Resource policy, Resource binding, int validations) {}

    @Test
    void measure() throws Exception {
        List<Bound> policies = policies();
        compile(policies);
        evaluate(policies);
    }

    private static void compile(List<Bound> policies) throws IOException {
        ClusterState one = state(1);
        var scopes = scopes(one);
        for (int round = 1; round <= 8; round++) {
            List<Double> wall = new ArrayList<>();
            List<Double> cpu = new ArrayList<>();
            for (Bound bound : policies) {
                // Other texts in each pass: only what policies of one pass have in common is compiled once.
                Bound each = spaced(bound, round);
                Programs programs = new Programs(new ResourceNames(one), TargetVersion.NEWEST);
                long before = CPU.getCurrentThreadCpuTime();
                long start = System.nanoTime();
                PolicyEffects.of(each.policy(), each.binding(), one, scopes, programs);
                wall.add((System.nanoTime() - start) / 1e6);
                cpu.add((CPU.getCurrentThreadCpuTime() - before) / 1e6);
            }
            print("pass " + round + ": compile one policy and ask one object, ms: median %.1f, most %.1f", wall);
            print("pass " + round + ": the same, CPU ms: median %.1f, most %.1f", cpu);
        }
    }

    private static Bound spaced(Bound bound, int spaces) {
        Resource policy = bound.policy();
        Value body = spaced(policy.body(), "", " ".repeat(spaces));
        return new Bound(
                new Resource(policy.id(), policy.version(), body, policy.source(), policy.variants()),
                bound.binding(),
                bound.validations());
    }

    private static Value spaced(Value value, String key, String spaces) {
        return switch (value) {
            case Value.Obj object -> {
                Map<String, Value> fields = new LinkedHashMap<>();
                object.fields().forEach((name, field) -> fields.put(name, spaced(field, name, spaces)));
                yield new Value.Obj(fields, object.line());
            }
            case Value.Arr list ->
                new Value.Arr(
                        list.items().stream()
                                .map(item -> spaced(item, key, spaces))
                                .toList(),
                        list.line());
            case Value.Text text when key.equals("expression") -> new Value.Text(text.raw() + spaces, text.line());
            default -> value;
        };
    }

    private static void evaluate(List<Bound> policies) throws Exception {
        int threads = Integer.getInteger("bench.threads", 2);
        int objects = Integer.getInteger("bench.objects", 2_000);
        int rounds = Integer.getInteger("bench.rounds", 8);
        long validations = policies.stream().mapToLong(Bound::validations).sum();
        List<ClusterState> states = new ArrayList<>();
        List<Programs> programs = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            ClusterState state = state(objects / threads);
            states.add(state);
            programs.add(new Programs(new ResourceNames(state), TargetVersion.NEWEST));
        }
        for (int round = 1; round <= rounds; round++) {
            AtomicLong cpu = new AtomicLong();
            AtomicLong refusals = new AtomicLong();
            AtomicLong asked = new AtomicLong();
            List<Thread> running = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < threads; i++) {
                ClusterState state = states.get(i);
                Programs own = programs.get(i);
                running.add(Thread.ofPlatform().start(() -> {
                    long before = CPU.getCurrentThreadCpuTime();
                    // As at admission: the Deployments are asked, not the pods that they make later.
                    var scopes = objectsOnly(state);
                    for (Bound each : policies) {
                        var effect = PolicyEffects.of(each.policy(), each.binding(), state, scopes, own);
                        refusals.addAndGet(effect.refusals());
                        asked.addAndGet(effect.asked());
                    }
                    cpu.addAndGet(CPU.getCurrentThreadCpuTime() - before);
                }));
            }
            for (Thread each : running) {
                each.join();
            }
            double wall = (System.nanoTime() - start) / 1e9;
            double seconds = cpu.get() / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "BENCH round %d: %d policies (%d validations) x %d objects, %d threads: wall %.2f s, cpu %.2f s, %.0f"
                            + " objects/s wall, %.0f objects/cpu-s, %.0f verdicts/s wall, %.0f verdicts/cpu-s, %d asked, %d refusals%n",
                    round,
                    policies.size(),
                    validations,
                    objects,
                    threads,
                    wall,
                    seconds,
                    objects / wall,
                    objects / seconds,
                    validations * objects / wall,
                    validations * objects / seconds,
                    asked.get(),
                    refusals.get());
        }
    }

    private static List<Bound> policies() {
        List<Bound> policies = new ArrayList<>();
        for (Exportable control : Exportables.of(Version.V1_33).all()) {
            PolicyDocument document = new PolicyDocument(control, Action.DENY, new TreeSet<>());
            policies.add(new Bound(
                    resource("ValidatingAdmissionPolicy", document.name(), document.policy()),
                    resource("ValidatingAdmissionPolicyBinding", document.name(), document.binding()),
                    control.parts().size()));
        }
        return policies;
    }

    private static Resource resource(String kind, String name, Value body) {
        return new Resource(
                new ResourceId("bench", GROUP, kind, "", name), "v1", body, new Source("b", 0, 0), List.of());
    }

    private static java.util.Collection<Scope> scopes(ClusterState state) {
        return Scope.all(state.resources(), List.of()).values();
    }

    private static java.util.Collection<Scope> objectsOnly(ClusterState state) {
        return scopes(state);
    }

    private static ClusterState state(int deployments) throws IOException {
        Random random = new Random(42);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < deployments; i++) {
            text.append("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d")
                    .append(i);
            text.append(", namespace: n")
                    .append(i % 50)
                    .append(", labels: {app: d")
                    .append(i)
                    .append("}}\n");
            text.append("spec:\n  selector: {matchLabels: {app: d}}\n  template:\n    metadata: {labels: {app: d}}\n");
            text.append(
                    "    spec:\n      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}\n");
            text.append(
                    "      volumes: [{name: a, emptyDir: {}}, {name: b, configMap: {name: c}}]\n      containers:\n");
            for (int c = 0; c < 3; c++) {
                text.append("      - name: c")
                        .append(c)
                        .append("\n        image: registry.example/team/app:1.")
                        .append(i);
                text.append("\n        ports: [{containerPort: 8080}]\n        securityContext: {privileged: ");
                text.append(random.nextInt(50) == 0).append(", allowPrivilegeEscalation: false,");
                text.append(" readOnlyRootFilesystem: ")
                        .append(random.nextBoolean())
                        .append(", capabilities: {drop: [ALL]}}\n");
                text.append("        env:\n");
                for (int e = 0; e < 30; e++) {
                    text.append("        - {name: VARIABLE_")
                            .append(e)
                            .append(", value: value-")
                            .append(e)
                            .append("}\n");
                }
            }
            text.append("---\n");
        }
        ClusterStateBuilder builder = new ClusterStateBuilder("bench", ClusterMode.MANIFESTS);
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        new ManifestReader(ManifestLimits.DEFAULTS)
                .read("bench.yaml", new ByteArrayInputStream(bytes), new DocumentSink() {
                    @Override
                    public void document(Document document) {
                        builder.add(document, "", this::problem);
                    }

                    @Override
                    public void problem(Problem problem) {
                        throw new AssertionError(problem.toString());
                    }
                });
        return builder.build();
    }

    private static void print(String form, List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        System.out.printf(Locale.ROOT, "BENCH " + form + "%n", sorted.get(sorted.size() / 2), sorted.getLast());
    }
}
