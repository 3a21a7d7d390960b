package io.plimsoll.cli.up;

import io.plimsoll.embedded.EmbeddedProblem;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The sample estate in {@code deploy/examples}: an estate file as {@code assess --estate} reads it, and declarations beside it. */
final class DemoEstate {

    private static final String ESTATE = "estate.yaml";
    private static final String DECLARATIONS = "declarations.yaml";

    /** The day the example is judged at, see its README. */
    static final LocalDate WRITTEN = LocalDate.of(2026, 6, 30);

    private static final Pattern DATE = Pattern.compile("\\b[0-9]{4}-[0-9]{2}-[0-9]{2}\\b");

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
        gateway.putDeclarations("examples", declarations(LocalDate.now(ZoneOffset.UTC)));
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

    /**
     * What is declared, its dates moved so that they stand to today as they stand to {@link #WRITTEN}: what people say ends, and an example must
     * not.
     */
    byte[] declarations(LocalDate today) throws IOException {
        long days = ChronoUnit.DAYS.between(WRITTEN, today);
        String text = Files.readString(folder.resolve(DECLARATIONS));
        return DATE.matcher(text)
                .replaceAll(date -> LocalDate.parse(date.group()).plusDays(days).toString())
                .getBytes(StandardCharsets.UTF_8);
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
