package io.plimsoll.embedded.place;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Enumeration;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the archives that the parts come in. Entries that would land outside the target are refused. */
public final class Archives {

    /** Bytes of memory that decompressing may take; the archives need far less. */
    private static final int XZ_KIBIBYTES_MAX = 128 * 1024;

    private Archives() {}

    /** Unpacks the one {@code .txz} inside a jar. */
    public static void unpackTarInJar(Path jar, Path target) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".txz")) {
                    try (InputStream in = zip.getInputStream(entry);
                            TarArchiveInputStream tar = new TarArchiveInputStream(
                                    new XZInputStream(new BufferedInputStream(in), XZ_KIBIBYTES_MAX))) {
                        unpack(tar, target);
                    }
                    openFolders(target);
                    return;
                }
            }
            throw new IOException(jar + " holds no .txz");
        }
    }

    /** Unpacks a zip without the one folder that everything in it lies below. */
    public static void unpackZip(Path file, Path target) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName();
                Path to = inside(target, name.substring(name.indexOf('/') + 1));
                if (entry.isDirectory()) {
                    Files.createDirectories(to);
                } else {
                    Files.createDirectories(parent(to));
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, to);
                    }
                }
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, Path target) throws IOException {
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path to = inside(target, entry.getName());
            if (entry.isDirectory()) {
                Files.createDirectories(to);
            } else if (entry.isSymbolicLink()) {
                Files.createDirectories(parent(to));
                inside(
                        target,
                        target.relativize(parent(to))
                                .resolve(entry.getLinkName())
                                .toString());
                Files.createSymbolicLink(to, Path.of(entry.getLinkName()));
            } else if (entry.isFile()) {
                Files.createDirectories(parent(to));
                Files.copy(tar, to);
                // The database's user reads and runs them, nobody but the owner changes them.
                Files.setPosixFilePermissions(
                        to, PosixFilePermissions.fromString((entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }

    /** Whatever the umask says: the database's user has to come in. */
    private static void openFolders(Path target) throws IOException {
        try (Stream<Path> all = Files.walk(target)) {
            for (Path folder : all.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    private static Path inside(Path target, String name) throws IOException {
        Path to = target.resolve(name).normalize();
        if (!to.startsWith(target)) {
            throw new IOException("an archive's entry leaves its folder: " + name);
        }
        return to;
    }

    private static Path parent(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IOException("no folder for " + file);
        }
        return parent;
    }
}
