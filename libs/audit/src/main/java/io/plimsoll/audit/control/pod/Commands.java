package io.plimsoll.audit.control.pod;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.podsecurity.ContainerFields;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What containers run, and what listens in them. */
public final class Commands {

    private static final Pattern SSHD = Pattern.compile("(^|[/\\s])sshd(\\s|$)");
    private static final Pattern SUDO = Pattern.compile("(^|[/\\s;&|])sudo(\\s|$)");
    private static final Pattern PROBE_TOOL =
            Pattern.compile("(^|[/\\s;&|])(curl|wget|jcmd|nc|ncat|telnet|ssh)(\\s|$)");
    private static final Pattern PIPE_TO_SHELL = Pattern.compile("\\|\\s*(/bin/)?(ba|da|a|k|z)?sh(\\s|$)");
    private static final Set<Long> SSH_PORTS = Set.of(22L, 2222L);
    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");

    private Commands() {}

    public static Judge.OfPods sshServer() {
        return Containers.judging((pod, container, asked) -> {
            for (Field port : container.at("ports").items()) {
                for (String key : new String[] {"containerPort", "hostPort"}) {
                    Field number = port.at(key);
                    if (SSH_PORTS.contains(number.value().integer().orElse(0))) {
                        return Answer.wrong(
                                container.container().name(),
                                number,
                                container.title()
                                        + " listens on the port of SSH; use kubectl exec, which is authorised and logged");
                    }
                }
            }
            Field words = matching(container, SSHD);
            return words == null
                    ? Answer.GOOD
                    : Answer.wrong(
                            container.container().name(),
                            words,
                            container.title()
                                    + " runs an SSH server; use kubectl exec, which is authorised and logged");
        });
    }

    public static Judge.OfObjects sshService() {
        return (service, asked) -> {
            for (Field port : Field.of(service).at("spec", "ports").items()) {
                for (String key : new String[] {"targetPort", "port"}) {
                    Field number = port.at(key);
                    if (SSH_PORTS.contains(number.value().integer().orElse(0))
                            || number.text().orElse("").equals("ssh")) {
                        return Answer.wrong(number, "the service leads to the port of SSH; remove it");
                    }
                }
            }
            return Answer.GOOD;
        };
    }

    public static Judge.OfPods sudo() {
        return Containers.judging((pod, container, asked) -> {
            Field words = matching(container, SUDO);
            return words == null
                    ? Answer.GOOD
                    : Answer.wrong(
                            container.container().name(),
                            words,
                            container.title() + " calls sudo; run as the user it needs, without more");
        });
    }

    private static @Nullable Field matching(ContainerFields container, Pattern pattern) {
        for (String key : new String[] {"command", "args"}) {
            for (Field word : container.at(key).items()) {
                String text = word.text().orElse("");
                if (text.length() <= 64 << 10 && pattern.matcher(text).find()) {
                    return word;
                }
            }
        }
        return null;
    }

    public static Judge.OfPods probeTools() {
        return Containers.judging((pod, container, asked) -> {
            for (String probe : PROBES) {
                Field command = container.at(probe, "exec", "command");
                String line = String.join(" ", command.value().texts());
                if (line.length() <= 64 << 10
                        && (PROBE_TOOL.matcher(line).find()
                                || PIPE_TO_SHELL.matcher(line).find())) {
                    return Answer.wrong(
                            container.container().name(),
                            command,
                            container.title() + " is probed by a tool that an intruder would like to find;"
                                    + " use httpGet, tcpSocket or grpc");
                }
            }
            return Answer.GOOD;
        });
    }

    /** Tolerations and selectors that put a pod where the control plane runs. */
    public static Judge.OfPods controlPlane() {
        return (pod, asked) -> {
            List<String> allowed = asked.parameters().texts("namespaces");
            if (allowed.contains(pod.template().resource().namespace())) {
                return new Answer.NotAsked("what runs there belongs to the control plane");
            }
            for (Field toleration : pod.spec().at("tolerations").items()) {
                if (toleratesAll(toleration.value())) {
                    return Answer.wrong(
                            toleration,
                            "it tolerates every taint and so may be scheduled on nodes of the control plane;"
                                    + " name the taints it is meant for");
                }
            }
            for (Field place : places(pod)) {
                String key = place.value() instanceof Value.Text text ? text.raw() : "";
                if (key.equals("node-role.kubernetes.io/control-plane")
                        || key.equals("node-role.kubernetes.io/master")) {
                    return Answer.wrong(
                            place,
                            "it may be scheduled on nodes of the control plane; keep those for the control plane");
                }
            }
            return Answer.GOOD;
        };
    }

    /** Without a key, Exists means every taint; the control plane's keep off what is scheduled, not what runs. */
    private static boolean toleratesAll(Value toleration) {
        String effect = toleration.text("effect");
        return toleration.text("key").isEmpty()
                && toleration.text("operator").equals("Exists")
                && (effect.isEmpty() || effect.equals("NoSchedule"));
    }

    /** The keys of tolerations, node selectors and required node affinity. */
    private static List<Field> places(PodFields pod) {
        List<Field> places = new ArrayList<>();
        pod.spec().at("tolerations").items().forEach(each -> places.add(each.at("key")));
        Field selector = pod.spec().at("nodeSelector");
        selector.value()
                .fields()
                .forEach((key, value) -> places.add(new Field(
                        selector.path() + "['" + key + "']",
                        new Value.Text(key, value.line()),
                        selector.source().atLine(value.line()))));
        Field required = pod.spec().at("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
        for (Field term : required.at("nodeSelectorTerms").items()) {
            for (Field expression : term.at("matchExpressions").items()) {
                String operator = expression.value().text("operator");
                if (operator.equals("In") || operator.equals("Exists")) {
                    places.add(expression.at("key"));
                }
            }
        }
        return places;
    }

    public static Judge.OfPods sandbox() {
        return (pod, asked) -> {
            String label = asked.parameters().text("label");
            String namespace = pod.template().resource().namespace();
            var declared = asked.cluster().find("Namespace", "", namespace);
            boolean untrusted = "true".equals(pod.template().labels().get(label))
                    || "true".equals(pod.template().resource().labels().get(label))
                    || declared != null && "true".equals(declared.labels().get(label));
            if (!untrusted) {
                return new Answer.NotAsked("it is not marked untrusted by the label " + label);
            }
            Field runtime = pod.spec().at("runtimeClassName");
            return runtime.text().orElse("").isBlank()
                    ? Answer.wrong(
                            runtime,
                            "it is marked untrusted and shares the node's kernel; name a sandboxed runtimeClassName")
                    : Answer.GOOD;
        };
    }
}
