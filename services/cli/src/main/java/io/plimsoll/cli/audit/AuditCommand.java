package io.plimsoll.cli.audit;

import io.plimsoll.audit.control.Audit;
import io.plimsoll.audit.control.CatalogueControl;
import io.plimsoll.audit.control.ControlCatalogue;
import io.plimsoll.audit.control.Finding;
import io.plimsoll.audit.control.plane.ManagedPlane;
import io.plimsoll.audit.control.question.Cluster;
import io.plimsoll.audit.control.question.Settings;
import io.plimsoll.audit.framework.ScopedReports;
import io.plimsoll.audit.tool.Marks;
import io.plimsoll.audit.tool.Tool;
import io.plimsoll.audit.tool.ToolCatalogue;
import io.plimsoll.audit.tool.Tools;
import io.plimsoll.audit.tool.Tracked;
import io.plimsoll.audit.version.KubernetesVersion;
import io.plimsoll.audit.version.VersionKnowledge;
import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.UsageProblem;
import io.plimsoll.cli.input.DeclarationsFile;
import io.plimsoll.cli.input.EstateInput;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.manifest.Problem;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plimsoll audit}: manifests in, one answer for each object and control out. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Asks every control of every object and says what is wrong where.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  plimsoll audit manifests/",
            "  plimsoll audit manifests/ --controls PLM-POD-001,PLM-RBAC-022 --format jsonl",
            "  plimsoll audit manifests/ --framework cis-kubernetes-1.12",
            "  plimsoll audit manifests/ --pod-security restricted@1.33 --format jsonl",
            "  plimsoll audit manifests/ --policy no-latest.yaml --fail-on high",
            "  plimsoll audit manifests/ --facts declarations.yaml --as-of 2026-01-31 --previous yesterday.json",
            "",
            "Exit codes: 0 done, 1 nothing usable (or a bad document with --strict),",
            "            2 a finding as severe as --fail-on, 64 wrong usage, 70 internal fault"
        })
public final class AuditCommand implements Callable<Integer> {

    /** Forms of the answer. */
    enum Format {
        text,
        json,
        jsonl,
        sarif,
        junit
    }

    @Parameters(paramLabel = "PATH", description = "Files, folders or - for standard input.", arity = "1..*")
    private List<String> paths = List.of();

    @Option(
            names = "--controls",
            paramLabel = "ID",
            split = ",",
            description = "Only these controls, or those of these gate controls.")
    private List<String> controls = List.of();

    @Option(
            names = "--framework",
            paramLabel = "F",
            description = "Only controls of this framework, with a report by its ids.")
    private @Nullable String framework;

    @Option(
            names = "--pod-security",
            paramLabel = "LEVEL@VERSION",
            description = "Only the Pod Security Standards, as admission applies them.")
    private @Nullable String podSecurity;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Only this ValidatingAdmissionPolicy; may be given more than once.")
    private List<Path> policies = List.of();

    @Option(names = "--control-dir", paramLabel = "DIR", description = "A folder of further controls and policies.")
    private List<Path> controlFolders = List.of();

    @Option(
            names = "--parameters",
            paramLabel = "FILE",
            description = "Values of parameters: {CONTROL: {name: value}}.")
    private @Nullable Path parameters;

    @Option(
            names = "--kubernetes-version",
            paramLabel = "V",
            description = "Version that is run, or will be (for instance 1.33).")
    private @Nullable String kubernetesVersion;

    @Option(
            names = "--kubernetes-cves",
            paramLabel = "PATH",
            description = "Records of Kubernetes' vulnerabilities in place of the built-in ones.")
    private @Nullable Path vulnerabilities;

    @Option(names = "--as-of", paramLabel = "DATE", description = "Date that support windows are held against.")
    private @Nullable String asOf;

    @Option(
            names = {"--facts", "--declarations"},
            paramLabel = "FILE",
            description = "Declarations: what its waivers cover is WAIVED instead of FAIL (they need --as-of).")
    private @Nullable Path facts;

    @Option(
            names = "--previous",
            paramLabel = "FILE",
            description = "An earlier report (json or jsonl): say what is new and what is gone (text and json).")
    private @Nullable Path previous;

    @Option(
            names = "--tools",
            description =
                    "Say too which security tools run, whether they have effect, and what delivery owns (text, json).")
    private boolean tools;

    @Option(names = "--separate", description = "Each PATH is a cluster of its own; else all are one.")
    private boolean separate;

