package io.plimsoll.audit.control.image;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Asked;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.podsecurity.ContainerFields;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.kernel.Reason;
import java.util.ArrayList;
import java.util.List;

/** How images are named, and from where they are taken. */
public final class Images {

    /** Judges one image. */
    @FunctionalInterface
    interface One {
        Answer judge(PodFields pod, ContainerFields container, ImageReference image, Asked asked);
    }

    private Images() {}

    static Judge.OfPods each(One one) {
        return (pod, asked) -> {
            List<Answer> answers = new ArrayList<>();
            for (ContainerFields container : pod.containers()) {
                Field field = container.at("image");
                Answer answer = field.text().orElse("").isBlank()
                        ? new Answer.Unseen(
                                Reason.PARTIAL_ANALYSIS, container.title() + " names no image", field.source())
                        : one.judge(pod, container, ImageReference.of(field.shown()), asked);
                if (answer instanceof Answer.Wrong) {
                    return answer;
                }
                answers.add(answer);
            }
            return Answer.weakest(answers);
        };
    }

    private static Answer wrong(ContainerFields container, String message) {
        return Answer.wrong(container.container().name(), container.at("image"), container.title() + " " + message);
    }

    public static Judge.OfPods floating() {
        return each((pod, container, image, asked) -> switch (image.pin()) {
            case FLOATING ->
                wrong(
                        container,
                        "runs an image whose name means another one tomorrow; name a version, better a digest");
            case UNREADABLE -> unreadable(container);
            case DIGEST, TAG, BUILT -> Answer.GOOD;
        });
    }

    private static Answer unreadable(ContainerFields container) {
        return new Answer.Unseen(
                Reason.PARTIAL_ANALYSIS,
                container.title() + " names an image that cannot be read: "
                        + container.at("image").shown(),
                container.at("image").source());
    }

    public static Judge.OfPods digest() {
        return each((pod, container, image, asked) -> {
            if (asked.parameters().texts("exempt").stream().anyMatch(image.name()::startsWith)
                    || asked.parameters().texts("exempt").stream().anyMatch(image.written()::startsWith)) {
                return Answer.GOOD;
            }
            boolean whole = image.digest().matches("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");
            return whole
                    ? Answer.GOOD
                    : wrong(container, "runs an image that is not pinned to a digest; add @sha256:…");
        });
    }

    /** Prefixes of {@code registry/repository}; a prefix ends at a slash or is the whole name. */
    public static Judge.OfPods registry() {
        return each((pod, container, image, asked) -> {
            List<String> allowed = asked.parameters().texts("allowed");
            List<String> refused = asked.parameters().texts("refused");
            if (allowed.isEmpty() && refused.isEmpty()) {
                return new Answer.NotAsked("no registries are declared: set the parameter allowed");
            }
            boolean good = refused.stream().noneMatch(prefix -> from(image, prefix))
                    && (allowed.isEmpty() || allowed.stream().anyMatch(prefix -> from(image, prefix)));
            return good
                    ? Answer.GOOD
                    : wrong(container, "takes its image from " + image.registry() + ", which is not approved");
        });
    }

    static boolean from(ImageReference image, String prefix) {
        String root = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        String name = image.name();
        return name.equals(root) || name.startsWith(root + "/");
    }

    public static Judge.OfPods retiredRegistry() {
        return each((pod, container, image, asked) ->
                asked.parameters().texts("registries").contains(image.registry())
                        ? wrong(
                                container,
                                "takes its image from " + image.registry() + ", which is retired; use registry.k8s.io")
                        : Answer.GOOD);
    }

    /** What a node has cached may be old, and may have been pulled by somebody else. */
    public static Judge.OfPods pullPolicy() {
        return each((pod, container, image, asked) -> {
            if (!image.digest().isEmpty()) {
                return Answer.GOOD;
            }
            Field policy = container.at("imagePullPolicy");
            boolean floating = image.tag().isEmpty() || image.tag().equals("latest");
            String effective = policy.text().orElse(floating ? "Always" : "IfNotPresent");
            return effective.equals("Always")
                    ? Answer.GOOD
                    : Answer.wrong(
                            container.container().name(),
                            policy,
                            container.title() + " may run what its node has cached under a tag that can move;"
                                    + " set imagePullPolicy: Always or name a digest");
        });
    }

    public static Judge.OfPods pullSecret() {
        return each((pod, container, image, asked) -> {
            List<String> registries = asked.parameters().texts("private");
            if (registries.isEmpty()) {
                return new Answer.NotAsked("no private registries are declared: set the parameter private");
            }
            if (registries.stream().noneMatch(prefix -> from(image, prefix))) {
                return Answer.GOOD;
            }
            boolean own = !pod.spec().at("imagePullSecrets").items().isEmpty();
            var account = asked.cluster()
                    .find(
                            "ServiceAccount",
                            Asked.object(pod).namespace(),
                            pod.template().serviceAccount());
            return own
                            || account != null
                                    && !account.body().items("imagePullSecrets").isEmpty()
                    ? Answer.GOOD
                    : Answer.wrong(
                            container.container().name(),
                            pod.spec().at("imagePullSecrets"),
                            container.title() + " takes its image from the private registry " + image.registry()
                                    + " without a pull secret");
        });
    }
}
