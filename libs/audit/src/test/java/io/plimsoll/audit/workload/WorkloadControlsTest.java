package io.plimsoll.audit.workload;

import static io.plimsoll.kernel.EvidenceState.FAIL;
import static io.plimsoll.kernel.EvidenceState.PASS;
import static io.plimsoll.kernel.EvidenceState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.audit.podsecurity.Declared;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceClass;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadControlsTest {

    private static final String BARE_POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n";

    @Test
    void answersEveryControlInTheOrderOfTheList() {
        Workload workload = Declared.workload(BARE_POD);
        assertThat(WorkloadControls.evidence(workload))
                .extracting(Evidence::control)
                .containsExactlyElementsOf(
                        WorkloadControls.all().stream().map(Control::id).toList())
                .doesNotHaveDuplicates()
                .hasSize(12);
    }

    @Test
    void asksOnlyAboutFieldsOfWorkloads() {
        assertThat(WorkloadControls.all()).allSatisfy(control -> {
            assertThat(control.subject()).isEqualTo(SubjectKind.WORKLOAD);
            assertThat(control.evidenceClass()).isEqualTo(EvidenceClass.INTRINSIC);
            assertThat(control.sentences()).isNotEmpty();
        });
    }

    @Test
    void letsTheWeakerPodDecide() {
        Workload declared = Declared.workload("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: shop}
                spec: {template: {spec: {containers: [{name: web}]}}}
                ---
                apiVersion: v1
                kind: Pod
                metadata:
                  name: shop-1
                  ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: shop, controller: true}]
                spec: {hostPID: true, containers: [{name: web}]}
                """);
        Evidence evidence = Judged.of("pod-security-baseline", declared);
        assertThat(evidence.state()).isEqualTo(FAIL);
        assertThat(evidence.path()).isEqualTo("spec.hostPID");
        assertThat(evidence.source().line()).isEqualTo(11);
        assertThat(evidence.subject().name()).isEqualTo("shop");
    }

    @Test
    void saysNothingGoodAboutContainersNobodySaw() {
        Workload elsewhere = Declared.workload("""
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: {name: shop}
                spec: {workloadRef: {kind: Deployment, name: shop}}
                """);
        List<Evidence> evidence = WorkloadControls.evidence(elsewhere);
        assertThat(evidence)
                .filteredOn(each -> each.state() == PASS)
                .extracting(Evidence::control)
                .containsExactly("workload-controlled");
        assertThat(Judged.of("hardening-core", elsewhere))
                .returns(UNKNOWN, Evidence::state)
                .returns(Reason.PARTIAL_ANALYSIS, Evidence::reason);
    }

    @Test
    void failsWhereTheShapeHidesTheContainers() {
        assertThat(Judged.state("pod-security-baseline", "containers: {web: {}}"))
                .isEqualTo(FAIL);
        assertThat(Judged.state("hardening-core", "containers: {web: {}}")).isEqualTo(FAIL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spec: text",
                "spec: [1]",
                "spec: {containers: 1, volumes: 2, initContainers: {}, securityContext: []}",
                "spec: {containers: [1, null, [], {}], volumes: [1, null, {hostPath: 1}, {hostPath: {path: {}}}]}",
                "spec: {containers: [{name: [], env: {}, ports: 1, resources: [], readinessProbe: 1}]}",
                "spec: {containers: [{env: [1, {name: 1}, {name: TOKEN, value: {}}], resources: {requests: {cpu: []}}}]}",
                "spec: {containers: [{readinessProbe: {exec: {command: [[], {}]}}, securityContext: {capabilities: 1}}]}",
                "spec: {containers: [{readinessProbe: {exec: {command: ['', ' ']}}}]}"
            })
    void neverFailsOnOddShapes(String spec) {
        Workload odd = Declared.workload("apiVersion: v1\nkind: Pod\nmetadata: {name: odd}\n" + spec + "\n");
        assertThat(WorkloadControls.evidence(odd)).hasSameSizeAs(WorkloadControls.all());
    }

    @Test
    void failsABarePod() {
        Workload bare = Declared.workload(BARE_POD);
        assertThat(Judged.of("workload-controlled", bare).state()).isEqualTo(FAIL);
        assertThat(Judged.state("workload-controlled", "containers: [{name: web}]"))
                .isEqualTo(PASS);
    }

    @Test
    void passesAPodWhoseControllerIsNotInTheInput() {
        Workload owned = Declared.workload("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: shop-1
                  ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: shop, controller: true}]
                spec: {containers: [{name: web}]}
                """);
        assertThat(Judged.of("workload-controlled", owned).state()).isEqualTo(PASS);
    }
}
