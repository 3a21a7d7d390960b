package io.plimsoll.audit.guardrail.gatekeeper;

import io.plimsoll.audit.guardrail.review.Review;
import io.plimsoll.audit.guardrail.rule.Verdict;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Container;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One object put to a template with a constraint's parameters.
 *
 * @param state for templates that compare objects, which see only what the installation shows them
 */
record Call(Review review, Value parameters, Installation installation, ClusterState state) {

    static final Set<Container.Role> ALL = EnumSet.allOf(Container.Role.class);
    static final Set<Container.Role> LASTING = EnumSet.of(Container.Role.MAIN, Container.Role.INIT);

    Value parameter(String key) {
        return parameters.at(key);
    }

    List<String> texts(String key) {
        return parameters.at(key).texts();
    }

    /** Asks every container of a pod that is not exempt by its image; a pod of exempt containers alone is not asked. */
    Verdict containers(Set<Container.Role> roles, Function<Container, Optional<String>> broken) {
        boolean asked = false;
        for (Container container : review.containers()) {
            if (roles.contains(container.role()) && !exempt(container)) {
                asked = true;
                Optional<String> why = broken.apply(container);
                if (why.isPresent()) {
                    return new Verdict.Refused("container " + container.name() + " " + why.get());
                }
            }
        }
        return asked ? Verdict.ADMITTED : Verdict.NOT_ASKED;
    }

    /** As {@link #containers}, for a plain condition. */
    Verdict noContainer(Set<Container.Role> roles, String why, Function<Container, Boolean> breaks) {
        return containers(roles, container -> breaks.apply(container) ? Optional.of(why) : Optional.empty());
    }

    /** Asks the pod as a whole. */
    Verdict pod(Function<Value, Optional<String>> broken) {
        if (!review.isPod()) {
            return Verdict.NOT_ASKED;
        }
        return broken.apply(review.spec()).<Verdict>map(Verdict.Refused::new).orElse(Verdict.ADMITTED);
    }

    boolean exempt(Container container) {
        return texts("exemptImages").stream().anyMatch(image -> prefixed(image, container.image()));
    }

    /** Equal, or a prefix where the pattern ends in a star. */
    static boolean prefixed(String pattern, String text) {
        return pattern.endsWith("*")
                ? text.startsWith(pattern.substring(0, pattern.length() - 1))
                : text.equals(pattern);
    }
}
