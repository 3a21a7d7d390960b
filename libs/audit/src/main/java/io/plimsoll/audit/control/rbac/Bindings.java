package io.plimsoll.audit.control.rbac;

import io.plimsoll.audit.access.BuiltinRoles;
import io.plimsoll.audit.access.Grant;
import io.plimsoll.audit.access.Power;
import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.List;
import java.util.Set;

/** Whom a binding gives a role to. */
public final class Bindings {

    private static final String MASTERS = "system:masters";
    private static final Set<String> EVERYBODY =
            Set.of("system:anonymous", "system:unauthenticated", "system:authenticated");
    /** What every cluster gives to everybody: discovery, health, and what callers may do themselves. */
    private static final Set<String> PUBLIC_ROLES = Set.of(
            "system:discovery",
            "system:basic-user",
            "system:public-info-viewer",
            "system:service-account-issuer-discovery",
            "kubeadm:bootstrap-signer-clusterinfo");

    private Bindings() {}

    /** Cluster-admin by name, or a role that gives as much. */
    public static Judge.OfObjects clusterAdmin() {
        return (binding, asked) -> {
            Grant grant = asked.cluster().access().grant(binding);
            boolean byName = binding.body().at("roleRef").text("name").equals("cluster-admin");
            if (!byName && !grant.powers().contains(Power.EVERYTHING)) {
                return Answer.GOOD;
            }
            List<String> allowed = asked.parameters().texts("allowed");
            for (Field subject : subjects(binding)) {
                String name = subject.value().text("name");
                boolean own = BuiltinRoles.owns(binding) || name.equals(MASTERS);
                if (!own && !allowed.contains(name)) {
                    return Answer.wrong(
                            subject.at("name"),
                            subject.value().text("kind") + " " + name + " can do everything by " + grant.role()
                                    + "; bind a role with the few rights that are needed");
                }
            }
            return Answer.GOOD;
        };
    }

    public static Judge.OfObjects everybody() {
        return (binding, asked) -> {
            String role = binding.body().at("roleRef").text("name");
            if (PUBLIC_ROLES.contains(role)) {
                return Answer.GOOD;
            }
            for (Field subject : subjects(binding)) {
                String name = subject.value().text("name");
                if (EVERYBODY.contains(name)) {
                    return Answer.wrong(
                            subject.at("name"),
                            "everybody in " + name + " gets " + role + "; bind it to those who need it");
                }
            }
            return Answer.GOOD;
        };
    }

    public static Judge.OfObjects masters() {
        return (binding, asked) -> {
            if (BuiltinRoles.owns(binding) || binding.name().equals("cluster-admin")) {
                // The binding every cluster ships.
                return Answer.GOOD;
            }
            for (Field subject : subjects(binding)) {
                if (subject.value().text("name").equals(MASTERS)) {
                    return Answer.wrong(
                            subject.at("name"),
                            "it names system:masters, whose members no rule of RBAC can restrain; bind a group of your own");
                }
            }
            return Answer.GOOD;
        };
    }

    public static Judge.OfObjects defaultAccount() {
        return (binding, asked) -> {
            if (BuiltinRoles.owns(binding)) {
                return Answer.GOOD;
            }
            for (Field subject : subjects(binding)) {
                if (subject.value().text("kind").equals("ServiceAccount")
                        && subject.value().text("name").equals("default")) {
                    return Answer.wrong(
                            subject.at("name"),
                            "every pod without an account of its own gets "
                                    + binding.body().at("roleRef").text("name") + "; bind an account of its own");
                }
            }
            return Answer.GOOD;
        };
    }

    public static Judge.OfObjects dangling() {
        return (binding, asked) -> {
            Field reference = Field.of(binding).at("roleRef");
            String kind = reference.value().text("kind");
            String name = reference.value().text("name");
            boolean there = kind.equals("ClusterRole") && BuiltinRoles.exists(name)
                    || asked.cluster().access().holdsRole(kind, binding.namespace(), name);
            if (!there) {
                return absent(
                        reference.at("name"),
                        kind + " " + name + " is not among the objects given; whoever creates it sets its rights");
            }
            for (Field subject : subjects(binding)) {
                Value body = subject.value();
                String namespace = body.at("namespace").text().orElse(binding.namespace());
                if (body.text("kind").equals("ServiceAccount")
                        && !body.text("name").equals("default")
                        && asked.cluster().find("ServiceAccount", namespace, body.text("name")) == null) {
                    return absent(
                            subject.at("name"),
                            "service account " + namespace + "/" + body.text("name")
                                    + " is not among the objects given; whoever creates it gets the rights");
                }
            }
            return Answer.GOOD;
        };
    }

    private static Answer absent(Field field, String message) {
        return new Answer.Wrong("", field.path(), field.shown(), message, Reason.ABSENT_FROM_INPUT, field.source());
    }

    public static Judge.OfObjects tokenSecret() {
        return (secret, asked) -> {
            Field type = Field.of(secret).at("type");
            return type.shown().equals("kubernetes.io/service-account-token")
                    ? Answer.wrong(type, "the token never expires; use tokens of the TokenRequest API")
                    : Answer.GOOD;
        };
    }

    private static List<Field> subjects(Resource binding) {
        return Field.of(binding).at("subjects").items();
    }
}
