package io.plimsoll.cli.assess;

import io.plimsoll.assessment.Assessment;
import io.plimsoll.assessment.AssessmentResult;
import io.plimsoll.assessment.CoverageLost;
import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.UsageProblem;
import io.plimsoll.cli.input.DeclarationsFile;
import io.plimsoll.cli.input.EarlierReport;
import io.plimsoll.cli.input.EstateInput;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.report.JsonReport;
import io.plimsoll.report.html.HtmlReport;
import io.plimsoll.report.sarif.SarifReport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plimsoll assess}: manifests in, stages and findings out, in one process. */
@Command(
        name = "assess",
        mixinStandardHelpOptions = true,
        description = "Reads manifests and says at which stage they stand.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  plimsoll assess manifests/",
            "  kubectl get all,ing,netpol -A -o yaml | plimsoll assess -",
            "  plimsoll assess --estate estate.yaml --format json -o report.json",
            "  plimsoll assess manifests/ --require-stage 3",
            "  plimsoll assess manifests/ --facts declarations.yaml --as-of 2026-06-30 --require-stage 3 --proven",
            "  plimsoll assess manifests/ --previous last-report.json",
            "  plimsoll assess manifests/ --format html -o report.html",
            "  plimsoll assess manifests/ --format sarif -o report.sarif    for code hosts and editors",
            "",
            "Exit codes: 0 done, 1 nothing usable (or a bad document with --strict),",
            "            2 required stage not reached, 64 wrong usage, 70 internal fault"
        })
public final class AssessCommand implements Callable<Integer> {

    /** Forms of the answer. */
    enum Format {
        text,
        json,
        sarif,
        html
    }

    @Parameters(paramLabel = "PATH", description = "Files, folders or - for standard input.", arity = "0..*")
    private List<String> paths = List.of();

    @Option(names = "--estate", paramLabel = "FILE", description = "Several clusters and where their manifests are.")
    private @Nullable Path estate;

    @Option(
            names = "--facts",
            paramLabel = "FILE",
            description = "What people declare: owners, registries, frameworks, attestations, waivers"
                    + " (plimsoll.declarations/v1). Give --as-of too, since each has an end.")
    private @Nullable Path facts;

    @Option(
            names = "--previous",
            paramLabel = "REPORT",
            description = "An earlier JSON report: says which gates had failed and are unknown now.")
    private @Nullable Path previous;

    @Option(names = "--model", paramLabel = "FILE", description = "Another stage model than the built-in one.")
    private @Nullable Path model;

    @Option(names = "--as-of", paramLabel = "TIME", description = "Time that expiries are compared with (ISO 8601).")
    private @Nullable String asOf;

    @Option(
            names = "--format",
            paramLabel = "text|json|sarif|html",
            description = "Form of the answer (default: text).")
    private Format format = Format.text;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write there instead of to the terminal.")
    private @Nullable Path output;

    @Option(names = "--require-stage", paramLabel = "N", description = "Exit 2 unless S possible is at least N.")
    private @Nullable Integer requiredStage;

    @Option(names = "--proven", description = "With --require-stage: judge S proven instead.")
    private boolean proven;

    @Option(names = "--strict", description = "A document that cannot be read makes the exit code 1.")
    private boolean strict;

    @Override
    public Integer call() throws IOException {
        if (paths.isEmpty() && estate == null) {
            throw new UsageProblem("nothing to assess: give a path, - or --estate (see plimsoll assess --help)");
        }
        if (requiredStage != null && (requiredStage < 1 || requiredStage > 5)) {
            throw new UsageProblem("--require-stage takes 1 to 5, not " + requiredStage);
        }
        EstateInput input = new EstateInput();
        if (estate != null) {
            input.addEstate(estate);
        }
        input.addPaths(paths);
        hintAtEstates();
        List<ClusterState> states = input.states();
        boolean nothing = states.stream().allMatch(state -> state.resources().isEmpty());
        AssessmentResult result = new Assessment(stageModel(), AddOnCatalogue.builtin())
                .assess(states, DeclarationsFile.read(facts), time(), input.coverage());
        EarlierReport earlier = previous == null ? null : EarlierReport.read(previous);
        if (earlier != null) {
            result = result.with(CoverageLost.since(earlier.gates(), result.scopes()));
        }
        print(result, earlier);
        if (nothing) {
            System.err.println("plimsoll: no Kubernetes object in the input");
            return ExitCode.NOTHING_USABLE;
        }
        if (strict && input.skipped() > 0) {
            System.err.println("plimsoll: " + input.skipped() + " document(s) could not be read");
            return ExitCode.NOTHING_USABLE;
        }
        return gate(result);
    }

    /** A folder of several clusters given as one: said, not guessed at. */
    private void hintAtEstates() {
        for (String path : paths) {
            Path index = Path.of(path, "estate.yaml");
            if (!path.equals("-") && Files.isRegularFile(index)) {
                System.err.println("plimsoll: " + path + " is read as one cluster; --estate " + index
                        + " tells its clusters apart");
            }
        }
    }

    private int gate(AssessmentResult result) {
        if (requiredStage == null) {
            return ExitCode.DONE;
        }
        int possible = result.organisation().security().high();
        int shown = result.organisation().security().low();
        int judged = proven ? shown : possible;
        boolean met = judged >= requiredStage;
        System.err.println("plimsoll: stage " + requiredStage + " required of S " + (proven ? "proven" : "possible")
                + ": S proven " + shown + ", S possible " + possible + (met ? "" : ": not met"));
        return met ? ExitCode.DONE : ExitCode.GATE_NOT_MET;
    }

    private StageModel stageModel() throws IOException {
        if (model == null) {
            return StageModel.builtin();
        }
        if (!Files.isReadable(model)) {
            throw new UsageProblem(model + ": no such file, or not readable");
        }
        try (InputStream in = Files.newInputStream(model)) {
            return StageModel.read(model.toString(), in);
        } catch (IllegalArgumentException e) {
            throw new UsageProblem("the stage model cannot be used: " + e.getMessage());
        }
    }

    private @Nullable Instant time() {
        if (asOf == null) {
            return null;
        }
        try {
            return asOf.contains("T")
                    ? Instant.parse(asOf)
                    : LocalDate.parse(asOf).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new UsageProblem("--as-of takes a date or an instant such as 2026-01-31T00:00:00Z, not " + asOf);
        }
    }

    /** The kind of fault in words; the message of an I/O fault is often only the file's name. */
    private static String reason(IOException fault) {
        return switch (fault) {
            case NoSuchFileException missing -> "its folder does not exist";
            case AccessDeniedException denied -> "permission denied";
            default -> fault.getClass().getSimpleName();
        };
    }

    private void print(AssessmentResult result, @Nullable EarlierReport earlier) throws IOException {
        if (output == null) {
            Writer out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
            write(result, earlier, out);
            out.flush();
            return;
        }
        try (Writer out = Files.newBufferedWriter(output)) {
            write(result, earlier, out);
        } catch (IOException e) {
            throw new UsageProblem(output + ": cannot be written: " + reason(e));
        }
    }

    private void write(AssessmentResult result, @Nullable EarlierReport earlier, Writer out) throws IOException {
        switch (format) {
            case text -> out.write(TextReport.of(result));
            case json -> out.write(JsonReport.of(result));
            case sarif -> SarifReport.write(result, earlier == null ? null : earlier.findings(), out);
            case html -> HtmlReport.write(result, out);
        }
    }
}
