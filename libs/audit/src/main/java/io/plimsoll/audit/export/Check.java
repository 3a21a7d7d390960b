package io.plimsoll.audit.export;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import io.plimsoll.audit.cel.CelEnvironment;
import io.plimsoll.audit.cel.Compiled;
import io.plimsoll.audit.cel.TargetVersion;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Whether an API server of some version would take a policy: its expressions are compiled as there. */
public final class Check {

    /** The first version with the API {@code admissionregistration.k8s.io/v1} of these policies. */
    public static final TargetVersion OLDEST = new TargetVersion(30);

    private Check() {}

    /** What the server would refuse, one line a fault; empty where it takes the policy. */
    public static List<String> faults(PolicyDocument document, TargetVersion target) {
        if (target.minor() < OLDEST.minor()) {
            return List.of(
                    "validating admission policies came with Kubernetes " + OLDEST + ", the target is " + target);
        }
        List<String> faults = new ArrayList<>();
        Value spec = document.policy().at("spec");
        List<String> names = new ArrayList<>(CelEnvironment.VARIABLES);
        names.remove("params");
        CelEnvironment environment = CelEnvironment.naming(target, names);
        for (Value variable : spec.items("variables")) {
            Compiled compiled = environment.compile(variable.text("expression"));
            note(compiled, "variable " + variable.text("name"), faults);
            CelType type = compiled instanceof Compiled.Ready ready ? ready.type() : SimpleType.DYN;
            environment = environment.with("variables." + variable.text("name"), type);
        }
        for (Value condition : spec.items("matchConditions")) {
            note(environment.compile(condition.text("expression"), SimpleType.BOOL), "a match condition", faults);
        }
        for (Value validation : spec.items("validations")) {
            note(environment.compile(validation.text("expression"), SimpleType.BOOL), "a validation", faults);
            String message = validation.text("messageExpression");
            if (!message.isEmpty()) {
                note(environment.compile(message, SimpleType.STRING), "a message", faults);
            }
        }
        return faults;
    }

    private static void note(Compiled compiled, String what, List<String> faults) {
        if (compiled instanceof Compiled.Unreadable unreadable) {
            faults.add(what + ": " + unreadable.why());
        }
    }
}
