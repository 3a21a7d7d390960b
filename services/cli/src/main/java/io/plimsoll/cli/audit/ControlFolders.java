package io.plimsoll.cli.audit;

import io.plimsoll.audit.control.CatalogueControl;
import io.plimsoll.audit.control.ControlReader;
import io.plimsoll.audit.control.PolicyControl;
import io.plimsoll.cli.UsageProblem;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A user's own controls: a directory of folders with a {@code control.yaml} each, and of files that hold
 * ValidatingAdmissionPolicies. Unlike manifests they must be right: the first run with a fault in one says all faults and stops.
 */
final class ControlFolders {

    private static final String GROUP = "admissionregistration.k8s.io";

    private final List<CatalogueControl> controls = new ArrayList<>();
    private final List<PolicyControl> policies = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    /** @throws UsageProblem naming every fault by file and line */
    void read(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.sorted().toList()) {
                Path control = entry.resolve("control.yaml");
                if (Files.isRegularFile(control)) {
                    control(control);
                } else if (Files.isRegularFile(entry)
                        && String.valueOf(entry.getFileName()).matches(".*\\.ya?ml")) {
                    policy(entry);
                }
            }
        } catch (IOException e) {
            throw new UsageProblem(folder + ": no such folder, or not readable");
        }
        stopAtFaults();
    }

    /** @throws UsageProblem when the file holds no policy that can be used */
    void readPolicy(Path file) {
        int before = policies.size();
        policy(file);
        if (policies.size() == before) {
            faults.add(file + ": no ValidatingAdmissionPolicy in it");
        }
        stopAtFaults();
    }

    List<CatalogueControl> controls() {
        return controls;
    }

    List<PolicyControl> policies() {
        return policies;
    }

    private void stopAtFaults() {
        if (!faults.isEmpty()) {
            throw new UsageProblem("controls that cannot be used:\n  " + String.join("\n  ", faults));
        }
    }

    private void control(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            ControlReader.read(
                            file.toString(),
                            SingleDocument.read(file.toString(), in),
                            problem -> faults.add(problem.toString()))
                    .ifPresent(controls::add);
        } catch (IllegalArgumentException e) {
            faults.add(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            faults.add(file + ": cannot be read");
        }
    }

    private void policy(Path file) {
        ClusterStateBuilder builder = new ClusterStateBuilder("policies", ClusterMode.MANIFESTS);
        try (InputStream in = Files.newInputStream(file)) {
            new ManifestReader(ManifestLimits.DEFAULTS).read(file.toString(), in, new DocumentSink() {
                @Override
                public void document(Document document) {
                    builder.add(document, "", this::problem);
                }

                @Override
                public void problem(Problem problem) {
                    if (problem.severity() == Problem.Severity.SKIPPED) {
                        faults.add(problem.toString());
                    }
                }
            });
            List<Resource> all = builder.build().resources();
            for (Resource each : all) {
                if (each.is("ValidatingAdmissionPolicy", GROUP)) {
                    policies.add(new PolicyControl(each, all));
                }
            }
        } catch (IllegalArgumentException e) {
            faults.add(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            faults.add(file + ": no such file, or not readable");
        }
    }
}
