package io.plimsoll.audit.workload;

import io.plimsoll.audit.podsecurity.ContainerFields;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kubernetes.workload.Workload;

/** No credential stands in the manifest. The evidence names the variable and never what it holds. */
final class SecretInEnvironment {

    static final Control CONTROL = PodControl.question(
            "secret-in-environment",
            "Has no credential written into its environment",
            Severity.HIGH,
            "Move the value to a Secret, refer to it by valueFrom.secretKeyRef, and replace the credential: "
                    + "it has been readable by all who read the manifest.",
            "L27.4");

    private SecretInEnvironment() {}

    static Answer judge(Workload workload, PodFields pod) {
        for (ContainerFields container : pod.containers()) {
            for (Field variable : container.at("env").items()) {
                String name = variable.value().text("name");
                Field value = variable.at("value");
                if (new VariableName(name).credential() && literal(value.text().orElse(""))) {
                    return Answer.wrongAndHidden(
                            value,
                            container.title() + " has the credential " + name
                                    + " written into its environment; use valueFrom.secretKeyRef");
                }
            }
        }
        return new Answer.Good("no credential is written into the environment");
    }

    /** A credential itself: neither nothing, nor a switch, nor a reference to another variable, nor a mounted file. */
    private static boolean literal(String value) {
        return !value.isBlank()
                && !value.matches("(?i)true|false|yes|no|on|off|[01]")
                && !value.matches("\\$\\([^()]*\\)|\\$\\{[^{}]*}|\\{\\{.*}}")
                && !value.matches("/[a-z][\\w.-]*/[\\w./-]+");
    }
}
