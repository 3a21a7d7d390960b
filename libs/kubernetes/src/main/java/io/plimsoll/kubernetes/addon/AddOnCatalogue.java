package io.plimsoll.kubernetes.addon;

import io.plimsoll.kernel.ImageReference;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Container;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The versioned catalogue of platform add-ons: data, because this line between platform and application decides more than
 * any threshold (stage-gates 3 and 8.6).
 *
 * <p>An entry is a repository, exact or with {@code /*} at its end for everything below it; the longest decides. With a
 * host (its first segment has a dot) it matches on that host only; without one it matches on any host, so that mirrors of
 * well-known organisations are recognised. A mirror that keeps the home's host in its path, as
 * {@code registry.example.com/quay.io/jetstack/cert-manager-controller}, is read as the home. Any other path in front
 * matches nothing: {@code registry.example.com/team/falcosecurity/falco} is an application until its owner says otherwise.
 *
 * <p>A name tells what an image is meant to be, not who built it: origin is for signatures and registries to prove.
 * Immutable, any thread.
 */
public final class AddOnCatalogue {

    private static final String RESOURCE = "addons.yaml";

    private final String version;
    private final List<AddOn> addOns;
    private final Map<String, AddOn> exact = new HashMap<>();
    private final Map<String, AddOn> prefixes = new HashMap<>();

    private AddOnCatalogue(String version, List<AddOn> addOns) {
        this.version = version;
        this.addOns = List.copyOf(addOns);
        for (AddOn addOn : addOns) {
            for (String image : addOn.images()) {
                if (image.endsWith("/*")) {
                    prefixes.put(image.substring(0, image.length() - 1), addOn);
                } else {
                    exact.put(image, addOn);
                }
            }
        }
    }

    private static final class Builtin {
        static final AddOnCatalogue INSTANCE = load();

        private static AddOnCatalogue load() {
            try (InputStream in = AddOnCatalogue.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException("the add-on catalogue is not on the class path");
                }
                return read(RESOURCE, in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The catalogue that ships with Plimsoll. */
    public static AddOnCatalogue builtin() {
        return Builtin.INSTANCE;
    }

    /**
     * Reads a catalogue.
     *
     * @param file its name, for messages
     * @throws IllegalArgumentException naming file and line of what is wrong: an unknown role, class, family or field, a
     *     repository that is none, an id or a repository that is listed twice
     */
    public static AddOnCatalogue read(String file, InputStream in) throws IOException {
        Value root = SingleDocument.read(file, in);
        String version = root.text("version");
        if (version.isEmpty()) {
            throw new IllegalArgumentException(file + ":" + root.line() + ": a catalogue has a version");
        }
        return new AddOnCatalogue(version, new CatalogueReader(file).addOns(root));
    }

    public String version() {
        return version;
    }

    /** In the order of the file. */
    public List<AddOn> addOns() {
        return addOns;
    }

    /** The add-on this image is named as; empty for every other image, and for one that cannot be read. */
    public Optional<AddOn> of(ImageReference image) {
        AddOn found = named(image);
        if (found == null && namesHost(image.repository())) {
            found = named(ImageReference.of(image.repository()));
        }
        return Optional.ofNullable(found);
    }

    private @Nullable AddOn named(ImageReference image) {
        AddOn onHost = find(image.name());
        return onHost != null ? onHost : find(image.repository());
    }

    /** Whether a path goes on with the host of another registry, as pull-through mirrors write it. */
    private static boolean namesHost(String repository) {
        int slash = repository.indexOf('/');
        return slash > 0 && repository.substring(0, slash).contains(".");
    }

    /** The add-ons of a workload whose main containers are all catalogued; empty when one is not. */
    public Set<AddOn> of(Workload workload) {
        Set<AddOn> found = new LinkedHashSet<>();
        for (PodTemplate template : workload.templates()) {
            for (Container container : template.mainContainers()) {
                Optional<AddOn> addOn = of(ImageReference.of(container.image()));
                if (addOn.isEmpty()) {
                    return Set.of();
                }
                found.add(addOn.get());
            }
        }
        return found;
    }

    private @Nullable AddOn find(String name) {
        AddOn addOn = exact.get(name);
        for (int slash = name.lastIndexOf('/'); addOn == null && slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
            addOn = prefixes.get(name.substring(0, slash + 1));
        }
        return addOn;
    }
}
