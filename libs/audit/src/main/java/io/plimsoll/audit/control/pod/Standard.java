package io.plimsoll.audit.control.pod;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Asked;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.audit.podsecurity.PodSecurity;
import io.plimsoll.audit.podsecurity.Version;
import io.plimsoll.audit.podsecurity.Violation;
import io.plimsoll.kernel.Reason;

/** A family of the Pod Security Standards as a control of its own, judged as Kubernetes judges it. */
public final class Standard {

    private Standard() {}

    /** @param family of the standards, for instance {@code privileged} */
    public static Judge.OfPods family(String family) {
        return family(family, "");
    }

    /** @param field only violations at a path that ends so */
    public static Judge.OfPods family(String family, String field) {
        return (pod, asked) -> judge(pod, asked, family, field);
    }

    private static Answer judge(PodFields pod, Asked asked, String family, String field) {
        for (Violation violation : asked.standard(pod).violations(version(asked))) {
            if (violation.family().equals(family) && violation.path().endsWith(field)) {
                return wrong(pod, violation);
            }
        }
        return Answer.GOOD;
    }

    /** As {@link #family(String)}, also where the cluster's version does not ask it yet. */
    public static Judge.OfPods always(String family) {
        return (pod, asked) -> PodSecurity.ofFamily(pod, family, version(asked)).stream()
                .findFirst()
                .map(violation -> wrong(pod, violation))
                .orElse(Answer.GOOD);
    }

    /** As the family of host ports, but ports in an allowed range pass. */
    public static Judge.OfPods hostPorts() {
        return (pod, asked) -> {
            Answer answer = judge(pod, asked, "hostports", "");
            if (!(answer instanceof Answer.Wrong)) {
                return answer;
            }
            long from = asked.parameters().number("allowedFrom").longValue();
            long to = asked.parameters().number("allowedTo").longValue();
            for (Violation violation : asked.standard(pod).violations(version(asked))) {
                boolean port = violation.family().equals("hostports")
                        && violation.value().matches("\\d{1,5}");
                long number = port ? Long.parseLong(violation.value()) : -1;
                if (violation.family().equals("hostports") && (number < from || number > to)) {
                    return wrong(pod, violation);
                }
            }
            return Answer.GOOD;
        };
    }

    private static Answer wrong(PodFields pod, Violation violation) {
        return new Answer.Wrong(
                Asked.containerAt(pod, violation.path()),
                violation.path(),
                violation.value(),
                violation.message(),
                Reason.SEEN_AND_WRONG,
                violation.source());
    }

    /** The version asked for, or the newest whose rules are known. */
    static Version version(Asked asked) {
        var target = asked.settings().target();
        return Version.nearest(target == null ? Integer.MAX_VALUE : target.minor());
    }
}
