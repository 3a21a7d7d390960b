package io.plimsoll.audit.control.release;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Asked;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.audit.version.ApiRemovals;
import io.plimsoll.audit.version.KubernetesVersion;
import io.plimsoll.audit.version.Vulnerability;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Versions held against what is known of releases. A version that cannot be read is UNKNOWN, never good. */
public final class Releases {

    private static final List<String> PLANE =
            List.of("kube-apiserver", "kube-controller-manager", "kube-scheduler", "kube-proxy");
    /** How many minors a kubelet may be older than its API server. */
    private static final int SKEW_MAX = 3;

    private static final int NAMED_MAX = 10;

    /** One component at one version, and the field that says so. */
    private record Installed(String component, Field version) {}

    private Releases() {}

    private static List<Installed> ofNode(Resource node) {
        Field info = Field.of(node).at("status", "nodeInfo");
        return List.of(
                new Installed("kubelet", info.at("kubeletVersion")),
                new Installed("kube-proxy", info.at("kubeProxyVersion")));
    }

    public static Judge.OfObjects supportedNode() {
        return (node, asked) -> supported(Field.of(node).at("status", "nodeInfo", "kubeletVersion"), asked);
    }

    public static Judge.OfClusters supportedCluster() {
        return asked -> {
            KubernetesVersion target = asked.settings().target();
            return target == null
                    ? new Answer.Unseen(Reason.NEEDS_CONNECTOR, "the cluster's version is not given", Source.NONE)
                    : supported(target, new Field("", Value.MISSING, Source.NONE), asked);
        };
    }

    private static Answer supported(Field field, Asked asked) {
        Optional<KubernetesVersion> version =
                KubernetesVersion.parse(field.text().orElse(""));
        return version.isEmpty() ? unreadable(field) : supported(version.get(), field, asked);
    }

    private static Answer supported(KubernetesVersion version, Field field, Asked asked) {
        var windows = asked.settings().versions().windows();
        if (windows.beforeAll(version)) {
            return Answer.wrong(field, version + " has long been out of support; move to a supported release");
        }
        Optional<LocalDate> end = windows.end(version);
        if (end.isEmpty()) {
            return new Answer.Unseen(
                    Reason.PARTIAL_ANALYSIS,
                    "when support of v" + version.release() + " ends is not known here",
                    field.source());
        }
        LocalDate today = asked.settings().today();
        if (today == null) {
            return new Answer.Unseen(
                    Reason.NO_CLOCK,
                    "support of v" + version.release() + " ends on " + end.get() + "; no date is given",
                    field.source());
        }
        return today.isAfter(end.get())
                ? Answer.wrong(
                        field, version + " is out of support since " + end.get() + "; move to a supported release")
                : Answer.GOOD;
    }

    private static Answer unreadable(Field field) {
        return new Answer.Unseen(
                Reason.PARTIAL_ANALYSIS,
                field.written() ? "not a Kubernetes version: " + field.shown() : "it names no version",
                field.source());
    }

    public static Judge.OfObjects vulnerableNode() {
        return (node, asked) -> Answer.weakest(
                ofNode(node).stream().map(each -> vulnerable(each, asked)).toList());
    }

    /** Of a static pod of the control plane, by its image's tag. */
    public static Judge.OfPods vulnerablePod() {
        return (pod, asked) -> {
            List<Answer> answers = new ArrayList<>();
            for (var container : pod.containers()) {
                ImageReference image = ImageReference.of(container.at("image").shown());
                component(image).ifPresent(component -> {
                    Field field = container.at("image");
                    Field version = new Field(
                            field.path(),
                            new Value.Text(image.tag(), field.value().line()),
                            field.source());
                    answers.add(vulnerable(new Installed(component, version), asked));
                });
            }
            return answers.isEmpty() ? Answer.ELSEWHERE : Answer.weakest(answers);
        };
    }

    private static Optional<String> component(ImageReference image) {
        return PLANE.stream()
                .filter(each ->
                        image.repository().equals(each) || image.repository().endsWith("/" + each))
                .findFirst();
    }

