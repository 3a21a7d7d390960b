package io.plimsoll.audit.guardrail.gatekeeper;

import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.rule.Verdict;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Container;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Templates about the node that a pod runs on: its namespaces, ports, files and volumes. */
final class HostTemplates {

    static final List<Template> ALL = List.of(
            Template.of(
                    "K8sPSPHostNamespace",
                    Intent.HOST_NAMESPACES,
                    Set.of(),
                    call -> call.pod(spec -> spec.isTrue("hostPID") || spec.isTrue("hostIPC")
                            ? Optional.of("it shares the namespaces of its node")
                            : Optional.empty())),
            new Template(
                    "K8sPSPHostNetworkingPorts",
                    Set.of("hostNetwork", "min", "max", "exemptImages"),
                    HostTemplates::networkIntents,
                    HostTemplates::network),
            Template.of("K8sPSPHostFilesystem", Intent.HOST_PATH, Set.of("allowedHostPaths"), HostTemplates::hostPaths),
            Template.of("K8sPSPHostProcess", Intent.HOST_PROCESS, Set.of("exemptImages"), HostTemplates::hostProcess),
            Template.of(
                    "K8sPSPHostProbesLifecycle",
                    Intent.HOST_PROBES,
                    Set.of("exemptImages"),
                    call -> call.noContainer(Call.ALL, "probes another host", HostTemplates::probesAnotherHost)),
            Template.of("K8sPSPVolumeTypes", Intent.VOLUME_TYPES, Set.of("volumes"), HostTemplates::volumeTypes),
            Template.of(
                    "K8sPSPFlexVolumes",
                    Intent.FLEX_VOLUMES,
                    Set.of("allowedFlexVolumes"),
                    HostTemplates::flexVolumes));

    private HostTemplates() {}

    private static List<Intent> networkIntents(Value parameters) {
        List<Intent> intents = new ArrayList<>();
        if (!parameters.isTrue("hostNetwork")) {
            intents.add(Intent.HOST_NAMESPACES);
        }
        if (parameters.at("min").present() || parameters.at("max").present()) {
            intents.add(Intent.HOST_PORTS);
        }
        return intents;
    }

    private static Verdict network(Call call) {
        if (networkIntents(call.parameters()).isEmpty() || !call.review().isPod()) {
            return Verdict.NOT_ASKED;
        }
        if (!call.parameters().isTrue("hostNetwork") && call.review().spec().isTrue("hostNetwork")) {
            return new Verdict.Refused("it shares the network of its node");
        }
        long min = call.parameter("min").integer().orElse(Long.MIN_VALUE);
        long max = call.parameter("max").integer().orElse(Long.MAX_VALUE);
        Verdict verdict = call.noContainer(
                Call.ALL,
                "takes a port of its node",
                container -> container.body().items("ports").stream()
                        .map(port -> port.at("hostPort").integer())
                        .anyMatch(port -> port.isPresent() && (port.getAsLong() < min || port.getAsLong() > max)));
        return verdict instanceof Verdict.Refused ? verdict : Verdict.ADMITTED;
    }

    private static Verdict hostPaths(Call call) {
        List<Value> allowed = call.parameter("allowedHostPaths").items();
        return call.pod(spec -> spec.items("volumes").stream()
                .filter(volume -> volume.at("hostPath").present())
                .filter(volume -> allowed.stream().noneMatch(each -> allows(each, volume, call)))
                .findFirst()
                .map(volume -> "volume " + volume.text("name") + " is a path of its node"));
    }

    private static boolean allows(Value allowed, Value volume, Call call) {
        List<String> prefix = parts(allowed.text("pathPrefix"));
        List<String> path = parts(volume.at("hostPath").text("path"));
        boolean inside =
                path.size() >= prefix.size() && path.subList(0, prefix.size()).equals(prefix);
        return inside && (!allowed.isTrue("readOnly") || !writable(volume.text("name"), call));
    }

    private static List<String> parts(String path) {
        return Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
    }

    private static boolean writable(String volume, Call call) {
        return call.review().containers().stream()
                .flatMap(container -> container.body().items("volumeMounts").stream())
                .anyMatch(mount -> mount.text("name").equals(volume) && !mount.isTrue("readOnly"));
    }

    private static Verdict hostProcess(Call call) {
        if (call.review().spec().isTrue("securityContext", "windowsOptions", "hostProcess")) {
            return new Verdict.Refused("it runs as a process of its node");
        }
        return call.noContainer(
                Call.ALL,
                "runs as a process of its node",
                container -> container.securityContext().isTrue("windowsOptions", "hostProcess"));
    }

    private static boolean probesAnotherHost(Container container) {
        Value body = container.body();
        return List.of(
                        body.at("livenessProbe"),
                        body.at("readinessProbe"),
                        body.at("startupProbe"),
                        body.at("lifecycle", "postStart"),
                        body.at("lifecycle", "preStop"))
                .stream()
                .anyMatch(handler -> !handler.at("httpGet").text("host").isEmpty()
                        || !handler.at("tcpSocket").text("host").isEmpty());
    }

    private static Verdict volumeTypes(Call call) {
        List<String> allowed = call.texts("volumes");
        if (allowed.contains("*")) {
            return Verdict.NOT_ASKED;
        }
        return call.pod(spec -> spec.items("volumes").stream()
                .flatMap(volume -> volume.fields().keySet().stream())
                .filter(type -> !type.equals("name") && !allowed.contains(type))
                .findFirst()
                .map(type -> "it has a volume of type " + type));
    }

    private static Verdict flexVolumes(Call call) {
        List<String> drivers = call.parameter("allowedFlexVolumes").items().stream()
                .map(allowed -> allowed.text("driver"))
                .toList();
        return call.pod(spec -> spec.items("volumes").stream()
                .map(volume -> volume.at("flexVolume"))
                .filter(flex -> flex.present() && !drivers.contains(flex.text("driver")))
                .findFirst()
                .map(flex -> "it has a flexVolume of driver " + flex.text("driver")));
    }
}
