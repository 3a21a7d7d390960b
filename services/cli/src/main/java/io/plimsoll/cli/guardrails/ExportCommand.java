package io.plimsoll.cli.guardrails;

import io.plimsoll.audit.cel.TargetVersion;
import io.plimsoll.audit.export.Check;
import io.plimsoll.audit.export.Exportable;
import io.plimsoll.audit.export.Exportables;
import io.plimsoll.audit.export.PolicyDocument;
import io.plimsoll.audit.export.Preview;
import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.cel.PolicyEffect;
import io.plimsoll.audit.podsecurity.Version;
import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.UsageProblem;
import io.plimsoll.cli.input.EstateInput;
import io.plimsoll.kubernetes.ClusterState;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plimsoll guardrails export}: YAML on standard output, what it would refuse on standard error. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Writes controls as ValidatingAdmissionPolicies with their bindings, and says what they would break.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  plimsoll guardrails export --list",
            "  plimsoll guardrails export --control pod-security-baseline --action Audit manifests/ > policies.yaml",
            "  plimsoll guardrails export --control pod-security/privileged,pod-security/hostports --action Deny \\",
            "      --exempt-namespace kube-system --target 1.31 -o policies.yaml manifests/",
            "",
            "What a policy costs the API server is not verified: try it with Audit first.",
            "Exit codes: 0 written, 1 nothing usable to preview, 64 wrong usage, 70 internal fault"
        })
final class ExportCommand implements Callable<Integer> {

    /** As the API writes them. */
    enum Wanted {
        Audit(Action.AUDIT),
        Warn(Action.WARN),
        Deny(Action.DENY);

        private final Action action;

        Wanted(Action action) {
            this.action = action;
        }
    }

    @Option(
            names = "--control",
            paramLabel = "ID",
            split = ",",
            description = "Controls to write, see --list; may be given several times.")
    private List<String> controls = List.of();

    @Option(
            names = "--action",
            paramLabel = "Audit|Warn|Deny",
            description = "What becomes of an object that breaks it (default: Audit).")
    private Wanted action = Wanted.Audit;

    @Option(
            names = "--target",
            paramLabel = "1.N",
            description = "Kubernetes version that is to take the policies (default: the oldest that can, 1.30).")
    private String target = Check.OLDEST.toString();

    @Option(
            names = "--pod-security",
            paramLabel = "1.N",
            description = "Version of the Pod Security Standards (default: 1.33).")
    private String standard = "1.33";

    @Option(
            names = "--exempt-namespace",
            paramLabel = "NAME",
            split = ",",
            description = "Namespaces that the binding leaves out; may be given several times.")
    private List<String> exempt = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write there instead of to the terminal.")
    private @Nullable Path output;

    @Option(names = "--list", description = "List the controls that can be written, and write none.")
    private boolean list;

    @Parameters(
            paramLabel = "PATH",
            description = "What to preview them on: files, folders or - for standard input.",
            arity = "0..*")
    private List<String> paths = List.of();

    @Override
    public Integer call() throws IOException {
        Exportables exportables =
                Exportables.of(new Version(Minor.of("--pod-security", standard, Version.LATEST.minor())));
        if (list) {
            StringBuilder text = new StringBuilder();
            exportables
                    .all()
                    .forEach(each -> text.append(String.format(Locale.ROOT, "%-45s %s%n", each.id(), each.title())));
            print(text.toString());
            return ExitCode.DONE;
        }
        TargetVersion server = new TargetVersion(Minor.of("--target", target, TargetVersion.NEWEST.minor()));
        List<PolicyDocument> documents = documents(exportables, server);
        // Read before anything is written: a path that is wrong leaves no half of an answer.
        EstateInput input = new EstateInput();
        input.addPaths(paths);
        StringBuilder yaml = new StringBuilder();
        documents.forEach(document -> yaml.append(yaml.isEmpty() ? "" : "---\n").append(document.yaml()));
        print(yaml.toString());
        return paths.isEmpty() ? ExitCode.DONE : preview(documents, input.states(), server);
    }

    private List<PolicyDocument> documents(Exportables exportables, TargetVersion server) {
        if (controls.isEmpty()) {
            throw new UsageProblem("nothing to export: name controls by --control, see --list");
        }
        List<PolicyDocument> documents = new ArrayList<>();
        for (String id : controls.stream().distinct().toList()) {
            Exportable control = exportables
                    .find(id)
                    .orElseThrow(() -> new UsageProblem("the control " + id
                            + " cannot be written as an admission policy, or is none; --list shows those that can"));
            PolicyDocument document = new PolicyDocument(control, action.action, new TreeSet<>(exempt));
            List<String> faults = Check.faults(document, server);
            if (!faults.isEmpty()) {
                throw new UsageProblem("Kubernetes " + server + " would not take " + id + ": " + faults.getFirst());
            }
            documents.add(document);
        }
        return documents;
    }

    private static int preview(List<PolicyDocument> documents, List<ClusterState> states, TargetVersion server) {
        boolean nothing = true;
        for (ClusterState state : states) {
            nothing &= state.resources().isEmpty();
            Preview preview = new Preview(state, server);
            for (PolicyDocument document : documents) {
                PolicyEffect effect = preview.of(document);
                System.err.print(EffectText.of(effect, document.control().id()));
            }
        }
        if (nothing) {
            System.err.println("plimsoll: no Kubernetes object in the input");
            return ExitCode.NOTHING_USABLE;
        }
        return ExitCode.DONE;
    }

    private void print(String text) throws IOException {
        if (output == null) {
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            out.print(text);
            out.flush();
            return;
        }
        try {
            Files.writeString(output, text);
        } catch (IOException e) {
            throw new UsageProblem(output + ": cannot be written");
        }
    }
}
