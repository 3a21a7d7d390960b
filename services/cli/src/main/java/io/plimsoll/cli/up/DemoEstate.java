package io.plimsoll.cli.up;

import io.plimsoll.embedded.EmbeddedProblem;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The sample estate in {@code deploy/examples}: an estate file as {@code assess --estate} reads it, and declarations beside it. */
final class DemoEstate {

    private static final String ESTATE = "estate.yaml";
    private static final String DECLARATIONS = "declarations.yaml";

    private final Path folder;

    private DemoEstate(Path folder) {
        this.folder = folder;
    }

    /** @throws EmbeddedProblem when it is not where the project keeps it */
    static DemoEstate find() {
        Path folder = Path.of(System.getProperty("plimsoll.root", "."), "deploy", "examples");
        if (!Files.isRegularFile(folder.resolve(ESTATE))) {
            throw new EmbeddedProblem("no " + folder.resolve(ESTATE));
        }
        return new DemoEstate(folder);
    }

    /**
     * Uploads it; what is there already stays as it is.
     *
     * @return names of its clusters
     */
    List<String> load(GatewayClient gateway) throws IOException, InterruptedException {
        if (Files.isRegularFile(folder.resolve(DECLARATIONS))) {
            gateway.putDeclarations("examples", folder.resolve(DECLARATIONS));
        }
        List<String> clusters = new ArrayList<>();
        for (Value cluster : estate().items("clusters")) {
            String name = cluster.text("name");
            clusters.add(name);
            for (Value source : cluster.items("sources")) {
                String path = source.text("path");
                gateway.putManifests(name, sourceName(path), source.text("namespace"), archive(path));
            }
        }
        return clusters;
    }

    private Value estate() throws IOException {
        Path file = folder.resolve(ESTATE);
        try (InputStream in = Files.newInputStream(file)) {
            return SingleDocument.read(file.toString(), in);
        } catch (IllegalArgumentException e) {
            throw new EmbeddedProblem(String.valueOf(e.getMessage()));
        }
    }

    /** A path as the name of a source. */
    private static String sourceName(String path) {
        return path.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    /** The manifests of a path, named as the estate file names them. */
    private byte[] archive(String path) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Path file : manifests(folder.resolve(path))) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setSize(Files.size(file));
                tar.putArchiveEntry(entry);
                Files.copy(file, tar);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static List<Path> manifests(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(yaml|yml|json)"))
                    .sorted()
                    .toList();
        }
    }
}
