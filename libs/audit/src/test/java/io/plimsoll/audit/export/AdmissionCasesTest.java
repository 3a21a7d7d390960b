package io.plimsoll.audit.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.audit.cel.TargetVersion;
import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.Written;
import io.plimsoll.audit.guardrail.cel.PolicyEffect;
import io.plimsoll.audit.podsecurity.Version;
import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Another library of admission policies, by its own cases: the control of ours that asks the same gives its verdict. */
class AdmissionCasesTest {

    /** Their control to ours, where both ask the same of a pod. */
    private static final Map<String, String> SAME = Map.ofEntries(
            Map.entry("C-0013", "pod-security/runasnonroot"),
            Map.entry("C-0016", "pod-security/allowprivilegeescalation"),
            Map.entry("C-0017", "read-only-root-filesystem"),
            Map.entry("C-0038", "pod-security/hostnamespaces"),
            Map.entry("C-0041", "pod-security/hostnamespaces"),
            Map.entry("C-0044", "pod-security/hostports"),
            Map.entry("C-0048", "pod-security/hostpathvolumes"),
            Map.entry("C-0057", "pod-security/privileged"),
            Map.entry("C-0193", "pod-security/privileged"),
            Map.entry("C-0194", "pod-security/hostnamespaces"),
            Map.entry("C-0195", "pod-security/hostnamespaces"),
            Map.entry("C-0197", "pod-security/allowprivilegeescalation"),
            Map.entry("C-0198", "pod-security/runasnonroot"),
            Map.entry("C-0201", "pod-security/capabilities_restricted"),
            Map.entry("C-0202", "pod-security/windowshostprocess"),
            Map.entry("C-0203", "pod-security/hostpathvolumes"),
            Map.entry("C-0204", "pod-security/hostports"),
            Map.entry("C-0210", "pod-security/seccompprofile_restricted"),
            Map.entry("C-0275", "pod-security/hostnamespaces"),
            Map.entry("C-0276", "pod-security/hostnamespaces"));

    /** Cases whose verdict differs, and why it may. */
    private static final Map<String, String> OTHER_SCOPE = Map.of(
            "C-0013/fail/16", "stricter there: asks for privilege escalation as well",
            "C-0057/fail/01", "other scope: SYS_ADMIN counts as privileged there, as a capability here",
            "C-0195/pass/03", "other scope: hostIPC alone there",
            "C-0198/pass/02", "stricter here: nothing said about root is refused");

    @Test
    void agreesWithThem() throws IOException {
        Optional<Path> folder = Fixtures.folder("config");
        assumeTrue(folder.isPresent(), "the shared cases of configuration audit are not here");
        List<String> differences = new ArrayList<>();
        int asked = 0;
        for (String line : Files.readAllLines(folder.get().resolve("index.tsv"))) {
            String[] row = line.split("\t", -1);
            String ours = SAME.get(row[2]);
            if (!row[1].equals("kubescape-cel-admission") || ours == null) {
                continue;
            }
            asked++;
            Exportable control = Exportables.of(Version.V1_33).find(ours).orElseThrow();
            Written written = Written.documents().file(folder.get().resolve(row[0]), "", document -> true);
            PolicyEffect effect = new Preview(written.state(), TargetVersion.NEWEST)
                    .of(new PolicyDocument(control, Action.DENY, new TreeSet<>()));
            assertThat(effect.unknown()).isEmpty();
            boolean other = OTHER_SCOPE.keySet().stream().anyMatch(row[0]::contains);
            if ((effect.refusals() > 0) != row[3].equals("fail") != other) {
                differences.add(row[0] + ": " + row[3] + " there, " + ours + " gives " + effect.refused());
            }
        }
        assertThat(differences).isEmpty();
        assertThat(asked).isGreaterThanOrEqualTo(82);
    }
}
