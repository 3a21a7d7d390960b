package io.plimsoll.audit.guardrail.gatekeeper;

import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.rule.Verdict;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Templates about the users and groups that pods run as. */
final class UserTemplates {

    private static final String ANY = "RunAsAny";
    private static final List<String> GROUPS = List.of("runAsGroup", "supplementalGroups", "fsGroup");

    static final List<Template> ALL = List.of(
            new Template(
                    "K8sPSPAllowedUsers",
                    Set.of("runAsUser", "runAsGroup", "supplementalGroups", "fsGroup", "exemptImages"),
                    UserTemplates::intents,
                    UserTemplates::allowedUsers),
            Template.of("K8sPSPFSGroup", Intent.RUN_AS_GROUP, Set.of("rule", "ranges"), UserTemplates::fsGroup));

    private UserTemplates() {}

    private static List<Intent> intents(Value parameters) {
        List<Intent> intents = new ArrayList<>();
        if (asks(parameters.at("runAsUser"))) {
            intents.add(Intent.RUN_AS_NON_ROOT);
        }
        if (GROUPS.stream().anyMatch(field -> asks(parameters.at(field)))) {
            intents.add(Intent.RUN_AS_GROUP);
        }
        return intents;
    }

    private static boolean asks(Value rule) {
        return rule.present() && !rule.text("rule").equals(ANY);
    }

    private static Verdict allowedUsers(Call call) {
        if (intents(call.parameters()).isEmpty()) {
            return Verdict.NOT_ASKED;
        }
        return call.containers(Call.ALL, container -> {
            Optional<String> user = user(call, container);
            if (user.isPresent()) {
                return user;
            }
            return GROUPS.stream()
                    .filter(field -> asks(call.parameter(field)))
                    .filter(field -> !group(call.parameter(field), setting(call, container, field)))
                    .findFirst()
                    .map(field -> "sets " + field + " to what is not allowed, or not at all");
        });
    }

    private static Optional<String> user(Call call, Container container) {
        Value rule = call.parameter("runAsUser");
        OptionalLong user = setting(call, container, "runAsUser").integer();
        boolean fits =
                switch (rule.text("rule")) {
                    case "MustRunAsNonRoot" ->
                        user.isPresent()
                                ? user.getAsLong() != 0
                                : setting(call, container, "runAsNonRoot")
                                        .bool()
                                        .orElse(false);
                    case "MustRunAs" -> user.isPresent() && inRange(user.getAsLong(), rule);
                    default -> true;
                };
        return fits ? Optional.empty() : Optional.of("may run as a user that is not allowed");
    }

    private static boolean group(Value rule, Value set) {
        boolean must = rule.text("rule").equals("MustRunAs");
        List<Value> ids = set instanceof Value.Arr ? set.items() : set.present() ? List.of(set) : List.of();
        if (ids.isEmpty()) {
            return !must;
        }
        return ids.stream()
                .allMatch(id -> id.integer().isPresent() && inRange(id.integer().getAsLong(), rule));
    }

    private static Verdict fsGroup(Call call) {
        String rule = call.parameters().text("rule");
        if (rule.isEmpty() || rule.equals(ANY)) {
            return Verdict.NOT_ASKED;
        }
        return call.pod(spec -> {
            OptionalLong group = spec.at("securityContext", "fsGroup").integer();
            boolean fits = group.isPresent() ? inRange(group.getAsLong(), call.parameters()) : rule.equals("MayRunAs");
            return fits ? Optional.empty() : Optional.of("its fsGroup is not one of those allowed");
        });
    }

    private static boolean inRange(long id, Value rule) {
        return rule.items("ranges").stream()
                .anyMatch(range -> range.at("min").integer().orElse(Long.MAX_VALUE) <= id
                        && range.at("max").integer().orElse(Long.MIN_VALUE) >= id);
    }

    private static Value setting(Call call, Container container, String field) {
        Value own = container.securityContext().at(field);
        return own.present() ? own : call.review().spec().at("securityContext", field);
    }
}
