package io.plimsoll.scanning.image;

import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.reference.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an image is run and was made: OCI image configuration.
 *
 * @param created as written, empty when not said
 * @param user empty means root
 * @param environment {@code NAME=value}, in order
 * @param entrypoint and {@code command}: words, in order
 * @param exposedPorts {@code 8080/tcp}
 * @param healthcheck whether one is set (Docker's extension)
 * @param history one per instruction, oldest first
 * @param diffIds one per layer, lowest first; empty where one cannot be read
 */
public record ImageConfig(
        String architecture,
        String os,
        String created,
        String user,
        List<String> environment,
        List<String> entrypoint,
        List<String> command,
        List<String> exposedPorts,
        Map<String, String> labels,
        boolean healthcheck,
        List<Step> history,
        List<Optional<Digest>> diffIds) {

    private static final int TEXT_MAX = 32 << 10;

    /** One instruction of the build; {@code createdBy} up to 32 KiB. */
    public record Step(String createdBy, String created, boolean emptyLayer) {}

    /** What is known of an image without a configuration: nothing. */
    public static final ImageConfig NONE = new ImageConfig(
            "", "", "", "", List.of(), List.of(), List.of(), List.of(), Map.of(), false, List.of(), List.of());

    public ImageConfig {
        environment = List.copyOf(environment);
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        exposedPorts = List.copyOf(exposedPorts);
        labels = Map.copyOf(labels);
        history = List.copyOf(history);
        diffIds = List.copyOf(diffIds);
    }

    /** Reads a configuration's JSON. */
    public static ImageConfig of(byte[] json) throws IOException {
        Node root = Documents.json(new ByteArrayInputStream(json));
        Node config = root.get("config");
        List<Step> history = new ArrayList<>();
        for (Node step : root.get("history").items()) {
            history.add(new Step(
                    cut(step.text("created_by")),
                    step.text("created"),
                    step.get("empty_layer").isTrue()));
        }
        List<Optional<Digest>> diffIds = new ArrayList<>();
        for (Node diffId : root.get("rootfs").get("diff_ids").items()) {
            diffIds.add(Digest.find(diffId.text()));
        }
        String healthcheck = texts(config.get("Healthcheck").get("Test")).stream()
                .findFirst()
                .orElse("NONE");
        return new ImageConfig(
                root.text("architecture"),
                root.text("os"),
                root.text("created"),
                config.text("User"),
                texts(config.get("Env")),
                texts(config.get("Entrypoint")),
                texts(config.get("Cmd")),
                config.get("ExposedPorts").members().keySet().stream().sorted().toList(),
                Descriptor.texts(config.get("Labels")),
                !healthcheck.equals("NONE"),
                history,
                diffIds);
    }

    /** The instruction that made layer {@code index}, counted without the instructions that made none. */
    public String createdBy(int index) {
        int at = 0;
        for (Step step : history) {
            if (!step.emptyLayer() && at++ == index) {
                return step.createdBy();
            }
        }
        return "";
    }

    private static List<String> texts(Node items) {
        return items.items().stream().map(item -> cut(item.text())).toList();
    }

    /** Patterns are run over these texts, so their length is bounded; real ones are far shorter. */
    private static String cut(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
    }
}
