package io.plimsoll.audit.tool;

import io.plimsoll.kubernetes.addon.AddOn;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.addon.AddOnRole;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What makes the security tools of the add-on catalogue effective. Immutable, any thread. */
public final class ToolCatalogue {

    /** Roles whose add-ons are security tools. */
    public static final Set<AddOnRole> ROLES = EnumSet.of(
            AddOnRole.SCANNER,
            AddOnRole.RUNTIME_SENSOR,
            AddOnRole.MESH,
            AddOnRole.POLICY,
            AddOnRole.GITOPS,
            AddOnRole.BACKUP,
            AddOnRole.SECRETS);

    private static final String RESOURCE = "tools.yaml";

    private final String version;
    private final List<Signature> signatures;

    private ToolCatalogue(String version, List<Signature> signatures) {
        this.version = version;
        this.signatures = List.copyOf(signatures);
    }

    private static final class Builtin {
        static final ToolCatalogue INSTANCE = load();

        private static ToolCatalogue load() {
            try (InputStream in = ToolCatalogue.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException("the catalogue of tools is not on the class path");
                }
                return read(RESOURCE, in, AddOnCatalogue.builtin());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The catalogue that ships with Plimsoll. */
    public static ToolCatalogue builtin() {
        return Builtin.INSTANCE;
    }

    /**
     * Reads a catalogue.
     *
     * @param file its name, for messages
     * @throws IllegalArgumentException naming file and line of what is wrong, an id that is no security tool among them
     */
    public static ToolCatalogue read(String file, InputStream in, AddOnCatalogue addOns) throws IOException {
        Value root = SingleDocument.read(file, in);
        Set<String> known = addOns.addOns().stream()
                .filter(each -> ROLES.contains(each.role()))
                .map(AddOn::id)
                .collect(Collectors.toSet());
        if (root.text("version").isEmpty()) {
            throw new IllegalArgumentException(file + ":" + root.line() + ": a catalogue has a version");
        }
        List<Signature> signatures = new ArrayList<>();
        for (Value entry : root.items("tools")) {
            try {
                Signature signature = Signature.of(entry);
                signature.addOns().stream()
                        .filter(id -> !known.contains(id))
                        .findFirst()
                        .ifPresent(id -> {
                            throw new IllegalArgumentException("no security tool of the add-on catalogue: " + id);
                        });
                signatures.add(signature);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(file + ":" + entry.line() + ": " + e.getMessage(), e);
            }
        }
        return new ToolCatalogue(root.text("version"), signatures);
    }

    public String version() {
        return version;
    }

    List<Signature> of(AddOn addOn) {
        return signatures.stream()
                .filter(each -> each.addOns().contains(addOn.id()))
                .toList();
    }
}
