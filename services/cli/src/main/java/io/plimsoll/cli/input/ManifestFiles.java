package io.plimsoll.cli.input;

import io.plimsoll.cli.UsageProblem;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Manifests in files, folders (recursively: .yaml, .yml, .json) and standard input, one document at a time. */
public final class ManifestFiles {

    private final Consumer<Problem> notes;

    /** @param notes takes files and folders that cannot be read; everything else is */
    public ManifestFiles(Consumer<Problem> notes) {
        this.notes = notes;
    }

    /** Reads a file, a folder or {@code -}. */
    public void read(String path, DocumentSink sink) {
        read(path.equals("-") ? null : Path.of(path), path, sink);
    }

    /**
     * @param path null for standard input
     * @param shown how it is called in sources
     * @throws UsageProblem when there is no such file
     */
    public void read(@Nullable Path path, String shown, DocumentSink sink) {
        if (path == null) {
            open("-", null, sink);
            return;
        }
        if (!Files.exists(path)) {
            throw new UsageProblem(shown + ": no such file or folder");
        }
        if (!Files.isDirectory(path)) {
            open(shown, path, sink);
            return;
        }
        for (Path file : manifestsBelow(path, shown)) {
            String below = path.relativize(file).toString().replace('\\', '/');
            open(shown.endsWith("/") ? shown + below : shown + "/" + below, file, sink);
        }
    }

    /** The manifests of a folder in the order of their names; a folder below it that cannot be read is said and passed over. */
    private List<Path> manifestsBelow(Path folder, String shown) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (isManifest(file)) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException fault) {
                    String below = folder.relativize(file).toString();
                    notes.accept(Problem.skipped(new Source(shown + "/" + below, 0, 0), "cannot be read"));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UsageProblem(shown + ": cannot be listed");
        }
        files.sort(null);
        return files;
    }

    /** A file that cannot be read is said; everything else is assessed. */
    private void open(String shown, @Nullable Path file, DocumentSink sink) {
        ManifestReader reader = new ManifestReader(ManifestLimits.DEFAULTS);
        try {
            if (file == null) {
                reader.read(shown, System.in, sink);
                return;
            }
            try (InputStream in = Files.newInputStream(file)) {
                reader.read(shown, in, sink);
            }
        } catch (IOException e) {
            notes.accept(Problem.skipped(new Source(shown, 0, 0), "cannot be read"));
        }
    }

    private static boolean isManifest(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return Files.isRegularFile(file) && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
    }
}
