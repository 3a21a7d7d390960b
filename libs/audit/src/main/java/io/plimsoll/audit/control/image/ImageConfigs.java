package io.plimsoll.audit.control.image;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Asked;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.guardrail.review.BoundedPattern;
import io.plimsoll.audit.podsecurity.ContainerFields;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an image's configuration says, given as an object {@code plimsoll.io/v1 ImageConfig}: {@code image}, a reference, and
 * {@code config} and {@code history} as the OCI image specification has them. An image without one is UNKNOWN.
 */
public final class ImageConfigs {

    /** Judges one image by its configuration. */
    @FunctionalInterface
    private interface One {
        Answer judge(PodFields pod, ContainerFields container, Field config, Asked asked);
    }

    private ImageConfigs() {}

    private static Judge.OfPods each(One one) {
        return Images.each((pod, container, image, asked) -> {
            Resource config = of(image, asked);
            return config == null
                    ? new Answer.Unseen(
                            Reason.NEEDS_CONNECTOR,
                            "the configuration of image " + image.written() + " is not among the objects given",
                            container.at("image").source())
                    : one.judge(pod, container, Field.of(config), asked);
        });
    }

    private static @Nullable Resource of(ImageReference image, Asked asked) {
        for (Resource each : asked.cluster().all("ImageConfig", "plimsoll.io")) {
            ImageReference named = ImageReference.of(each.body().text("image"));
            boolean same = named.name().equals(image.name())
                    && (named.digest().isEmpty() || image.digest().isEmpty()
                            ? named.tag().equals(image.tag())
                            : named.digest().equals(image.digest()));
            if (same) {
                return each;
            }
        }
        return null;
    }

    /** Root by the image, where the pod says nothing else. */
    public static Judge.OfPods rootUser() {
        return each((pod, container, config, asked) -> {
            if (pod.effective(container, "runAsNonRoot").is(true)
                    || pod.effective(container, "runAsUser").value().integer().orElse(0) > 0) {
                return Answer.GOOD;
            }
            Field user = config.at("config", "User");
            String name = user.text().orElse("").split(":", 2)[0];
            return name.isEmpty() || name.equals("0") || name.equals("root")
                    ? Answer.wrong(
                            container.container().name(),
                            container.at("image"),
                            container.title() + " runs as root, as its image says and its pod does not gainsay")
                    : Answer.GOOD;
        });
    }

    public static Judge.OfPods secrets() {
        return each((pod, container, config, asked) -> {
            List<String> names = asked.parameters().texts("names");
            List<String> patterns = asked.parameters().texts("valuePatterns");
            for (String line : config.value().at("config", "Env").texts()) {
                int equals = line.indexOf('=');
                String name = equals < 0 ? line : line.substring(0, equals);
                String value = equals < 0 ? "" : line.substring(equals + 1);
                if (!value.isBlank()
                        && (names.stream().anyMatch(name.toUpperCase(Locale.ROOT)::contains)
                                || found(patterns, value))) {
                    return hidden(container, "has a credential in the environment of its image: " + name);
                }
            }
            for (Value step : config.value().items("history")) {
                if (found(patterns, step.text("created_by"))) {
                    return hidden(container, "has a credential in the history of its image");
                }
            }
            return Answer.GOOD;
        });
    }

    private static Answer hidden(ContainerFields container, String message) {
        return Answer.wrong(
                container.container().name(),
                container.at("image"),
                container.title() + " " + message + "; rotate it and build without");
    }

    private static boolean found(List<String> patterns, String text) {
        return patterns.stream()
                .anyMatch(each -> BoundedPattern.find(each, text).orElse(false));
    }

    public static Judge.OfPods adminPort() {
        return each((pod, container, config, asked) -> {
            for (String exposed :
                    config.value().at("config", "ExposedPorts").fields().keySet()) {
                String port = exposed.split("/", 2)[0];
                if (asked.parameters().texts("ports").contains(port)) {
                    return Answer.wrong(
                            container.container().name(),
                            container.at("image"),
                            container.title() + " runs an image that exposes the port of administration " + port);
                }
            }
            return Answer.GOOD;
        });
    }
}
