package io.plimsoll.audit.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.audit.control.question.Cluster;
import io.plimsoll.audit.guardrail.Written;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ToolsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    /** Container-centric: it knows images, not workloads. */
    private static final String TRIVY = running("CronJob", "trivy", "aquasec/trivy:0.60.0", "");

    private static final String OPERATOR = running("Deployment", "trivy-operator", "aquasec/trivy-operator:0.26.0", "");

    private static final String REPORT = """
            apiVersion: wgpolicyk8s.io/v1alpha2
            kind: PolicyReport
            metadata: {name: images, namespace: shop}
            results:
            - {source: Trivy, policy: CVE-2026-1, result: fail, timestamp: {seconds: 1772150400, nanos: 0}}
            """;

    private static String running(String kind, String name, String image, String volumes) {
        String pod = "{containers: [{name: main, image: \"" + image + "\"}]" + volumes + "}";
        String template = "template: {metadata: {labels: {app: x}}, spec: " + pod + "}";
        return switch (kind) {
            case "CronJob" ->
                "{apiVersion: batch/v1, kind: CronJob, metadata: {name: " + name + ", namespace: tools}, "
                        + "spec: {schedule: \"0 1 * * *\", jobTemplate: {spec: {" + template + "}}}}";
            case "Deployment", "DaemonSet" ->
                "{apiVersion: apps/v1, kind: " + kind + ", metadata: {name: " + name
                        + ", namespace: tools}, spec: {selector: {matchLabels: {app: x}}, " + template + "}}";
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Tool only(@Nullable Instant asOf, String... documents) {
        List<Tool> tools = Tools.of(new Cluster(Written.documents(documents).state()), ToolCatalogue.builtin(), asOf);
        assertThat(tools).hasSize(1);
        return tools.getFirst();
    }

    @Test
    void aContainerCentricToolCountsAtStage2AndNoLongerAtStage3() {
        Tool tool = only(NOW, TRIVY, REPORT);
        assertThat(tool.effect()).isEqualTo(Effect.EFFECTIVE);
        assertThat(tool.counts(2)).isTrue();
        assertThat(tool.counts(3)).isFalse();
        assertThat(tool.standing()).contains("stops counting at stage 3");
    }

    @Test
    void aKubernetesNativeToolWithTheSameResultsGoesOnCounting() {
        Tool tool = only(NOW, OPERATOR, REPORT);
        assertThat(tool.counts(2)).isTrue();
        assertThat(tool.counts(3)).isTrue();
        assertThat(tool.counts(5)).isTrue();
    }

    @Test
    void aToolMadeForMachinesEarnsNothingHoweverWellConfigured() {
        Tool tool = only(
                NOW,
                running("DaemonSet", "wazuh", "wazuh/wazuh-agent:4.9", ", volumes: [{name: c, configMap: {name: c}}]"),
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: tools}, data: {a: b}}");
        assertThat(tool.effect()).isEqualTo(Effect.EFFECTIVE);
        assertThat(tool.counts(2)).isFalse();
        assertThat(tool.standing()).startsWith("earns nothing");
    }

    @Test
    void withoutResultsAToolIsOnlyThere() {
        assertThat(only(NOW, TRIVY).effect()).isEqualTo(Effect.PRESENT_ONLY);
        assertThat(only(NOW, TRIVY).counts(2)).isFalse();
        assertThat(only(NOW, TRIVY, REPORT.replace("Trivy", "kyverno")).effect())
                .isEqualTo(Effect.PRESENT_ONLY);
    }

    @Test
    void resultsHaveAnAge() {
        assertThat(only(NOW, TRIVY, REPORT).why()).contains("2 day(s) old");
        Tool stale = only(NOW.plusSeconds(10 * 86_400), TRIVY, REPORT);
        assertThat(stale.effect()).isEqualTo(Effect.PRESENT_ONLY);
        assertThat(stale.why()).contains("12 days old, more than 7");
        assertThat(only(null, TRIVY, REPORT).effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(only(NOW, TRIVY, REPORT.replace("seconds: 1772150400", "seconds: soon"))
                        .effect())
                .isEqualTo(Effect.UNKNOWN);
    }

    @Test
    void theNewestResultOfAnOperatorDecides() {
        String old = """
                apiVersion: aquasecurity.github.io/v1alpha1
                kind: VulnerabilityReport
                metadata: {name: old, namespace: shop}
                report: {updateTimestamp: "2025-01-01T00:00:00Z"}
                """;
        String fresh = old.replace("old", "new").replace("2025-01-01", "2026-02-27");
        assertThat(only(NOW, OPERATOR, old).effect()).isEqualTo(Effect.PRESENT_ONLY);
        assertThat(only(NOW, OPERATOR, old, fresh).effect()).isEqualTo(Effect.EFFECTIVE);
    }

    @Test
    void aPolicyEngineNeedsARuleThatBinds() {
        String kyverno = running("Deployment", "kyverno", "ghcr.io/kyverno/kyverno:v1.13.0", "");
        String policy = """
                apiVersion: kyverno.io/v1
                kind: ClusterPolicy
                metadata: {name: no-latest}
                spec:
                  validationFailureAction: Enforce
                  rules:
                  - name: tag
                    match: {any: [{resources: {kinds: [Pod]}}]}
                    validate:
                      message: no
                      pattern: {spec: {containers: [{image: "!*:latest"}]}}
                """;
        assertThat(only(NOW, kyverno, Written.WEB).effect()).isEqualTo(Effect.PRESENT_ONLY);
        Tool bound = only(NOW, kyverno, Written.WEB, policy);
        assertThat(bound.effect()).isEqualTo(Effect.EFFECTIVE);
        assertThat(bound.why()).contains("no-latest").contains("deny");
        assertThat(only(NOW, kyverno, Written.WEB, policy.replace("Enforce", "Audit"))
                        .why())
                .contains("audit");
    }

    @Test
    void aGitOpsToolNeedsSomethingItKeeps() {
        String argo = running("Deployment", "argo", "quay.io/argoproj/argocd:v3.0.0", "");
        String application = """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: shop, namespace: tools}
                spec:
                  destination: {server: "https://kubernetes.default.svc", namespace: shop}
                  syncPolicy: {automated: {selfHeal: true}}
                """;
        assertThat(only(NOW, argo).effect()).isEqualTo(Effect.PRESENT_ONLY);
        assertThat(only(NOW, argo, application.replace("selfHeal: true", "selfHeal: false"))
                        .effect())
                .isEqualTo(Effect.PRESENT_ONLY);
        assertThat(only(NOW, argo, application).effect()).isEqualTo(Effect.EFFECTIVE);
    }

    @Test
    void aSensorNeedsRules() {
        String tetragon = running("DaemonSet", "tetragon", "quay.io/cilium/tetragon:v1.3.0", "");
        assertThat(only(NOW, tetragon).effect()).isEqualTo(Effect.PRESENT_ONLY);
        assertThat(only(NOW, tetragon, "{apiVersion: cilium.io/v1alpha1, kind: TracingPolicy, metadata: {name: exec}}")
                        .effect())
                .isEqualTo(Effect.EFFECTIVE);
    }

    @Test
    void whatTheCatalogueSaysNothingOfIsUnknown() {
        Tool tool = only(NOW, running("Deployment", "snyk", "snyk/kubernetes-monitor:2.0", ""));
        assertThat(tool.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(tool.counts(2)).isFalse();
    }

    @Test
    void aCatalogueThatNamesNoToolOrDemandsNothingIsRefused() {
        assertThatThrownBy(() -> read("[{addOns: [redis], config: true}]"))
                .hasMessageContaining("t.yaml:2")
                .hasMessageContaining("redis");
        assertThatThrownBy(() -> read("[{addOns: [falco]}]")).hasMessageContaining("without a demand");
        assertThatThrownBy(() -> read("[{addOns: [falco], ruels: [A.b]}]")).hasMessageContaining("no field ruels");
    }

    private static ToolCatalogue read(String tools) throws Exception {
        return ToolCatalogue.read(
                "t.yaml",
                new ByteArrayInputStream(("version: 1\ntools: " + tools).getBytes(StandardCharsets.UTF_8)),
                AddOnCatalogue.builtin());
    }
}
