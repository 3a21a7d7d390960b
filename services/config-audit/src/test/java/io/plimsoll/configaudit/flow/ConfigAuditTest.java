package io.plimsoll.configaudit.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plimsoll.api.evidence.v1.EvidenceRecord;
import io.plimsoll.assessment.cluster.ClusterAnalysis;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.testing.Fixtures;
import io.plimsoll.wire.ControlNumbers;
import io.plimsoll.wire.EvidenceCodec;
import io.plimsoll.wire.Version;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real estates: this analyser's share of the evidence is exactly what one process finds, and nothing of it is lost on the wire. */
class ConfigAuditTest {

    private static final ClusterAnalysis ONE_PROCESS =
            new ClusterAnalysis(StageModel.builtin(), AddOnCatalogue.builtin());

    private static ClusterState in(Path folder) throws IOException {
        ClusterStateBuilder builder = new ClusterStateBuilder("estate", ClusterMode.MANIFESTS);
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path file : paths.filter(path -> path.toString().matches(".*\\.(yaml|yml|json)"))
                    .sorted()
                    .toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    new ManifestReader(ManifestLimits.DEFAULTS)
                            .read(folder.relativize(file).toString(), in, new DocumentSink() {
                                @Override
                                public void document(Document document) {
                                    builder.add(document, "", problem -> {});
                                }

                                @Override
                                public void problem(Problem problem) {
                                    // Left out, as the command does.
                                }
                            });
                }
            }
        }
        return builder.build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"E1", "E2", "E3", "E4", "E5", "X1-tool-rich-practice-poor", "X2-small-well-kept"})
    void theEvidenceIsThatOfOneProcess(String estate) throws IOException {
        Optional<Path> folder = Fixtures.folder("manifests/estates/" + estate);
        assumeTrue(folder.isPresent());
        ClusterState state = in(folder.get());
        ClusterContext declared = ClusterContext.silent("estate");
        List<Evidence> mine = new ConfigAudit().analyse(state, declared);
        List<Evidence> others = ONE_PROCESS.segmentationEvidence(ONE_PROCESS.inventory(state, declared));
        List<Evidence> together = new ArrayList<>(mine);
        together.addAll(others);
        assertThat(together)
                .isEqualTo(ONE_PROCESS.part(state, declared).evidence())
                .isNotEmpty();
        assertThat(wired(mine)).isEqualTo(said(mine));
    }

    /** The rules would refuse what is below the baseline, were they ever through with asking: nobody can know. */
    @Test
    void anExpressionThatWouldRunForEverIsUnknownForItsBudgetOnTheTopicToo() throws InvalidProtocolBufferException {
        String forEver = "[0,1,2,3,4,5,6,7,8,9]";
        String loops = "true";
        for (String name : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
            loops = forEver + ".all(" + name + ", " + loops + ")";
        }
        ClusterState state = of("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: shop, labels: {team: red}}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: shop}
                spec: {template: {spec: {containers: [{name: main, image: "example/web:1"}]}}}
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: slow}
                spec:
                  matchConstraints: {resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]}
                  validations:
                    - expression: "%1$s && !object.spec.hostNetwork"
                    - expression: "%1$s && object.spec.containers.all(c, !c.securityContext.privileged)"
                    - expression: "%1$s && object.spec.volumes.all(v, !has(v.hostPath))"
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: slow}
                spec: {policyName: slow, validationActions: [Deny]}
                """.formatted(loops));
        ConfigAudit audit = new ConfigAudit();
        for (int round = 0; round < 2; round++) {
            List<Evidence> evidence = wired(audit.analyse(state, ClusterContext.silent("estate")));
            assertThat(evidence)
                    .filteredOn(each -> each.control().equals("baseline-enforced")
                            && each.subject().name().equals("shop"))
                    .singleElement()
                    .satisfies(each -> {
                        assertThat(each.state()).isEqualTo(EvidenceState.UNKNOWN);
                        assertThat(each.reason()).isEqualTo(Reason.BUDGET);
                        assertThat(each.message()).contains("came to their bound");
                    });
        }
    }

    /** What is remembered of a cluster is no answer for another mode of it, and none for a partition that went and came back. */
    @Test
    void whatIsRememberedNeverChangesTheAnswer() throws IOException {
        Optional<Path> folder = Fixtures.folder("manifests/estates/E3");
        assumeTrue(folder.isPresent());
        ClusterState state = in(folder.get());
        ClusterContext declared = ClusterContext.silent("estate");
        ConfigAudit audit = new ConfigAudit();
        List<Evidence> first = audit.analyse(state, declared);
        assertThat(audit.analyse(state, declared)).isEqualTo(first);
        ClusterState live = new ClusterState(state.name(), ClusterMode.LIVE, state.resources());
        assertThat(audit.analyse(live, declared)).isEqualTo(new ConfigAudit().analyse(live, declared));
        ClusterState half = new ClusterState(
                state.name(),
                state.mode(),
                state.resources().subList(0, state.resources().size() / 2));
        assertThat(audit.analyse(half, declared)).isEqualTo(new ConfigAudit().analyse(half, declared));
        audit.forget(state.name());
        assertThat(audit.analyse(state, declared)).isEqualTo(first);
    }

    private static ClusterState of(String text) {
        ClusterStateBuilder builder = new ClusterStateBuilder("estate", ClusterMode.MANIFESTS);
        try {
            new ManifestReader(ManifestLimits.DEFAULTS)
                    .read(
                            "test.yaml",
                            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                            new DocumentSink() {
                                @Override
                                public void document(Document document) {
                                    builder.add(document, "", this::problem);
                                }

                                @Override
                                public void problem(Problem problem) {
                                    throw new AssertionError(problem.toString());
                                }
                            });
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return builder.build();
    }

    /** All that is said of what is not held, as it comes back from a topic. */
    private static List<Evidence> wired(List<Evidence> evidence) throws InvalidProtocolBufferException {
        EvidenceCodec codec = new EvidenceCodec(ControlNumbers.builtin());
        List<Evidence> read = new ArrayList<>();
        for (EvidenceRecord record :
                codec.toWire(evidence, "config-audit", new Version(1, 1, 1)).values()) {
            read.addAll(codec.fromWire(record.toByteArray()));
        }
        return said(read);
    }

    private static List<Evidence> said(List<Evidence> evidence) {
        return evidence.stream()
                .filter(each -> each.state() != EvidenceState.PASS)
                .sorted()
                .toList();
    }
}