    private static Answer vulnerable(Installed installed, Asked asked) {
        Field field = installed.version();
        if (installed.component().equals("kube-proxy") && !field.written()) {
            return Answer.GOOD;
        }
        Optional<KubernetesVersion> version =
                KubernetesVersion.parse(field.text().orElse(""));
        if (version.isEmpty()) {
            return unreadable(field);
        }
        List<Vulnerability> found =
                asked.settings().versions().vulnerabilities().affecting(installed.component(), version.get());
        if (found.isEmpty()) {
            return Answer.GOOD;
        }
        String named = String.join(
                ", ", found.stream().limit(NAMED_MAX).map(Vulnerability::id).toList());
        String more = found.size() > NAMED_MAX ? " and " + (found.size() - NAMED_MAX) + " more" : "";
        boolean vendor = !version.get().vendor().isEmpty();
        return Answer.wrong(
                field,
                installed.component() + " " + version.get()
                        + (vendor ? " is possibly affected by " : " is affected by ")
                        + named + more
                        + (vendor ? "; ask the vendor what is mended" : "") + "; move to a release that mends it");
    }

    public static Judge.OfObjects skew() {
        return (node, asked) -> {
            Field field = Field.of(node).at("status", "nodeInfo", "kubeletVersion");
            Optional<KubernetesVersion> kubelet =
                    KubernetesVersion.parse(field.text().orElse(""));
            Optional<KubernetesVersion> server = server(asked);
            if (kubelet.isEmpty()) {
                return unreadable(field);
            }
            if (server.isEmpty()) {
                return new Answer.Unseen(
                        Reason.NEEDS_CONNECTOR,
                        "the version of the API server is not among the objects given",
                        field.source());
            }
            int behind = server.get().minor() - kubelet.get().minor();
            return behind < 0 || behind > SKEW_MAX
                    ? Answer.wrong(
                            field,
                            "the kubelet is " + (behind < 0 ? "newer" : behind + " minors older")
                                    + " than the API server (" + server.get() + "); keep it at most " + SKEW_MAX
                                    + " minors older")
                    : Answer.GOOD;
        };
    }

    private static Optional<KubernetesVersion> server(Asked asked) {
        if (asked.settings().target() != null) {
            return Optional.of(asked.settings().target());
        }
        for (Workload workload : asked.cluster().workloads("kube-system")) {
            for (PodTemplate template : workload.templates()) {
                for (var container : template.containers()) {
                    ImageReference image = ImageReference.of(container.image());
                    if (component(image).equals(Optional.of("kube-apiserver"))) {
                        return KubernetesVersion.parse(image.tag());
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Removed at the target, or, where no target is given, in any release. */
    public static Judge.OfObjects removedApi() {
        return (object, asked) -> {
            String apiVersion = object.group().isEmpty() ? object.version() : object.group() + "/" + object.version();
            Optional<ApiRemovals.Removal> removal =
                    asked.settings().versions().removals().of(apiVersion, object.kind());
            if (removal.isEmpty()) {
                return Answer.GOOD;
            }
            Field field = Field.of(object).at("apiVersion");
            KubernetesVersion target = asked.settings().target();
            String instead = removal.get().replacement().isEmpty()
                    ? "; nothing replaces it"
                    : "; write " + removal.get().replacement();
            Optional<KubernetesVersion> gone = removal.get().removedIn();
            if (gone.isPresent() && (target == null || target.compareTo(gone.get()) >= 0)) {
                return Answer.wrong(
                        field, apiVersion + " " + object.kind() + " is gone from " + gone.get() + " on" + instead);
            }
            Optional<KubernetesVersion> old = removal.get().deprecatedIn();
            boolean deprecated = old.isPresent() && (target == null || target.compareTo(old.get()) >= 0);
            return deprecated && asked.parameters().flag("deprecated")
                    ? Answer.wrong(
                            field, apiVersion + " " + object.kind() + " is deprecated since " + old.get() + instead)
                    : Answer.GOOD;
        };
    }
}
