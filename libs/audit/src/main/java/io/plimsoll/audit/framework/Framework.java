package io.plimsoll.audit.framework;

import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One framework as its file says it.
 *
 * @param id that controls map to, for instance {@code cis-kubernetes-1.12}
 * @param reviewBeforeUse whether the ids of its mappings are ours and no expert of the framework has confirmed them
 * @param entries in the framework's order
 */
public record Framework(
        String id, String title, String version, String url, boolean reviewBeforeUse, List<Entry> entries) {

    /**
     * One thing the framework asks for.
     *
     * @param notMeasured why no control answers it; empty when controls do
     */
    public record Entry(String id, String title, String notMeasured) {}

    private static final String FOLDER = "/io/plimsoll/audit/frameworks/";

    public Framework {
        entries = List.copyOf(entries);
    }

    private static final class Builtin {
        static final List<Framework> FRAMEWORKS = read();

        private static List<Framework> read() {
            List<Framework> frameworks = new ArrayList<>();
            for (String id : document("frameworks.yaml").at("frameworks").texts()) {
                frameworks.add(Framework.of(id, document(id + ".yaml")));
            }
            return List.copyOf(frameworks);
        }

        private static Value document(String name) {
            try (InputStream in = Framework.class.getResourceAsStream(FOLDER + name)) {
                if (in == null) {
                    throw new IllegalStateException(name + " is missing from this build");
                }
                return SingleDocument.read(name, in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The frameworks of this build, read when first asked. */
    public static List<Framework> builtin() {
        return Builtin.FRAMEWORKS;
    }

    private static Framework of(String id, Value document) {
        List<Entry> entries = new ArrayList<>();
        for (Value entry : document.items("entries")) {
            entries.add(new Entry(entry.text("id"), entry.text("title"), entry.text("notMeasured")));
        }
        return new Framework(
                id,
                document.text("title"),
                document.text("version"),
                document.text("url"),
                document.isTrue("reviewBeforeUse"),
                entries);
    }
}
