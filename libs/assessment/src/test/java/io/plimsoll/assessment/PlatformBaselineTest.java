package io.plimsoll.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assessment.cluster.PlatformBaseline;
import io.plimsoll.audit.podsecurity.Level;
import io.plimsoll.audit.podsecurity.PodSecurity;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.addon.BaselineFamily;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Exemptions from the baseline belong to a known component and are shown; what goes beyond is found (stage-gates 3). */
class PlatformBaselineTest {

    /** Falco as its makers install it, in a namespace whose name says nothing. */
    private static final String SENSOR = """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: falco, namespace: default}
            spec:
              template:
                spec:
                  %s
                  containers:
                    - {name: falco, image: "docker.io/falcosecurity/falco:0.41.0", securityContext: {privileged: true}}
                  volumes: [{name: dev, hostPath: {path: /dev}}]
            """;

    @Test
    void showsWhatAComponentIsKnownToNeedAndCountsItNot() {
        AssessmentResult result = assess(SENSOR.formatted("restartPolicy: Always"));
        assertThat(findings(result)).isEmpty();
        assertThat(result.coverage())
                .filteredOn(line -> line.kind().equals("exemption"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.text())
                            .contains("privileged, hostpathvolumes, as Falco is known to need")
                            .contains("falco");
                    assertThat(line.source().file()).isEqualTo("test.yaml");
                });
    }

    @Test
    void findsWhatGoesBeyondTheExemptions() {
        AssessmentResult result = assess(SENSOR.formatted("hostPID: true"));
        assertThat(findings(result)).singleElement().satisfies(finding -> {
            assertThat(finding.evidence().path()).isEqualTo("spec.template.spec.hostPID");
            assertThat(finding.evidence().message())
                    .contains("Falco is not known to need it")
                    .endsWith("in: hostnamespaces");
            assertThat(finding.evidence().source().line()).isEqualTo(7);
        });
        assertThat(result.coverage()).extracting(Coverage::kind).contains("exemption");
    }

    @Test
    void leavesApplicationsToTheirOwnControl() {
        AssessmentResult result =
                assess(SENSOR.formatted("hostPID: true").replace("falcosecurity/falco", "evil/falco"));
        assertThat(findings(result)).isEmpty();
        assertThat(result.coverage()).extracting(Coverage::kind).doesNotContain("exemption");
        assertThat(result.findings()).anyMatch(finding -> finding.control().id().equals("pod-security-baseline"));
    }

    /** Any init container may stand before a container that only pauses. */
    @Test
    void doesNotTakeAPodThatOnlyPausesForThePlatform() {
        AssessmentResult result = assess("""
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: quiet, namespace: kube-system}
                spec:
                  template:
                    spec:
                      initContainers:
                        - {name: not-so-quiet, image: "example.com/miner:1", securityContext: {privileged: true}}
                      containers:
                        - {name: pause, image: "registry.k8s.io/pause:3.10"}
                """);
        assertThat(result.findings())
                .filteredOn(finding -> finding.control().id().equals("pod-security-baseline"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.evidence().message()).contains("not-so-quiet"));
    }

    /** Kubernetes writes hostPort into pods on their node's network. */
    @Test
    void takesPortsOnTheNodesNetworkForPartOfIt() {
        String dns = """
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: agent, namespace: kube-system}
                spec:
                  template:
                    spec:
                      hostNetwork: %s
                      containers:
                        - name: agent
                          image: calico/node:v3.30.0
                          ports: [{containerPort: 9091, hostPort: 9091}]
                """;
        assertThat(findings(assess(dns.formatted("true")))).isEmpty();
        assertThat(findings(assess(dns.formatted("false"))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.evidence().message()).endsWith("in: hostports"));
    }

    /** A workload declared twice is exempt in neither declaration from what its component does not need. */
    @Test
    void asksEachDeclarationOfAWorkload() {
        String both = SENSOR.formatted("restartPolicy: Always") + "---\n" + SENSOR.formatted("hostIPC: true");
        assertThat(findings(assess(both)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.evidence().message()).endsWith("in: hostnamespaces"));
    }

    @Test
    void knowsEveryFamilyOfTheBaselineButTheUnreadable() {
        List<String> families = new ArrayList<>(
                Arrays.stream(BaselineFamily.values()).map(BaselineFamily::id).toList());
        families.add("unreadable");
        assertThat(PodSecurity.families(Level.BASELINE)).containsExactlyElementsOf(families);
    }

    /** What the makers of the add-ons publish stays within what the catalogue lists. */
    @Test
    void publishedInstallsStayWithinTheirExemptions() throws IOException {
        Path apps = Fixtures.folder("manifests").map(f -> f.resolve("apps")).orElse(null);
        Assumptions.assumeTrue(apps != null, "shared cases are not here");
        List<String> beyond = new ArrayList<>();
        int exempt = 0;
        for (Path app : folders(apps)) {
            ClusterState state = Manifests.of(String.valueOf(app.getFileName()), files(app));
            Inventory inventory = Inventory.of(state, AddOnCatalogue.builtin(), workload -> true);
            for (PlatformBaseline part : PlatformBaseline.of(inventory)) {
                exempt += part.exempt().size();
                if (part.evidence().state() == EvidenceState.FAIL) {
                    beyond.add(app.getFileName() + " " + part.part().workload().name() + ": "
                            + part.evidence().message());
                }
            }
        }
        assertThat(beyond).isEmpty();
        assertThat(exempt).isGreaterThan(40);
    }

    private static List<Finding> findings(AssessmentResult result) {
        return result.findings().stream()
                .filter(finding -> finding.control().equals(PlatformBaseline.CONTROL))
                .toList();
    }

    private static AssessmentResult assess(String text) {
        return new Assessment(StageModel.builtin(), AddOnCatalogue.builtin())
                .assess(List.of(Manifests.of(text)), null, List.of());
    }

    private static List<Path> folders(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList();
        }
    }
}
