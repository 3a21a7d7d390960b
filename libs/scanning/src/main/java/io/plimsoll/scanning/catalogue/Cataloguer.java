package io.plimsoll.scanning.catalogue;

import io.plimsoll.scanning.catalogue.executable.Executables;
import io.plimsoll.scanning.catalogue.java.ArchiveIndex;
import io.plimsoll.scanning.image.Budget;
import io.plimsoll.scanning.image.FileEntry;
import io.plimsoll.scanning.image.FileVisitor;
import io.plimsoll.scanning.image.Incompleteness;
import io.plimsoll.scanning.pack.Confidence;
import io.plimsoll.scanning.pack.EvidenceKind;
import io.plimsoll.scanning.secret.SecretFinder;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the files of an image as they come and remembers what they say. Of a file only its findings are kept, never its
 * content; a file is read at most once. Not thread safe.
 */
public final class Cataloguer implements FileVisitor {

    private static final int HEAD_BYTES = 4;

    private final Budget budget;
    private final ArchiveIndex archives;
    private final SecretFinder secrets;
    private final Map<String, Reading> readings = new TreeMap<>();
    private final Map<String, Map<Integer, Set<String>>> history = new HashMap<>();
    private final Map<String, Integer> remnants = new TreeMap<>();
    private final Map<String, Remnant.Kind> remnantKinds = new HashMap<>();
    private final Map<String, String> hardLinks = new TreeMap<>();
    private final DatabaseLinks databaseLinks = new DatabaseLinks();
    private byte[] buffer = new byte[1 << 20];
    private int files;

    /** What one file said, and which layer it is from. */
    record Reading(int layer, FileFormat format, Findings findings) {}

    public Cataloguer(Budget budget, ArchiveIndex archives, SecretFinder secrets) {
        this.budget = budget;
        this.archives = archives;
        this.secrets = secrets;
    }

    @Override
    public void visit(FileEntry entry, int layer, InputStream content) throws IOException {
        if (entry.kind() != FileEntry.Kind.FOLDER) {
            files++;
        }
        Remnant.of(entry).ifPresent(remnant -> {
            remnants.put(remnant.path(), layer);
            remnantKinds.put(remnant.path(), remnant.kind());
        });
        if (entry.kind() == FileEntry.Kind.HARD_LINK
                && FileFormat.of(entry.path()).isPresent()) {
            hardLinks.put(entry.path(), entry.target());
        }
        if (entry.kind() == FileEntry.Kind.SYMBOLIC_LINK) {
            databaseLinks.add(entry, layer);
        }
        if (entry.kind() == FileEntry.Kind.FILE) {
            Optional<FileFormat> format = FileFormat.of(entry.path());
            if (format.isPresent()) {
                read(format.get(), entry, layer, content);
            } else if (entry.isExecutable() && entry.size() > 64) {
                executable(entry, layer, content);
            } else if (secrets.wants(entry)) {
                int length = fill(content, 0, (int) Math.min(entry.size(), secrets.bytesMax()));
                secrets.search(entry.path(), layer, buffer, length);
            }
        }
    }

    private void read(FileFormat format, FileEntry entry, int layer, InputStream content) throws IOException {
        if (entry.size() > format.bytesMax(budget.limits())) {
            tooLarge(format, entry, layer);
            return;
        }
        int length = fill(content, 0, (int) entry.size());
        if (secrets.wants(entry)) {
            secrets.search(entry.path(), layer, buffer, Math.min(length, secrets.bytesMax()));
        }
        keep(entry.path(), layer, format, length);
    }

    private void tooLarge(FileFormat format, FileEntry entry, int layer) {
        Findings unread = new Findings(entry.path(), EvidenceKind.FILE_NAME, Confidence.LOW, budget);
        unread.problem(entry.size() + " bytes, at most " + format.bytesMax(budget.limits()) + " are read");
        readings.put(entry.path(), new Reading(layer, format, unread));
    }

    private void keep(String path, int layer, FileFormat format, int length) {
        Findings findings = format.read(new FileContent(path, buffer, length, budget), archives);
        if (!findings.isEmpty()) {
            readings.put(path, new Reading(layer, format, findings));
        } else {
            // The same path again in one layer: the later file stands.
            readings.remove(path);
        }
        shrink();
    }

    private void executable(FileEntry entry, int layer, InputStream content) throws IOException {
        int head = fill(content, 0, HEAD_BYTES);
        byte[] magic = java.util.Arrays.copyOf(buffer, head);
        if (Executables.isExecutable(magic)) {
            if (entry.size() <= budget.limits().fileBytesMax()) {
                int length = fill(content, head, (int) entry.size());
                keep(entry.path(), layer, FileFormat.EXECUTABLE, length);
            } else {
                tooLarge(FileFormat.EXECUTABLE, entry, layer);
            }
        } else if (secrets.wants(entry)) {
            int length = fill(content, head, (int) Math.min(entry.size(), secrets.bytesMax()));
            secrets.search(entry.path(), layer, buffer, length);
        }
    }

    @Override
    public void replaced(FileEntry entry, int layer, InputStream content) throws IOException {
        Optional<FileFormat> format = FileFormat.of(entry.path()).filter(FileFormat::isDistribution);
        if (format.isEmpty()
                || entry.kind() != FileEntry.Kind.FILE
                || entry.size() > format.get().bytesMax(budget.limits())) {
            return;
        }
        int length = fill(content, 0, (int) entry.size());
        Findings before = format.get().read(new FileContent(entry.path(), buffer, length, budget));
        Set<String> had = new HashSet<>();
        before.packages.forEach(found -> had.add(identity(found)));
        history.computeIfAbsent(entry.path(), path -> new TreeMap<>()).put(layer, had);
        shrink();
    }

    @Override
    public void retract(int layer) {
        readings.values().removeIf(reading -> reading.layer() == layer);
        history.values().forEach(layers -> layers.remove(layer));
        remnants.values().removeIf(from -> from == layer);
        databaseLinks.retract(layer);
        secrets.retract(layer);
    }

    /** What it all adds up to. */
    public Catalogue finish(List<Incompleteness> unread) {
        hardLinks.forEach((link, target) -> {
            Reading reading = readings.get(target);
            if (reading != null) {
                readings.putIfAbsent(
                        link,
                        new Reading(
                                reading.layer(),
                                reading.format(),
                                reading.findings().at(target, link)));
            }
        });
        List<Remnant> left = new ArrayList<>();
        remnants.forEach(
                (path, layer) -> left.add(new Remnant(remnantKinds.getOrDefault(path, Remnant.Kind.SHELL), path)));
        left.sort(null);
        List<Incompleteness> all = new ArrayList<>(unread);
        all.addAll(databaseLinks.unread(readings.keySet()));
        return new Gathering(readings, history).catalogue(files, left, all);
    }

    static String identity(Found found) {
        return found.name() + "\t" + found.version() + "\t" + found.qualifiers().getOrDefault("arch", "");
    }

    /** Fills the buffer up to {@code length} from what is already there; less at the end of the content. */
    private int fill(InputStream content, int from, int length) throws IOException {
        if (buffer.length < length) {
            byte[] larger = new byte[length];
            System.arraycopy(buffer, 0, larger, 0, from);
            buffer = larger;
        }
        return from + content.readNBytes(buffer, from, length - from);
    }

    /** One huge archive must not hold its memory for the rest of the image. */
    private void shrink() {
        if (buffer.length > 32 << 20) {
            buffer = new byte[1 << 20];
        }
    }
}
