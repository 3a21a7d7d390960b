package io.plimsoll.audit.guardrail.gatekeeper;

import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.rule.Verdict;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Container;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Templates about the profiles of seccomp, AppArmor and SELinux. */
final class ProfileTemplates {

    private static final String NOT_CONFIGURED = "not configured";

    static final List<Template> ALL = List.of(
            new Template(
                    "K8sPSPSeccompV2",
                    Set.of("allowedProfiles", "allowedLocalhostFiles", "exemptImages"),
                    ProfileTemplates::seccompIntents,
                    ProfileTemplates::seccompV2),
            new Template(
                    "K8sPSPSeccomp",
                    Set.of("allowedProfiles", "allowedLocalhostFiles", "exemptImages"),
                    ProfileTemplates::seccompIntents,
                    ProfileTemplates::seccomp),
            Template.of(
                    "K8sPSPAppArmor",
                    Intent.APPARMOR,
                    Set.of("allowedProfiles", "exemptImages"),
                    call -> call.containers(Call.ALL, container -> appArmor(call, container))),
            Template.of(
                    "K8sPSPSELinuxV2",
                    Intent.SELINUX,
                    Set.of("allowedSELinuxOptions", "exemptImages"),
                    ProfileTemplates::seLinux));

    private ProfileTemplates() {}

    /** Where no profile at all is allowed, nothing beyond the baseline is asked. */
    private static List<Intent> seccompIntents(Value parameters) {
        return List.of(
                parameters.at("allowedProfiles").texts().contains(NOT_CONFIGURED)
                        ? Intent.SECCOMP_BASELINE
                        : Intent.SECCOMP);
    }

    private static Verdict seccompV2(Call call) {
        List<String> allowed = call.texts("allowedProfiles");
        List<String> files = call.texts("allowedLocalhostFiles");
        if (allowed.contains("*")) {
            return Verdict.NOT_ASKED;
        }
        return call.containers(Call.ALL, container -> {
            Value profile = inherited(call, container, "seccompProfile");
            String type = profile.present() ? profile.text("type") : NOT_CONFIGURED;
            boolean fits = type.equals("Localhost")
                    ? files.contains("*")
                            || (allowed.contains(type) && files.contains(profile.text("localhostProfile")))
                    : allowed.contains(type);
            return fits ? Optional.empty() : Optional.of("has the seccomp profile " + type);
        });
    }

    private static Verdict seccomp(Call call) {
        List<String> allowed = call.texts("allowedProfiles");
        if (allowed.contains("*")) {
            return Verdict.NOT_ASKED;
        }
        List<String> files = call.texts("allowedLocalhostFiles");
        return call.containers(Call.ALL, container -> {
            String profile = annotatedSeccomp(call, container, allowed);
            boolean fits = allowed.contains(profile)
                    || (isDefault(profile) && allowed.contains("RuntimeDefault"))
                    || (profile.equals("unconfined") && allowed.contains("Unconfined"))
                    || fitsFile(profile, allowed, files);
            return fits ? Optional.empty() : Optional.of("has the seccomp profile " + profile);
        });
    }

    private static boolean fitsFile(String profile, List<String> allowed, List<String> files) {
        boolean local = profile.startsWith("localhost/");
        return local
                && (allowed.contains("localhost/*")
                        || (allowed.contains("Localhost") && files.contains(profile.substring("localhost/".length()))));
    }

    private static boolean isDefault(String profile) {
        return profile.equals("runtime/default") || profile.equals("docker/default");
    }

    private static String annotatedSeccomp(Call call, Container container, List<String> allowed) {
        Value profile = inherited(call, container, "seccompProfile");
        if (profile.present()) {
            return switch (profile.text("type")) {
                case "RuntimeDefault" ->
                    allowed.contains("docker/default") && !allowed.contains("runtime/default")
                            ? "docker/default"
                            : "runtime/default";
                case "Localhost" -> "localhost/" + profile.text("localhostProfile");
                default -> "unconfined";
            };
        }
        String own = call.review()
                .annotations()
                .getOrDefault("container.seccomp.security.alpha.kubernetes.io/" + container.name(), "");
        return own.isEmpty()
                ? call.review().annotations().getOrDefault("seccomp.security.alpha.kubernetes.io/pod", NOT_CONFIGURED)
                : own;
    }

    private static Optional<String> appArmor(Call call, Container container) {
        Value own = container.securityContext().at("appArmorProfile");
        String annotated = call.review()
                .annotations()
                .getOrDefault("container.apparmor.security.beta.kubernetes.io/" + container.name(), "");
        String profile = own.present() || annotated.isEmpty()
                ? appArmor(own.present() ? own : call.review().spec().at("securityContext", "appArmorProfile"))
                : annotated;
        return call.texts("allowedProfiles").contains(profile)
                ? Optional.empty()
                : Optional.of("has the AppArmor profile " + profile);
    }

    private static String appArmor(Value profile) {
        return switch (profile.text("type")) {
            case "", "RuntimeDefault" -> "runtime/default";
            case "Unconfined" -> "unconfined";
            default -> "localhost/" + profile.text("localhostProfile");
        };
    }

    private static Verdict seLinux(Call call) {
        List<Value> allowed = call.parameter("allowedSELinuxOptions").items();
        Value ofPod = call.review().spec().at("securityContext", "seLinuxOptions");
        if (!fits(ofPod, allowed)) {
            return new Verdict.Refused("it has SELinux options that are not allowed");
        }
        return call.noContainer(
                Call.ALL,
                "has SELinux options that are not allowed",
                container -> !fits(container.securityContext().at("seLinuxOptions"), allowed));
    }

    private static boolean fits(Value options, List<Value> allowed) {
        return !options.present()
                || allowed.stream()
                        .anyMatch(each -> List.of("level", "role", "type", "user").stream()
                                .allMatch(field -> !options.at(field).present()
                                        || options.text(field).equals(each.text(field))));
    }

    /** The container's own setting, else the pod's. */
    private static Value inherited(Call call, Container container, String key) {
        Value own = container.securityContext().at(key);
        return own.present() ? own : call.review().spec().at("securityContext", key);
    }
}
