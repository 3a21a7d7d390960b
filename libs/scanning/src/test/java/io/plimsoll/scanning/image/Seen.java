package io.plimsoll.scanning.image;

import io.plimsoll.scanning.reference.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What a visitor was told: path to layer and content. */
final class Seen implements FileVisitor {
    final Map<String, String> files = new TreeMap<>();
    final Map<String, String> history = new TreeMap<>();
    List<Incompleteness> incomplete = List.of();

    static Seen of(byte[]... layers) {
        return of(ImageLimits.DEFAULT, layers);
    }

    static Seen of(ImageLimits limits, byte[]... layers) {
        return of(
                limits,
                IntStream.range(0, layers.length)
                        .mapToObj(index -> layer(layers[index], Digest.sha256(layers[index])))
                        .toList());
    }

    static Seen of(ImageLimits limits, List<Layer> layers) {
        ResolvedImage image = new ResolvedImage(Optional.empty(), "", ImageConfig.NONE, layers, Map.of(), List.of());
        Seen seen = new Seen();
        try {
            seen.incomplete = LayeredFiles.read(image, new Budget(limits, () -> false), seen);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return seen;
    }

    static Layer layer(byte[] content, Digest digest) {
        return new Layer(
                Optional.of(digest), Optional.empty(), "", content.length, () -> new ByteArrayInputStream(content));
    }

    String complaints() {
        return incomplete.toString();
    }

    @Override
    public void visit(FileEntry entry, int layer, InputStream content) throws IOException {
        String value =
                switch (entry.kind()) {
                    case FILE -> new String(content.readAllBytes(), StandardCharsets.UTF_8);
                    case FOLDER -> "folder";
                    case SYMBOLIC_LINK, HARD_LINK -> "-> " + entry.target();
                    case SPECIAL -> "special";
                    case SPARSE -> "sparse";
                };
        if (entry.kind() != FileEntry.Kind.FOLDER) {
            files.put(entry.path(), layer + " " + value);
        }
    }

    @Override
    public void replaced(FileEntry entry, int layer, InputStream content) throws IOException {
        if (entry.kind() == FileEntry.Kind.FILE) {
            history.put(entry.path(), layer + " " + new String(content.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void retract(int layer) {
        files.values().removeIf(value -> value.startsWith(layer + " "));
    }
}
