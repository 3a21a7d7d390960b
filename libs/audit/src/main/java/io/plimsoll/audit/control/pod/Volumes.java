package io.plimsoll.audit.control.pod;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.audit.podsecurity.PodFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Folders and sockets of the node in a pod. */
public final class Volumes {

    private static final Pattern SOCKET = Pattern.compile(
            "(.*/)?(docker|containerd|crio|cri-dockerd|dockershim|podman|buildkitd)\\.sock|.*(docker_engine|containerd-containerd)"
                    + "|(/var)?/run/(docker|containerd|crio)/?");

    private Volumes() {}

    /** Folders under an allowed prefix pass. */
    public static Judge.OfPods hostPath() {
        return (pod, asked) -> {
            List<String> allowed = asked.parameters().texts("allowed");
            for (Field volume : pod.spec().at("volumes").items()) {
                Field host = volume.at("hostPath");
                if (host.written()
                        && allowed.stream()
                                .noneMatch(
                                        prefix -> under(prefix, host.at("path").shown()))) {
                    return Answer.wrong(
                            host,
                            "volume " + volume.value().text("name")
                                    + " is a folder of the node; use a volume of the cluster");
                }
            }
            return Answer.GOOD;
        };
    }

    public static Judge.OfPods writable() {
        return Containers.judging((pod, container, asked) -> {
            Map<String, String> folders = hostFolders(pod);
            for (Field mount : container.at("volumeMounts").items()) {
                String folder = folders.get(mount.value().text("name"));
                if (folder != null && !mount.at("readOnly").is(true)) {
                    return Answer.wrong(
                            container.container().name(),
                            mount.at("readOnly"),
                            container.title() + " can write to " + folder + " of the node; mount it readOnly: true");
                }
            }
            return Answer.GOOD;
        });
    }

    public static Judge.OfPods sensitive() {
        return (pod, asked) -> {
            List<String> refused = asked.parameters().texts("folders");
            for (Field volume : pod.spec().at("volumes").items()) {
                Field path = volume.at("hostPath", "path");
                String folder = normal(path.text().orElse(""));
                if (!folder.isEmpty()
                        && refused.stream()
                                .anyMatch(each -> each.equals("/") ? folder.equals("/") : under(each, folder))) {
                    return Answer.wrong(
                            path,
                            "volume " + volume.value().text("name") + " hands over " + folder
                                    + " of the node, by which it can be taken over; remove it");
                }
            }
            return Answer.GOOD;
        };
    }

    public static Judge.OfPods runtimeSocket() {
        return (pod, asked) -> {
            for (Field volume : pod.spec().at("volumes").items()) {
                Field path = volume.at("hostPath", "path");
                if (SOCKET.matcher(path.text().orElse("").replace('\\', '/')).matches()) {
                    return Answer.wrong(
                            path,
                            "volume " + volume.value().text("name")
                                    + " is the socket of the container runtime, or its folder: whoever holds it is root on the node; remove it");
                }
            }
            return Answer.GOOD;
        };
    }

    private static Map<String, String> hostFolders(PodFields pod) {
        Map<String, String> folders = new HashMap<>();
        for (Field volume : pod.spec().at("volumes").items()) {
            if (volume.at("hostPath").written()) {
                folders.put(
                        volume.value().text("name"),
                        volume.at("hostPath", "path").shown());
            }
        }
        return folders;
    }

    static boolean under(String prefix, String path) {
        String folder = normal(path);
        String root = prefix.endsWith("/") && prefix.length() > 1 ? prefix.substring(0, prefix.length() - 1) : prefix;
        return folder.equals(root) || folder.startsWith(root.equals("/") ? "/" : root + "/");
    }

    /** Without doubled slashes, dots and a slash at the end, so that no spelling hides a folder; empty stays empty. */
    static String normal(String raw) {
        if (raw.isBlank()) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        for (String part : raw.replace('\\', '/').split("/")) {
            if (part.equals("..")) {
                if (!parts.isEmpty()) {
                    parts.removeLast();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return "/" + String.join("/", parts);
    }
}
