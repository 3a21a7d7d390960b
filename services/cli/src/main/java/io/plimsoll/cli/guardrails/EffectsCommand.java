package io.plimsoll.cli.guardrails;

import io.plimsoll.audit.guardrail.cel.PolicyEffect;
import io.plimsoll.audit.guardrail.cel.PolicyEffects;
import io.plimsoll.audit.guardrail.cel.Programs;
import io.plimsoll.audit.guardrail.review.ResourceNames;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.UsageProblem;
import io.plimsoll.cli.input.EstateInput;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.workload.Workloads;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code plimsoll guardrails effects}: what the validating admission policies of a cluster would do to what is there. */
@Command(
        name = "effects",
        mixinStandardHelpOptions = true,
        description =
                "Evaluates the ValidatingAdmissionPolicies among the objects as at admission: what they refuse, where, and"
                        + " which select nothing.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  plimsoll guardrails effects cluster/",
            "",
            "Exit codes: 0 done, 1 nothing usable, 64 wrong usage, 70 internal fault"
        })
final class EffectsCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PATH", description = "Files, folders or - for standard input.", arity = "0..*")
    private List<String> paths = List.of();

    @Override
    public Integer call() {
        if (paths.isEmpty()) {
            throw new UsageProblem("nothing to read: give a path or - (see plimsoll guardrails effects --help)");
        }
        EstateInput input = new EstateInput();
        input.addPaths(paths);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        boolean nothing = true;
        int policies = 0;
        for (ClusterState state : input.states()) {
            nothing &= state.resources().isEmpty();
            List<PolicyEffect> effects = PolicyEffects.of(
                    state,
                    Scope.all(state.resources(), Workloads.of(state)).values(),
                    new Programs(new ResourceNames(state)));
            policies += effects.size();
            effects.forEach(effect -> out.print(EffectText.of(
                    effect, effect.policy() + (effect.binding().isEmpty() ? "" : " bound by " + effect.binding()))));
        }
        if (nothing) {
            System.err.println("plimsoll: no Kubernetes object in the input");
            return ExitCode.NOTHING_USABLE;
        }
        if (policies == 0) {
            out.println("no validating admission policy among the objects");
        }
        out.flush();
        return ExitCode.DONE;
    }
}
