package io.plimsoll.audit.guardrail.gatekeeper;

import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.review.Review;
import io.plimsoll.audit.guardrail.rule.Verdict;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Templates about rights and who holds them. */
final class IdentityTemplates {

    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final String TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final List<String> EDITING = List.of("create", "patch", "update");

    static final List<Template> ALL = List.of(
            Template.of(
                    "K8sDisallowAnonymous",
                    Intent.ACCESS_RIGHTS,
                    Set.of("allowedRoles", "disallowAuthenticated"),
                    IdentityTemplates::anonymous),
            Template.of(
                    "K8sBlockEndpointEditDefaultRole",
                    Intent.ACCESS_RIGHTS,
                    Set.of(),
                    IdentityTemplates::endpointEditRole),
            Template.of(
                    "K8sPSPAutomountServiceAccountTokenPod",
                    Intent.SERVICE_ACCOUNT_TOKEN,
                    Set.of(),
                    IdentityTemplates::automount));

    private IdentityTemplates() {}

    private static Verdict anonymous(Call call) {
        Review review = call.review();
        if (!review.is("RoleBinding", RBAC) && !review.is("ClusterRoleBinding", RBAC)) {
            return Verdict.NOT_ASKED;
        }
        if (call.texts("allowedRoles").contains(review.body().at("roleRef").text("name"))) {
            return Verdict.NOT_ASKED;
        }
        List<String> refused = new ArrayList<>(List.of("system:unauthenticated", "system:anonymous"));
        if (call.parameters().isTrue("disallowAuthenticated")) {
            refused.add("system:authenticated");
        }
        return review.body().items("subjects").stream()
                .map(subject -> subject.text("name"))
                .filter(refused::contains)
                .findFirst()
                .<Verdict>map(name -> new Verdict.Refused("it binds " + name))
                .orElse(Verdict.ADMITTED);
    }

    private static Verdict endpointEditRole(Call call) {
        Review review = call.review();
        if (!review.is("ClusterRole", RBAC) || !review.name().equals("system:aggregate-to-edit")) {
            return Verdict.NOT_ASKED;
        }
        boolean edits = review.body().items("rules").stream()
                .anyMatch(rule -> rule.at("resources").texts().contains("endpoints")
                        && rule.at("verbs").texts().stream().anyMatch(EDITING::contains));
        return Verdict.refusedIf(edits, "it may edit endpoints");
    }

    private static Verdict automount(Call call) {
        if (!call.review().isPod()) {
            return Verdict.NOT_ASKED;
        }
        Value written = call.review().spec().at("automountServiceAccountToken");
        if (written.isTrue()) {
            return new Verdict.Refused("it mounts the token of its service account");
        }
        return written.present()
                ? Verdict.ADMITTED
                : call.noContainer(
                        Call.LASTING,
                        "is given the token of its service account",
                        container -> container.body().items("volumeMounts").stream()
                                .anyMatch(mount -> mount.text("mountPath").equals(TOKEN_PATH)));
    }
}
