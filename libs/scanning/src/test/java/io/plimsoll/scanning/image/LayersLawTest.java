package io.plimsoll.scanning.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Reading from the highest layer down sees what unpacking from the lowest up would leave. */
class LayersLawTest {

    /** One entry of a layer, at a path of up to three parts. */
    record Change(Kind kind, List<String> path) {
        enum Kind {
            FILE,
            FOLDER,
            WHITEOUT,
            OPAQUE
        }

        String name() {
            return String.join("/", path);
        }
    }

    @Provide
    Arbitrary<List<List<Change>>> layers() {
        Arbitrary<List<String>> paths =
                Arbitraries.of("a", "b").list().ofMinSize(1).ofMaxSize(3);
        Arbitrary<Change> changes = net.jqwik.api.Combinators.combine(Arbitraries.of(Change.Kind.class), paths)
                .as(Change::new);
        return changes.list()
                .ofMaxSize(5)
                .map(LayersLawTest::consistent)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    /** A layer is one tree: nothing lies below a file, no path is there twice, and what is removed is not below either. */
    private static List<Change> consistent(List<Change> wanted) {
        List<Change> kept = new ArrayList<>();
        for (Change change : wanted) {
            boolean clash = kept.stream().anyMatch(other -> {
                boolean same = other.name().equals(change.name())
                        && other.kind() != Change.Kind.WHITEOUT
                        && change.kind() != Change.Kind.WHITEOUT;
                return same
                        || other.kind() == Change.Kind.FILE && change.name().startsWith(other.name() + "/")
                        || change.kind() == Change.Kind.FILE && other.name().startsWith(change.name() + "/")
                        || other.name().equals(change.name()) && other.kind() == change.kind();
            });
            if (!clash) {
                kept.add(change);
            }
        }
        return kept;
    }

    private static byte[] tar(List<Change> layer, int index) {
        Tars tar = new Tars();
        for (Change change : layer) {
            String parent =
                    String.join("/", change.path().subList(0, change.path().size() - 1));
            String prefix = parent.isEmpty() ? "" : parent + "/";
            switch (change.kind()) {
                case FILE -> tar.file(change.name(), "from " + index);
                case FOLDER -> tar.folder(change.name());
                case WHITEOUT -> tar.file(prefix + ".wh." + change.path().getLast(), "");
                case OPAQUE -> tar.file(change.name() + "/.wh..wh..opq", "");
            }
        }
        return tar.bytes();
    }

    /** Unpacks as a storage driver does: what the layer removes first, then what it brings. */
    private static Map<String, String> unpacked(List<List<Change>> layers) {
        Map<String, String> files = new TreeMap<>();
        for (int index = 0; index < layers.size(); index++) {
            for (Change change : layers.get(index)) {
                String below = change.name() + "/";
                if (change.kind() == Change.Kind.WHITEOUT) {
                    files.keySet().removeIf(path -> path.equals(change.name()) || path.startsWith(below));
                } else if (change.kind() == Change.Kind.OPAQUE) {
                    files.keySet().removeIf(path -> path.startsWith(below));
                }
            }
            for (Change change : layers.get(index)) {
                int folders = change.kind() == Change.Kind.FOLDER || change.kind() == Change.Kind.OPAQUE
                        ? change.path().size()
                        : change.path().size() - 1;
                for (int parts = 1; parts <= folders; parts++) {
                    // A folder in place of a file.
                    files.remove(String.join("/", change.path().subList(0, parts)));
                }
            }
            for (Change change : layers.get(index)) {
                if (change.kind() == Change.Kind.FILE) {
                    files.keySet().removeIf(path -> path.startsWith(change.name() + "/"));
                    files.put(change.name(), index + " from " + index);
                }
            }
        }
        Map<String, String> absolute = new TreeMap<>();
        files.forEach((path, value) -> absolute.put("/" + path, value));
        return absolute;
    }

    @Property(tries = 2000)
    void readsWhatUnpackingWouldLeave(@ForAll("layers") List<List<Change>> layers) {
        byte[][] tars = new byte[layers.size()][];
        for (int index = 0; index < tars.length; index++) {
            tars[index] = tar(layers.get(index), index);
        }
        Seen seen = Seen.of(tars);
        assertThat(seen.incomplete).isEmpty();
        assertThat(seen.files).isEqualTo(unpacked(layers));
    }
}
