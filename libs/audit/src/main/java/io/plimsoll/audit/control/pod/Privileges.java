package io.plimsoll.audit.control.pod;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.podsecurity.ContainerFields;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.kubernetes.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Users, groups, capabilities and the security context. */
public final class Privileges {

    private static final List<String> GROUPS = List.of("runAsGroup", "fsGroup");

    private Privileges() {}

    public static Judge.OfPods lowUser() {
        return Containers.judging((pod, container, asked) -> {
            if (pod.windows()) {
                return new Answer.NotAsked("Windows has no numeric users");
            }
            Field user = pod.effective(container, "runAsUser");
            OptionalLong id = user.value().integer();
            long highest = asked.parameters().number("highest").longValue();
            return id.isPresent() && id.getAsLong() <= highest
                    ? Answer.wrong(
                            container.container().name(),
                            user,
                            container.title() + " runs as user " + id.getAsLong()
                                    + ", which a user of the node may share; use one above " + highest)
                    : Answer.GOOD;
        });
    }

    public static Judge.OfPods rootGroup() {
        return (pod, asked) -> {
            for (String key : GROUPS) {
                Field group = pod.securityContext().at(key);
                if (zero(group)) {
                    return Answer.wrong(group, "the pod runs with the root group; set " + key + " above 0");
                }
            }
            for (Field group : pod.securityContext().at("supplementalGroups").items()) {
                if (zero(group)) {
                    return Answer.wrong(group, "the pod is in the root group; take 0 out of supplementalGroups");
                }
            }
            for (ContainerFields container : pod.containers()) {
                Field group = container.securityContext().at("runAsGroup");
                if (zero(group)) {
                    return Answer.wrong(
                            container.container().name(),
                            group,
                            container.title() + " runs with the root group; set runAsGroup above 0");
                }
            }
            return Answer.GOOD;
        };
    }

    private static boolean zero(Field field) {
        return field.value().integer().orElse(-1) == 0;
    }

    public static Judge.OfPods netRaw() {
        return (pod, asked) -> pod.windows()
                ? new Answer.NotAsked("Windows has no capabilities")
                : Containers.each(
                                (each, container, question) -> {
                                    Field drop = container.securityContext().at("capabilities", "drop");
                                    boolean dropped = drop.value().texts().stream()
                                            .map(Privileges::capability)
                                            .anyMatch(name -> name.equals("ALL") || name.equals("NET_RAW"));
                                    return Containers.when(
                                            !dropped || adds(container, "NET_RAW") || adds(container, "ALL"), drop);
                                },
                                "may forge packets on its network; drop the capability NET_RAW, or ALL")
                        .judge(pod, asked);
    }

    private static boolean adds(ContainerFields container, String capability) {
        return container.securityContext().at("capabilities", "add").value().texts().stream()
                .anyMatch(each -> capability(each).equals(capability));
    }

    /** Runtimes read {@code CAP_NET_RAW}, {@code net_raw} and {@code NET_RAW} alike. */
    private static String capability(String written) {
        String upper = written.toUpperCase(Locale.ROOT);
        return upper.startsWith("CAP_") ? upper.substring("CAP_".length()) : upper;
    }

    public static Judge.OfPods takeoverCapability() {
        return Containers.judging((pod, container, asked) -> {
            List<String> refused = asked.parameters().texts("capabilities");
            for (Field added :
                    container.securityContext().at("capabilities", "add").items()) {
                String name = capability(added.shown());
                if (refused.contains(name)) {
                    return Answer.wrong(
                            container.container().name(),
                            added,
                            container.title() + " has the capability " + name
                                    + ", by which it can take over the node; remove it");
                }
            }
            return Answer.GOOD;
        });
    }

    public static Judge.OfPods readOnlyRoot() {
        return Containers.each(
                (pod, container, asked) -> {
                    Field flag = container.securityContext().at("readOnlyRootFilesystem");
                    return Containers.when(!flag.is(true), flag);
                },
                "can write to its root filesystem; set readOnlyRootFilesystem: true and mount emptyDir where it writes");
    }

    /** Neither pod nor container says anything of how it is confined. */
    public static Judge.OfPods someContext() {
        return (pod, asked) -> said(pod.securityContext())
                ? Answer.GOOD
                : Containers.each(
                                (each, container, question) -> Containers.when(
                                        !said(container.securityContext()), container.securityContext()),
                                "has no securityContext, nor has its pod; say how it is confined")
                        .judge(pod, asked);
    }

    private static boolean said(Field context) {
        return context.value().fields().values().stream().anyMatch(Value::present);
    }

    public static Judge.OfPods flagNotTrue(String key, String message) {
        return (pod, asked) -> {
            Field flag = pod.spec().at(key);
            return flag.is(true) ? Answer.wrong(flag, message) : Answer.GOOD;
        };
    }

    public static Judge.OfPods hostAliases() {
        return (pod, asked) -> {
            Field aliases = pod.spec().at("hostAliases");
            return aliases.items().isEmpty()
                    ? Answer.GOOD
                    : Answer.wrong(
                            aliases, "it writes names into /etc/hosts past the cluster's DNS; remove hostAliases");
        };
    }

    public static Judge.OfPods userNamespace() {
        return (pod, asked) -> {
            Field flag = pod.spec().at("hostUsers");
            return flag.is(false)
                    ? Answer.GOOD
                    : Answer.wrong(
                            flag, "root in its containers is root on the node; set hostUsers: false where possible");
        };
    }
}