    @Option(
            names = "--format",
            paramLabel = "text|json|jsonl|sarif|junit",
            description = "Form of the answer (default: text).")
    private Format format = Format.text;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write there instead of to the terminal.")
    private @Nullable Path output;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            description = "Exit 2 on a finding of at least this severity: critical, high, medium, low.")
    private @Nullable String failOn;

    @Option(names = "--fix", description = "Mend what one value mends, in the files themselves, and audit again.")
    private boolean fix;

    @Option(names = "--strict", description = "A document that cannot be read makes the exit code 1.")
    private boolean strict;

    @Override
    public Integer call() throws IOException {
        Severity limit = failOn == null ? null : severity(failOn);
        if (output == null) {
            Writer out = new BufferedWriter(
                    new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8));
            int code = run(out, limit);
            out.flush();
            return code;
        }
        try (Writer out = Files.newBufferedWriter(output)) {
            return run(out, limit);
        }
    }

    private int run(Writer out, @Nullable Severity limit) throws IOException {
        return podSecurity == null ? audit(out, limit) : podSecurity(podSecurity, out);
    }

    private int podSecurity(String asked, Writer out) throws IOException {
        if (format != Format.text && format != Format.jsonl) {
            throw new UsageProblem("--pod-security is written as text or jsonl");
        }
        List<Problem> skipped = new ArrayList<>();
        PodSecurityRun run = new PodSecurityRun(asked, out, format == Format.jsonl);
        run.run(paths, problem -> {
            if (problem.severity() == Problem.Severity.SKIPPED) {
                skipped.add(problem);
            }
        });
        skipped.forEach(problem -> System.err.println("plimsoll: not read: " + problem));
        return code(run.objects() == 0, skipped.size(), failOn != null && run.forbidden() > 0);
    }

    private int audit(Writer out, @Nullable Severity limit) throws IOException {
        if (tools && format != Format.text && format != Format.json) {
            throw new UsageProblem("--tools is shown in text and json");
        }
        Selection selection = Selection.of(controls, framework, policies, controlFolders);
        Settings settings = settings();
        Audit audit;
        try {
            audit = new Audit(selection.controls(), ParametersFile.read(parameters), settings);
        } catch (IllegalArgumentException e) {
            throw new UsageProblem("the parameters cannot be used: " + e.getMessage());
        }
        if (fix) {
            fix(audit);
        }
        Waivers waivers = new Waivers(DeclarationsFile.read(facts).waivers(), selection.all(), now());
        EarlierFindings earlier = earlier();
        AuditSummary summary = new AuditSummary();
        ScopedReports reports =
                framework == null ? null : new ScopedReports(Selection.framework(framework), selection.controls());
        Findings findings = findings(out, selection.all());
        FindingSink sink = (cluster, asked) -> {
            Finding finding = waivers.of(asked);
            summary.count(finding);
            if (earlier != null) {
                earlier.count(finding);
            }
            if (reports != null) {
                reports.count(cluster, finding);
            }
            try {
                findings.finding(finding);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        boolean nothing = true;
        List<Tool> found = new ArrayList<>();
        List<Tracked> tracked = new ArrayList<>();
        List<ManagedPlane> managed = new ArrayList<>();
        List<io.plimsoll.assessment.Coverage> coverage = new ArrayList<>();
        int skipped = 0;
        for (List<String> one : clusters()) {
            EstateInput input = new EstateInput();
            input.addPaths(one);
            String name = separate ? one.getFirst() : "";
            for (ClusterState state : input.states()) {
                nothing &= state.resources().isEmpty();
                Doubtful doubtful = Doubtful.of(input.coverage(), state);
                Consumer<Finding> here = finding -> sink.take(name, doubtful.of(placed(finding, name)));
                Cluster cluster = new Cluster(state);
                ManagedPlane.of(cluster).ifPresent(managed::add);
                if (tools) {
                    found.addAll(Tools.of(cluster, ToolCatalogue.builtin(), now()));
                    tracked.addAll(Marks.of(state));
                }
                audit.run(cluster, here);
                selection.policies().forEach(policy -> policy.run(cluster, here));
            }
            coverage.addAll(input.coverage());
            skipped += input.skipped();
        }
        coverage.addAll(waivers.coverage());
        summary.cover(coverage);
        summary.compare(earlier);
        summary.tools(tools ? found : null, tracked);
        summary.managed(managed);
        summary.framework(reports);
        findings.end(summary);
        boolean severe = limit != null
                && java.util.Arrays.stream(Severity.values())
                        .anyMatch(each -> each.compareTo(limit) <= 0 && summary.failures(each) > 0);
        return code(nothing, skipped, severe);
    }

    /** Findings of one of several clusters. */
    @FunctionalInterface
    private interface FindingSink {
        /** @param cluster empty where one alone was given */
        void take(String cluster, Finding finding);
    }

    /** What is asked of a cluster once stands at no place of a file: of several clusters, its path tells which. */
    private static Finding placed(Finding finding, String cluster) {
        return cluster.isEmpty() || !finding.source().file().isEmpty()
                ? finding
                : new Finding(
                        finding.control(),
                        finding.object(),
                        finding.container(),
                        finding.state(),
                        finding.reason(),
                        finding.path(),
                        finding.value(),
                        finding.message(),
                        new Source(cluster, 0, 0));
    }

    private @Nullable EarlierFindings earlier() {
        if (previous == null) {
            return null;
        }
        if (format != Format.text && format != Format.json) {
            throw new UsageProblem("--previous is shown in text and json");
        }
        return EarlierFindings.read(previous);
    }

    private void fix(Audit audit) throws IOException {
        if (paths.contains("-")) {
            throw new UsageProblem("--fix needs files: standard input cannot be mended");
        }
        List<Fixer.Fix> fixes = new Fixer(() -> audited(audit), rootByUser()).run();
        fixes.forEach(each -> System.err.println("plimsoll: fixed " + each.file() + ": " + each.path() + ": "
                + each.value() + " (" + each.control() + ")"));
        System.err.println(
                "plimsoll: " + fixes.size() + " field(s) mended; the report is of the files as they are now");
    }

    private List<Finding> audited(Audit audit) {
        List<Finding> findings = new ArrayList<>();
        for (List<String> one : clusters()) {
            EstateInput input = new EstateInput();
            input.addPaths(one);
            input.states().forEach(state -> audit.run(state, findings::add));
        }
        return findings;
    }

    /** What runs as user 0 by its own word, whatever controls are asked for: told not to be root it would not start. */
    private List<Finding> rootByUser() {
        Audit audit =
                new Audit(ControlCatalogue.builtin().of("PLM-POD-007").stream().toList(), settings());
        return audited(audit).stream()
                .filter(each -> each.state() == EvidenceState.FAIL)
                .toList();
    }

    private List<List<String>> clusters() {
        return separate ? paths.stream().map(List::of).toList() : List.of(paths);
    }

    private int code(boolean nothing, int skipped, boolean severe) {
        if (nothing) {
            System.err.println("plimsoll: no Kubernetes object in the input");
            return ExitCode.NOTHING_USABLE;
        }
        if (strict && skipped > 0) {
            System.err.println("plimsoll: " + skipped + " document(s) could not be read");
            return ExitCode.NOTHING_USABLE;
        }
        return severe ? ExitCode.GATE_NOT_MET : ExitCode.DONE;
    }

    private Findings findings(Writer out, List<CatalogueControl> asked) throws IOException {
        return switch (format) {
            case text -> new TextFindings(out, asked);
            case json -> new JsonFindings(out, asked);
            case jsonl -> new JsonLines(out);
            case sarif -> new SarifFindings(out, asked);
            case junit -> new JunitFindings(out, asked);
        };
    }

    private Settings settings() {
        VersionKnowledge versions = VersionKnowledge.builtin();
        if (vulnerabilities != null) {
            versions = versions.with(VulnerabilityFiles.read(vulnerabilities));
        }
        return new Settings(version(), today(), versions);
    }

    private @Nullable KubernetesVersion version() {
        if (kubernetesVersion == null) {
            return null;
        }
        try {
            return KubernetesVersion.of(kubernetesVersion);
        } catch (IllegalArgumentException e) {
            throw new UsageProblem("--kubernetes-version: " + e.getMessage());
        }
    }

    private @Nullable LocalDate today() {
        if (asOf == null) {
            return null;
        }
        try {
            return LocalDate.parse(asOf.length() > 10 ? asOf.substring(0, 10) : asOf);
        } catch (DateTimeParseException e) {
            throw new UsageProblem("--as-of takes a date such as 2026-01-31, not " + asOf);
        }
    }

    /** A date is its first moment, UTC. */
    private @Nullable Instant now() {
        if (asOf == null) {
            return null;
        }
        try {
            return asOf.length() > 10
                    ? Instant.parse(asOf)
                    : LocalDate.parse(asOf).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new UsageProblem("--as-of takes a date such as 2026-01-31 or 2026-01-31T12:00:00Z, not " + asOf);
        }
    }

    private static Severity severity(String word) {
        try {
            return Severity.of(word);
        } catch (IllegalArgumentException e) {
            throw new UsageProblem("--fail-on takes critical, high, medium or low, not " + word);
        }
    }
}
