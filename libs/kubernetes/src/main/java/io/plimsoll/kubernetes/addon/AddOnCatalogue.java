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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The versioned catalogue of platform add-ons: data, because this line between platform and application decides more than
 * any threshold (stage-gates 8.6).
 *
 * <p>An entry is a repository, exact or with {@code /*} at its end for everything below it. With a host (its first segment
 * has a dot) it matches on that host only; without one it matches on any host, so that mirrors of well-known organisations
 * are recognised. Immutable, any thread.
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
                return read(in);
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
     * @throws IllegalArgumentException naming the entry that is wrong
     */
    public static AddOnCatalogue read(InputStream in) throws IOException {
        Value root = SingleDocument.read(RESOURCE, in);
        List<AddOn> addOns = new ArrayList<>();
        for (Value entry : root.items("addons")) {
            addOns.add(addOn(entry));
        }
        return new AddOnCatalogue(root.text("version"), addOns);
    }

    private static AddOn addOn(Value entry) {
        String id = entry.text("id");
        List<String> images = entry.at("images").texts();
        if (id.isEmpty() || images.isEmpty() || entry.text("class").isEmpty()) {
            throw new IllegalArgumentException(
                    RESOURCE + ":" + entry.line() + ": an add-on needs id, class and images");
        }
        return new AddOn(
                id,
                entry.text("title"),
                entry.text("class"),
                entry.text("role"),
                entry.isTrue("native"),
                images,
                Set.copyOf(entry.at("baselineExempt").texts()),
                Set.copyOf(entry.at("serviceAccounts").texts()));
    }

    public String version() {
        return version;
    }

    public List<AddOn> addOns() {
        return addOns;
    }

    /** The add-on that publishes this image. */
    public Optional<AddOn> of(ImageReference image) {
        AddOn byHost = find(image.name());
        return Optional.ofNullable(byHost != null ? byHost : find(image.repository()));
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
