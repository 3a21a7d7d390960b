package io.plimsoll.audit.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.plimsoll.audit.cel.TargetVersion;
import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.Written;
import io.plimsoll.audit.guardrail.cel.PolicyEffect;
import io.plimsoll.audit.podsecurity.Version;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ExportTest {

    @Test
    void compilesForEveryApiServerThatKnowsPolicies() {
        List<String> faults = new ArrayList<>();
        for (int minor = 0; minor <= 37; minor++) {
            // Only the families differ by version.
            for (Exportable each : Exportables.of(new Version(minor)).all()) {
                if (minor < 37 && !each.id().startsWith("pod-security")) {
                    continue;
                }
                for (int target : List.of(30, 37)) {
                    Check.faults(document(each), new TargetVersion(target))
                            .forEach(fault -> faults.add(each.id() + ": " + fault));
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void isReadBackAsItWasWritten() throws IOException {
        for (Exportable each : Exportables.of(Version.V1_33).all()) {
            PolicyDocument document = document(each);
            String[] written = document.yaml().split("(?m)^---\n");
            assertThat(read(written[0])).isEqualTo(plain(document.policy()));
            assertThat(read(written[1])).isEqualTo(plain(document.binding()));
        }
    }

    /** The structure is what the reference of admissionregistration.k8s.io/v1 says. */
    @Test
    void hasTheStructureThatTheApiServerTakes() throws IOException {
        String schema;
        try (InputStream in = ExportTest.class.getResourceAsStream("admissionregistration-v1.schema.json")) {
            schema = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Schema structure = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
        List<String> faults = new ArrayList<>();
        for (Exportable each : Exportables.of(Version.V1_33).all()) {
            for (String written : document(each).yaml().split("(?m)^---\n")) {
                structure.validate(written, InputFormat.YAML).forEach(fault -> faults.add(each.id() + ": " + fault));
            }
        }
        assertThat(faults).isEmpty();
        String wrong = document(Exportables.of(Version.V1_33).all().getFirst())
                .yaml()
                .replace("failurePolicy: Fail", "failurePolicy: Maybe");
        assertThat(structure.validate(wrong.split("(?m)^---\n")[0], InputFormat.YAML))
                .isNotEmpty();
    }

    @Test
    void letsGoWhatIsThereAlready() {
        PolicyDocument document = document(Exportables.of(Version.V1_33).all().getFirst());
        assertThat(document.policy().items("spec", "matchConditions").getFirst().text("expression"))
                .startsWith("request.operation != 'UPDATE' || object.?spec != oldObject.?spec");
        assertThat(document.binding()
                        .at("spec", "matchResources", "namespaceSelector")
                        .items("matchExpressions"))
                .singleElement()
                .satisfies(each -> assertThat(each.at("values").texts()).containsExactly("kube-system"));
    }

    @Test
    void namesTheContainersThatBreakIt() {
        Written written = Written.documents("""
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: nightly, namespace: shop}
                spec: {schedule: '@daily', jobTemplate: {spec: {template: {spec: {
                  initContainers: [{name: a, image: a, securityContext: {privileged: true}}],
                  containers: [{name: b, image: b}, {name: c, image: c, securityContext: {privileged: true}}]}}}}}
                """, Written.WEB);
        PolicyEffect effect = new Preview(written.state(), TargetVersion.NEWEST)
                .of(document(Exportables.of(Version.V1_33)
                        .find("pod-security/privileged")
                        .orElseThrow()));
        assertThat(effect.refused())
                .extracting(refusal -> refusal.object() + " " + refusal.kind() + ": " + refusal.message())
                .contains(
                        "shop/CronJob/nightly CronJob: container a, c is privileged; set securityContext.privileged to false");
        assertThat(effect.refused()).allMatch(refusal -> refusal.object().name().equals("nightly"));
        assertThat(effect.asked()).isGreaterThan(2);
    }

    @Test
    void isRefusedForAServerThatDoesNotKnowPolicies() {
        PolicyDocument document = document(Exportables.of(Version.V1_33).all().getFirst());
        assertThat(Check.faults(document, new TargetVersion(29)))
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains("came with Kubernetes 1.30"));
        PolicyDocument newer =
                document(Exportable.ofPods("x", "x", List.of(Exportable.pod("isSemver('1.0.0')", "no version"))));
        assertThat(Check.faults(newer, new TargetVersion(30)))
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains("it needs Kubernetes 1.33"));
        assertThat(Check.faults(newer, new TargetVersion(33))).isEmpty();
    }

    private static PolicyDocument document(Exportable control) {
        return new PolicyDocument(control, Action.DENY, new TreeSet<>(Set.of("kube-system")));
    }

    private static Object read(String yaml) throws IOException {
        return plain(SingleDocument.read("t", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))));
    }

    /** Without lines. */
    private static Object plain(Value value) {
        return io.plimsoll.audit.cel.PlainValues.of(value);
    }
}
