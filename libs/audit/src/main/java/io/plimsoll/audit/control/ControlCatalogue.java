package io.plimsoll.audit.control;

import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Controls by id, in their order. Immutable, any thread. */
public final class ControlCatalogue {

    private static final String FOLDER = "controls/";

    private final Map<String, CatalogueControl> controls;

    private ControlCatalogue(Map<String, CatalogueControl> controls) {
        this.controls = controls;
    }

    private static final class Builtin {
        static final ControlCatalogue CATALOGUE = read();

        private static ControlCatalogue read() {
            Map<String, CatalogueControl> controls = new LinkedHashMap<>();
            for (String id : document(FOLDER + "catalogue.yaml").at("controls").texts()) {
                String name = FOLDER + id + "/control.yaml";
                List<Problem> problems = new ArrayList<>();
                CatalogueControl control = ControlReader.read(name, document(name), problems::add)
                        .orElseThrow(() -> new IllegalStateException(String.valueOf(problems)));
                controls.put(id, control);
            }
            return new ControlCatalogue(controls);
        }

        private static Value document(String name) {
            try (InputStream in = ControlCatalogue.class.getResourceAsStream("/io/plimsoll/audit/" + name)) {
                if (in == null) {
                    throw new IllegalStateException(name + " is missing from this build");
                }
                return SingleDocument.read(name, in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The controls of this build, read when first asked. */
    public static ControlCatalogue builtin() {
        return Builtin.CATALOGUE;
    }

    /** This and more; a control of the same id takes the place of the one here. */
    public ControlCatalogue with(Collection<CatalogueControl> more) {
        Map<String, CatalogueControl> all = new LinkedHashMap<>(controls);
        more.forEach(each -> all.put(each.id(), each));
        return new ControlCatalogue(all);
    }

    public List<CatalogueControl> controls() {
        return List.copyOf(controls.values());
    }

    public Optional<CatalogueControl> of(String id) {
        return Optional.ofNullable(controls.get(id));
    }
}
