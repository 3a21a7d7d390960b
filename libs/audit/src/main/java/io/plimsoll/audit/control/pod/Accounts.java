package io.plimsoll.audit.control.pod;

import io.plimsoll.audit.access.Grant;
import io.plimsoll.audit.access.Power;
import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Asked;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The service account a pod runs as, whether its token is mounted, and what it may do. */
public final class Accounts {

    private static final String AUTOMOUNT = "automountServiceAccountToken";

    private Accounts() {}

    /** A token nobody uses: mounted, and nothing is bound to its account. */
    public static Judge.OfPods tokenMounted() {
        return (pod, asked) -> {
            Field flag = pod.spec().at(AUTOMOUNT);
            if (!mounted(pod, asked) || bound(namespace(pod), pod.template().serviceAccount(), asked)) {
                return Answer.GOOD;
            }
            return Answer.wrong(
                    flag,
                    "the token of service account " + pod.template().serviceAccount()
                            + " is mounted and gives no right; set automountServiceAccountToken: false");
        };
    }

    /** The same asked of the account. */
    public static Judge.OfObjects tokenOfAccount() {
        return (account, asked) -> {
            Field flag = Field.of(account).at(AUTOMOUNT);
            if (flag.is(false) || bound(account.namespace(), account.name(), asked)) {
                return Answer.GOOD;
            }
            return Answer.wrong(
                    flag,
                    "every pod of service account " + account.name()
                            + " gets a token that gives no right; set automountServiceAccountToken: false");
        };
    }

    public static Judge.OfPods defaultAccount() {
        return (pod, asked) -> pod.template().serviceAccount().equals("default")
                ? Answer.wrong(
                        pod.spec().at("serviceAccountName"),
                        "it runs as the default service account of its namespace, which it shares with others;"
                                + " give it an account of its own")
                : Answer.GOOD;
    }

    /** The way from the pod to the rights: account, binding, role. */
    public static Judge.OfPods takeover() {
        return (pod, asked) -> {
            if (!mounted(pod, asked)) {
                return Answer.GOOD;
            }
            String account = pod.template().serviceAccount();
            Answer weakest = Answer.GOOD;
            for (Grant grant : asked.cluster().access().of(namespace(pod), account)) {
                TreeSet<Power> powers = new TreeSet<>(grant.powers());
                powers.retainAll(Power.TAKEOVER);
                if (!powers.isEmpty()
                        && (grant.clusterWide() || grant.binding().namespace().equals("kube-system"))) {
                    return wrong(pod, account, grant, powers);
                }
                if (!grant.known()) {
                    weakest = new Answer.Unseen(
                            Reason.PARTIAL_ANALYSIS,
                            "service account " + account + " is bound by "
                                    + grant.binding().name() + " to " + grant.role()
                                    + ", which is not among the objects given",
                            grant.binding().source());
                }
            }
            return weakest;
        };
    }

    private static Answer wrong(PodFields pod, String account, Grant grant, TreeSet<Power> powers) {
        Field field = pod.spec().at("serviceAccountName");
        String can = powers.contains(Power.EVERYTHING)
                ? Power.EVERYTHING.phrase()
                : powers.stream().map(Power::phrase).collect(Collectors.joining(", "));
        return Answer.wrong(
                field,
                "it can " + can + " as service account " + account + ", by "
                        + grant.binding().kind() + " " + grant.binding().name() + " to " + grant.role()
                        + "; give the account only what it needs");
    }

    /** The pod's own word, else its account's, else yes; a projected token counts as mounted. */
    static boolean mounted(PodFields pod, Asked asked) {
        for (Field volume : pod.spec().at("volumes").items()) {
            for (Field source : volume.at("projected", "sources").items()) {
                if (source.at("serviceAccountToken").written()
                        && source.at("serviceAccountToken", "audience").text().isEmpty()) {
                    return true;
                }
            }
        }
        Optional<Boolean> own = pod.spec().value().at(AUTOMOUNT).bool();
        if (own.isPresent()) {
            return own.get();
        }
        Resource account = asked.cluster()
                .find("ServiceAccount", namespace(pod), pod.template().serviceAccount());
        return account == null
                || account.declared().stream()
                        .anyMatch(each -> each.body().at(AUTOMOUNT).bool().orElse(true));
    }

    /** True when a binding names the account itself: what everybody has needs no token of its own. */
    private static boolean bound(String namespace, String account, Asked asked) {
        List<Grant> grants = asked.cluster().access().of(namespace, account);
        return grants.stream().anyMatch(grant -> names(grant.binding(), namespace, account));
    }

    private static boolean names(Resource binding, String namespace, String account) {
        for (Value subject : binding.body().items("subjects")) {
            if (subject.text("kind").equals("ServiceAccount")
                    && subject.text("name").equals(account)
                    && subject.at("namespace")
                            .text()
                            .orElse(binding.namespace())
                            .equals(namespace)) {
                return true;
            }
        }
        return false;
    }

    private static String namespace(PodFields pod) {
        return Asked.object(pod).namespace();
    }
}
