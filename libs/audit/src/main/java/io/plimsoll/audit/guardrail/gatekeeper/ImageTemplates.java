package io.plimsoll.audit.guardrail.gatekeeper;

import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.rule.Verdict;
import io.plimsoll.kubernetes.workload.Container;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Templates about images: where from, and how surely the same. */
final class ImageTemplates {

    private static final Pattern DIGEST = Pattern.compile("@[a-z0-9]+([+._-][a-z0-9]+)*:[a-zA-Z0-9=_-]+");

    static final List<Template> ALL = List.of(
            Template.of("K8sAllowedRepos", Intent.REGISTRY_ALLOW_LIST, Set.of("repos"), ImageTemplates::allowedRepos),
            Template.of(
                    "K8sAllowedReposv2",
                    Intent.REGISTRY_ALLOW_LIST,
                    Set.of("allowedImages"),
                    ImageTemplates::allowedImages),
            Template.of(
                    "K8sDisallowedRepos", Intent.REGISTRY_DENY_LIST, Set.of("repos"), ImageTemplates::disallowedRepos),
            Template.of(
                    "K8sDisallowedTags",
                    Intent.IMAGE_TAG_OR_DIGEST,
                    Set.of("tags", "exemptImages"),
                    ImageTemplates::disallowedTags),
            Template.of(
                    "K8sImageDigests",
                    Intent.IMAGE_TAG_OR_DIGEST,
                    Set.of("exemptImages"),
                    call -> call.noContainer(
                            Call.ALL,
                            "uses an image without a digest",
                            container -> !DIGEST.matcher(container.image()).find())));

    private ImageTemplates() {}

    private static Verdict allowedRepos(Call call) {
        List<String> repos = call.texts("repos");
        return call.containers(
                Call.ALL,
                container -> repos.stream().anyMatch(container.image()::startsWith)
                        ? Optional.empty()
                        : Optional.of("uses " + container.image() + ", from none of " + String.join(", ", repos)));
    }

    private static Verdict allowedImages(Call call) {
        List<String> images = call.texts("allowedImages");
        return call.containers(
                Call.ALL,
                container -> images.stream().anyMatch(image -> Call.prefixed(image, container.image()))
                        ? Optional.empty()
                        : Optional.of("uses " + container.image() + ", none of " + String.join(", ", images)));
    }

    private static Verdict disallowedRepos(Call call) {
        List<String> repos = call.texts("repos");
        if (repos.isEmpty()) {
            return Verdict.NOT_ASKED;
        }
        return call.containers(
                Call.ALL,
                container -> repos.stream().anyMatch(container.image()::startsWith)
                        ? Optional.of("uses " + container.image())
                        : Optional.empty());
    }

    private static Verdict disallowedTags(Call call) {
        List<String> tags = call.texts("tags");
        return call.containers(Call.ALL, container -> {
            String image = container.image();
            if (tags.stream().anyMatch(tag -> image.endsWith(":" + tag))) {
                return Optional.of("uses a tag that is not allowed, " + image);
            }
            return lastPart(container).contains(":") ? Optional.empty() : Optional.of("names no tag, " + image);
        });
    }

    private static String lastPart(Container container) {
        return container.image().substring(container.image().lastIndexOf('/') + 1);
    }
}
