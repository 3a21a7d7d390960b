package io.plimsoll.audit.control.plane;

import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** Who answers for what where a provider runs the control plane, as data. */
public record Responsibilities(String version, List<Provider> providers, List<Area> areas) {

    private static final String FILE = "/io/plimsoll/audit/plane/providers.yaml";

    /**
     * @param versions regular expressions of kubelet versions
     * @param labels keys that only its nodes carry
     * @param source where it says what it runs
     */
    public record Provider(String id, String title, List<String> versions, List<String> labels, String source) {
        public Provider {
            versions = List.copyOf(versions);
            labels = List.copyOf(labels);
            if (id.isBlank() || title.isBlank() || source.isBlank() || versions.isEmpty() && labels.isEmpty()) {
                throw new IllegalArgumentException("not a provider: " + id);
            }
        }
    }

    /** Whose it is. */
    public enum By {
        PROVIDER,
        SHARED,
        YOU;

        /** As people read it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param controls ids, or the beginning of ids */
    public record Area(String id, String title, By by, String why, List<String> controls) {
        public Area {
            controls = List.copyOf(controls);
            if (id.isBlank() || title.isBlank() || why.isBlank() || controls.isEmpty()) {
                throw new IllegalArgumentException("not an area: " + id);
            }
        }
    }

    public Responsibilities {
        providers = List.copyOf(providers);
        areas = List.copyOf(areas);
    }

    public static Responsibilities builtin() {
        return Builtin.RESPONSIBILITIES;
    }

    /** @throws IllegalArgumentException when there is none of this id */
    public Area area(String id) {
        return areas.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no area " + id));
    }

    private static Responsibilities of(Value file) {
        return new Responsibilities(
                file.text("version"),
                file.items("providers").stream()
                        .map(each -> new Provider(
                                each.text("id"),
                                each.text("title"),
                                each.at("versions").texts(),
                                each.at("labels").texts(),
                                each.text("source")))
                        .toList(),
                file.items("areas").stream()
                        .map(each -> new Area(
                                each.text("id"),
                                each.text("title"),
                                By.valueOf(each.text("by").toUpperCase(Locale.ROOT)),
                                each.text("why"),
                                each.at("controls").texts()))
                        .toList());
    }

    /** Read when first asked for. */
    private static final class Builtin {
        private static final Responsibilities RESPONSIBILITIES = read();

        private static Responsibilities read() {
            try (InputStream in = Responsibilities.class.getResourceAsStream(FILE)) {
                if (in == null) {
                    throw new IllegalStateException(FILE + " is missing from the build");
                }
                return of(SingleDocument.read(FILE, in));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
