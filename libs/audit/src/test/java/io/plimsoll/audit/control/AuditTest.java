package io.plimsoll.audit.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every control, whatever it asks. */
class AuditTest {

    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: web-7d4b9c6f5-x2x1z, namespace: shop, labels: {app: web, pod-template-hash: 7d4b9c6f5},
              ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-7d4b9c6f5, controller: true}]}
            spec: {containers: [{name: main, image: "web:1", securityContext: {privileged: true}}]}
            """;
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              selector: {matchLabels: {app: web}}
              template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: "web:1"}]}}
            """;

    private static ClusterState cluster(List<String> documents) {
        ClusterStateBuilder builder = new ClusterStateBuilder("test", ClusterMode.MANIFESTS);
        for (String document : documents) {
            builder.add(new Document(Folder.text(document), new Source("x.yaml", 1, 1)), "", problem -> {});
        }
        return builder.build();
    }

    private static List<Finding> all(List<String> documents) {
        List<Finding> findings = new ArrayList<>();
        new Audit(ControlCatalogue.builtin().controls(), Folder.SETTINGS).run(cluster(documents), findings::add);
        return findings;
    }

    private static List<Finding> of(String control, String... documents) {
        return all(List.of(documents)).stream()
                .filter(each -> each.control().id().equals(control))
                .toList();
    }

    private static Set<String> lines(List<Finding> findings) {
        return findings.stream()
                .map(each -> each.object() + " " + each.control().id() + " " + each.state() + " " + each.message())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void judgesAPodAsItsTopOwner() {
        assertThat(of("PLM-POD-001", DEPLOYMENT, POD)).singleElement().satisfies(finding -> {
            assertThat(finding.object()).hasToString("shop/Deployment/web");
            assertThat(finding.state()).isEqualTo(EvidenceState.FAIL);
            assertThat(finding.path()).isEqualTo("spec.containers[0].securityContext.privileged");
        });
    }

    @Test
    void judgesAPodByAnOwnerThatWasNotGiven() {
        assertThat(of("PLM-POD-001", POD))
                .singleElement()
                .satisfies(finding -> assertThat(finding.object()).hasToString("shop/Deployment/web"));
    }

    @Test
    void neitherOrderNorAListMatters() {
        List<String> documents = samples();
        Set<String> straight = lines(all(documents));
        List<String> shuffled = new ArrayList<>(documents);
        Collections.shuffle(shuffled, new Random(7));
        assertThat(lines(all(shuffled))).isEqualTo(straight);
        Value.Arr items = new Value.Arr(documents.stream().map(Folder::text).toList(), 1);
        Map<String, Value> list = new LinkedHashMap<>();
        list.put("apiVersion", new Value.Text("v1", 1));
        list.put("kind", new Value.Text("List", 1));
        list.put("items", items);
        ClusterStateBuilder builder = new ClusterStateBuilder("test", ClusterMode.MANIFESTS);
        builder.add(new Document(new Value.Obj(list, 1), new Source("x.yaml", 1, 1)), "", problem -> {});
        List<Finding> findings = new ArrayList<>();
        new Audit(ControlCatalogue.builtin().controls(), Folder.SETTINGS).run(builder.build(), findings::add);
        assertThat(lines(findings)).isEqualTo(straight);
    }

    /** Cluster-wide questions and joins may change; what an object says of itself may not. */
    @Test
    void anotherObjectElsewhereChangesNothing() {
        List<String> documents = samples();
        List<String> more = new ArrayList<>(documents);
        more.add(DEPLOYMENT.replace("web", "other").replace("shop", "elsewhere"));
        Set<String> before = lines(all(documents).stream()
                .filter(each -> !each.object().kind().equals("Cluster"))
                .toList());
        assertThat(lines(all(more))).containsAll(before);
    }

    private static List<String> samples() {
        return List.of(
                DEPLOYMENT,
                POD,
                "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}",
                "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {type: NodePort, selector: {app: web}}}",
                "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: all},"
                        + " rules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]}",
                "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: all},"
                        + " roleRef: {kind: ClusterRole, name: all}, subjects: [{kind: ServiceAccount, name: default, namespace: shop}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{apiVersion: v1, kind: Pod, metadata: {name: x}, spec: {containers: null}}",
                "{apiVersion: v1, kind: Pod, metadata: {name: x}, spec: {containers: {a: 1}}}",
                "{apiVersion: v1, kind: Pod, metadata: {name: x}, spec: {containers: [null]}}",
                "{apiVersion: v1, kind: Pod, metadata: null, spec: {containers: [[]]}}",
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: x}, spec: {template: 7}}",
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: x}}"
            })
    void whatCannotBeSeenIsNeverGood(String pod) {
        List<Finding> findings = of("PLM-POD-001", pod);
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.state()).isEqualTo(EvidenceState.UNKNOWN);
            assertThat(finding.reason()).isEqualTo(Reason.PARTIAL_ANALYSIS);
        });
    }

    @Test
    void oddShapesOfEveryKindAreAnswered() {
        List<String> odd = new ArrayList<>();
        for (CatalogueControl control : ControlCatalogue.builtin().controls()) {
            for (String kind : control.kinds()) {
                if (!kind.equals("*") && !kind.equals("workload") && !kind.equals("cluster")) {
                    int dot = kind.indexOf('.');
                    String name = dot < 0 ? kind : kind.substring(0, dot);
                    String version = dot < 0 ? "v1" : kind.substring(dot + 1) + "/v1";
                    for (String body : new String[] {
                        "spec: [1]",
                        "spec: {rules: 3, tls: [null], webhooks: x}",
                        "rules: [null, 4, {}]",
                        "webhooks: {a: b}",
                        "subjects: [3, {name: 7}]",
                        "data: [x]",
                        "status: {nodeInfo: 4}"
                    }) {
                        odd.add("{apiVersion: " + version + ", kind: " + name + ", metadata: {name: n}, " + body + "}");
                    }
                }
            }
        }
        assertThat(all(odd)).isNotEmpty();
    }

    @Test
    void aCustomResourceWithAPodTemplateIsUnknown() {
        assertThat(of(
                        "PLM-POD-001",
                        "{apiVersion: serving.example.com/v1, kind: Runner, metadata: {name: r, namespace: shop},"
                                + " spec: {template: {spec: {containers: [{name: a, image: b}]}}}}"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.state()).isEqualTo(EvidenceState.UNKNOWN));
    }

    @Test
    void aCustomResourceWithoutOneIsNotAsked() {
        String runner =
                "{apiVersion: serving.example.com/v1, kind: Runner, metadata: {name: %s, namespace: shop}, spec: {%s}}";
        assertThat(of(
                        "PLM-POD-029",
                        runner.formatted("a", "template: {spec: {containers: [{name: a, image: b}]}}"),
                        runner.formatted("b", "size: 3")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.object().name()).isEqualTo("a"));
    }

    @Test
    void anObjectOverTheSizeBoundIsUnknown() {
        String large = "{apiVersion: v1, kind: ConfigMap, metadata: {name: big, namespace: shop}, data: {a: \""
                + "x".repeat(1_500_000) + "\"}}";
        assertThat(of("PLM-POD-034", large)).singleElement().satisfies(finding -> {
            assertThat(finding.state()).isEqualTo(EvidenceState.UNKNOWN);
            assertThat(finding.reason()).isEqualTo(Reason.OBJECT_TOO_LARGE);
        });
    }

    @Test
    void anExpressionThatRunsForEverIsUnknownByBudget() {
        CatalogueControl endless = ControlReader.read(
                        "control.yaml", Folder.text("""
                                id: ACME-001
                                title: Ends
                                rationale: It must.
                                severity: low
                                subject: workload
                                class: intrinsic
                                kinds: [workload]
                                remediation: Write it shorter.
                                sentence: [L25.7]
                                parameters:
                                  many: {type: list, description: Many., default: [%s]}
                                logic:
                                  cel:
                                    expression: params.many.all(a, params.many.all(b, params.many.all(c, params.many.all(d, a + b + c + d != '5'))))
                                    message: runs for ever
                                """.formatted("'x', ".repeat(60) + "'y'")), problem -> {
                            throw new AssertionError(problem.toString());
                        })
                .orElseThrow();
        assertThat(Folder.findings(endless, Map.of(), cluster(List.of(DEPLOYMENT))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.reason()).isEqualTo(Reason.BUDGET));
    }
}
