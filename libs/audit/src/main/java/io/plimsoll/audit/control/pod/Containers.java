package io.plimsoll.audit.control.pod;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Asked;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.podsecurity.ContainerFields;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.audit.podsecurity.PodFields;
import java.util.Optional;

/** Controls asked of each container, init and ephemeral ones included; the first that is wrong decides. */
final class Containers {

    /** Finds the field of a container that is wrong. */
    @FunctionalInterface
    interface Finder {
        Optional<Field> wrong(PodFields pod, ContainerFields container, Asked asked);
    }

    /** Judges one container. */
    @FunctionalInterface
    interface One {
        Answer judge(PodFields pod, ContainerFields container, Asked asked);
    }

    private Containers() {}

    /** @param says what the container does or lacks, after its title, with what to do about it */
    static Judge.OfPods each(Finder finder, String says) {
        return judging((pod, container, asked) -> finder.wrong(pod, container, asked)
                .map(field -> Answer.wrong(container.container().name(), field, container.title() + " " + says))
                .orElse(Answer.GOOD));
    }

    static Judge.OfPods judging(One one) {
        return (pod, asked) -> {
            Answer weakest = Answer.GOOD;
            for (ContainerFields container : pod.containers()) {
                weakest = Answer.weaker(weakest, one.judge(pod, container, asked));
                if (weakest instanceof Answer.Wrong) {
                    return weakest;
                }
            }
            return weakest;
        };
    }

    static Optional<Field> when(boolean wrong, Field field) {
        return wrong ? Optional.of(field) : Optional.empty();
    }
}
