package io.plimsoll.audit.tool;

import io.plimsoll.audit.tool.Tracked.Standing;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Holds the marks that delivery tools leave on objects against the lists their owners keep: Argo CD's tracking id and an
 * Application's {@code status.resources}, Flux' labels and a Kustomization's {@code status.inventory}, Helm's annotations and the
 * Secret of its release. Objects that another object owns are its owner's to mark. Pure, any thread.
 */
public final class Marks {

    private static final String ARGO_ID = "argocd.argoproj.io/tracking-id";
    private static final String ARGO_LABEL = "app.kubernetes.io/instance";
    private static final String KUSTOMIZE = "kustomize.toolkit.fluxcd.io/";
    private static final String FLUX_HELM = "helm.toolkit.fluxcd.io/";
    private static final String HELM = "meta.helm.sh/release-";
    private static final String RELEASE = "sh.helm.release.v1.";

    /** @param listed as {@code group/kind/namespace/name}; empty for a list that is not there */
    private record Owner(ResourceId id, Set<String> listed, boolean lists) {
        String shown() {
            return id.kind() + " " + id.namespace() + "/" + id.name();
        }
    }

    private final Map<String, List<Owner>> applications = new HashMap<>();
    private final Map<String, Owner> kustomizations = new HashMap<>();
    private final Map<String, Owner> helmReleases = new HashMap<>();
    private final Set<String> releases = new HashSet<>();

    private Marks(ClusterState state) {
        for (Resource each : state.resources()) {
            String place = each.namespace() + "/" + each.name();
            if (each.is("Application", "argoproj.io")) {
                applications
                        .computeIfAbsent(each.name(), name -> new ArrayList<>())
                        .add(argo(each));
            } else if (each.is("Kustomization", "kustomize.toolkit.fluxcd.io")) {
                kustomizations.put(place, flux(each));
            } else if (each.is("HelmRelease", "helm.toolkit.fluxcd.io")) {
                helmReleases.put(place, new Owner(each.id(), Set.of(), false));
            } else if (each.is("Secret", "") && each.name().startsWith(RELEASE)) {
                int version = each.name().lastIndexOf(".v");
                if (version > RELEASE.length()) {
                    releases.add(each.namespace() + "/" + each.name().substring(RELEASE.length(), version));
                }
            }
        }
    }

    private static Owner argo(Resource application) {
        Set<String> listed = new HashSet<>();
        for (Value each : application.body().at("status").items("resources")) {
            listed.add(key(each.text("group"), each.text("kind"), each.text("namespace"), each.text("name")));
        }
        return new Owner(application.id(), listed, true);
    }

    /** {@code namespace_name_group_kind}; none of the four may hold the underscore. */
    private static Owner flux(Resource kustomization) {
        Set<String> listed = new HashSet<>();
        for (Value each : kustomization.body().at("status", "inventory").items("entries")) {
            String[] parts = each.text("id").split("_", -1);
            if (parts.length == 4) {
                listed.add(key(parts[2], parts[3], parts[0], parts[1]));
            }
        }
        return new Owner(kustomization.id(), listed, true);
    }

    private static String key(String group, String kind, String namespace, String name) {
        return group + "/" + kind + "/" + namespace + "/" + name;
    }

    /** Every marked object in the order of identity. */
    public static List<Tracked> of(ClusterState state) {
        Marks marks = new Marks(state);
        TreeMap<ResourceId, Tracked> tracked = new TreeMap<>();
        for (Resource each : state.resources()) {
            if (each.body().at("metadata").items("ownerReferences").isEmpty()) {
                marks.of(each).ifPresent(found -> tracked.put(each.id(), found));
            }
        }
        return List.copyOf(tracked.values());
    }

    private Optional<Tracked> of(Resource object) {
        String id = object.annotations().getOrDefault(ARGO_ID, "");
        if (!id.isEmpty()) {
            return Optional.of(byTrackingId(object, id));
        }
        Optional<Tracked> flux = labelled(object, KUSTOMIZE, "Kustomization", kustomizations)
                .or(() -> labelled(object, FLUX_HELM, "HelmRelease", helmReleases));
        return flux.or(() -> byInstance(object)).or(() -> byHelm(object));
    }

    private static Tracked tracked(Resource object, String owner, Standing standing) {
        return new Tracked(object.id(), owner, standing, object.source());
    }

    private static Tracked tracked(Resource object, Owner owner) {
        ResourceId id = object.id();
        boolean listed = owner.listed().contains(key(id.group(), id.kind(), id.namespace(), id.name()));
        return tracked(
                object,
                owner.shown(),
                !owner.lists() ? Standing.CLAIMED : listed ? Standing.OWNED : Standing.NOT_LISTED);
    }

    /** {@code application:group/kind:namespace/name}, the application with its namespace and an underscore before it where it is elsewhere. */
    private Tracked byTrackingId(Resource object, String written) {
        String[] parts = written.split(":", 3);
        int underscore = parts[0].indexOf('_');
        String namespace = underscore < 0 ? "" : parts[0].substring(0, underscore);
        String name = parts[0].substring(underscore + 1);
        String shown = "Application " + (namespace.isEmpty() ? "" : namespace + "/") + name;
        ResourceId id = object.id();
        boolean own = parts.length == 3
                && parts[1].equals(id.group() + "/" + id.kind())
                // Of what lives in no namespace, the id names the application's destination.
                && (parts[2].equals(id.namespace() + "/" + id.name())
                        || id.namespace().isEmpty() && parts[2].endsWith("/" + id.name()));
        if (!own) {
            return tracked(object, shown, Standing.COPIED);
        }
        List<Owner> named = applications.getOrDefault(name, List.of()).stream()
                .filter(each -> namespace.isEmpty() || each.id().namespace().equals(namespace))
                .toList();
        return named.stream()
                .map(each -> tracked(object, each))
                .min(java.util.Comparator.comparing(Tracked::standing))
                .orElseGet(() -> tracked(object, shown, Standing.OWNER_ABSENT));
    }

    /** Many put this label on objects: it is a mark only where an Application of that name lists the object. */
    private Optional<Tracked> byInstance(Resource object) {
        return applications.getOrDefault(object.labels().getOrDefault(ARGO_LABEL, ""), List.of()).stream()
                .map(each -> tracked(object, each))
                .filter(each -> each.standing() == Standing.OWNED)
                .findFirst();
    }

    private static Optional<Tracked> labelled(Resource object, String prefix, String kind, Map<String, Owner> owners) {
        String name = object.labels().getOrDefault(prefix + "name", "");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String place = object.labels().getOrDefault(prefix + "namespace", "") + "/" + name;
        Owner owner = owners.get(place);
        return Optional.of(
                owner == null ? tracked(object, kind + " " + place, Standing.OWNER_ABSENT) : tracked(object, owner));
    }

    private Optional<Tracked> byHelm(Resource object) {
        String name = object.annotations().getOrDefault(HELM + "name", "");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String place = object.annotations().getOrDefault(HELM + "namespace", "") + "/" + name;
        return Optional.of(tracked(
                object, "Helm release " + place, releases.contains(place) ? Standing.CLAIMED : Standing.OWNER_ABSENT));
    }
}
