package io.plimsoll.inventory.sensor;

import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.sensing.object.ObjectKey;
import java.util.Map;

/**
 * What delivers an object by GitOps, as the marks say that the tools put on what they apply.
 *
 * @param kind {@code Application}, {@code Kustomization} or {@code HelmRelease}; empty for none
 * @param namespace of the object that delivers; empty where the mark does not say
 * @param name of it
 */
public record Delivery(String kind, String namespace, String name) {

    static final Delivery NONE = new Delivery("", "", "");

    private static final String TRACKING = "argocd.argoproj.io/tracking-id";
    private static final String INSTANCE = "argocd.argoproj.io/instance";
    private static final String FLUX = ".toolkit.fluxcd.io/";

    /** @param object with its metadata */
    public static Delivery of(Value object) {
        Map<String, String> annotations = object.at("metadata", "annotations").textMap();
        Map<String, String> labels = object.at("metadata", "labels").textMap();
        String tracking = annotations.getOrDefault(TRACKING, "");
        int colon = tracking.indexOf(':');
        String application = colon > 0 ? tracking.substring(0, colon) : labels.getOrDefault(INSTANCE, "");
        if (!application.isEmpty()) {
            // With applications in any namespace the mark is NAMESPACE_NAME.
            int line = application.indexOf('_');
            return line > 0
                    ? new Delivery("Application", application.substring(0, line), application.substring(line + 1))
                    : new Delivery("Application", "", application);
        }
        for (Map.Entry<String, String> each :
                Map.of("kustomize", "Kustomization", "helm", "HelmRelease").entrySet()) {
            String name = labels.getOrDefault(each.getKey() + FLUX + "name", "");
            if (!name.isEmpty()) {
                return new Delivery(each.getValue(), labels.getOrDefault(each.getKey() + FLUX + "namespace", ""), name);
            }
        }
        return NONE;
    }

    boolean isNone() {
        return kind.isEmpty();
    }

    /** Group of what delivers. */
    String group() {
        return switch (kind) {
            case "Application" -> "argoproj.io";
            case "Kustomization" -> "kustomize.toolkit.fluxcd.io";
            case "HelmRelease" -> "helm.toolkit.fluxcd.io";
            default -> "";
        };
    }

    /** Whether the object is what this names. */
    boolean names(ObjectKey key) {
        return key.isOfKind(group(), kind)
                && key.name().equals(name)
                && (namespace.isEmpty() || namespace.equals(key.namespace()));
    }

    /** The revision the delivering object says it is at; empty when it says none. */
    String revision(Value delivering) {
        Value status = delivering.at("status");
        String revision = kind.equals("Application")
                ? status.at("sync", "revision").text().orElse("")
                : status.text("lastAppliedRevision");
        if (revision.isEmpty()
                && kind.equals("HelmRelease")
                && !status.items("history").isEmpty()) {
            revision = status.items("history").getFirst().text("chartVersion");
        }
        return revision.length() <= 200 ? revision : revision.substring(0, 200);
    }

    @Override
    public String toString() {
        return isNone() ? "" : kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
