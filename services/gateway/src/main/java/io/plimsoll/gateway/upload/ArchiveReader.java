package io.plimsoll.gateway.upload;

import io.plimsoll.gateway.upload.UploadRefused.Rule;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Takes the manifests out of a body, within bounds, one file at a time. Entries are never written under their own names,
 * links are not followed, and nothing is read into memory but names.
 */
public final class ArchiveReader {

    /** Takes files in the order of the archive. */
    public interface Files {
        /** @param content to be read before the next file; need not be closed */
        void take(String name, InputStream content) throws IOException;
    }

    private final UploadLimits limits;

    public ArchiveReader(UploadLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads a body to its end.
     *
     * @param name of the file when the body is one; ignored for archives
     * @return entries that were not taken
     * @throws UploadRefused naming rule, bound and place; files may have been taken by then
     */
    public List<Ignored> read(InputStream body, UploadFormat format, String name, Files files) throws IOException {
        BoundedStream packed = new BoundedStream(body, bytes -> {
            if (bytes > limits.packedBytesMax()) {
                throw tooLarge("the body", limits.packedBytesMax());
            }
        });
        return switch (format) {
            case FILE -> {
                files.take(fileName(name), packed);
                yield List.of();
            }
            case TAR -> tar(new BoundedStream(new BufferedInputStream(packed), this::unpacked), files);
            case TAR_GZIP -> gzip(packed, files);
        };
    }

    private String fileName(String written) throws UploadRefused {
        String name = EntryName.of(written, limits.nameCharsMax());
        if (!EntryName.isManifest(name)) {
            throw new UploadRefused(
                    Rule.NAME,
                    "the file " + EntryName.shown(written) + " does not end in .yaml, .yml or .json",
                    "",
                    EntryName.shown(written));
        }
        return name;
    }

    private List<Ignored> gzip(BoundedStream packed, Files files) throws IOException {
        try {
            return tar(
                    new BoundedStream(new GZIPInputStream(packed, 32 << 10), bytes -> {
                        unpacked(bytes);
                        ratio(packed.bytes(), bytes);
                    }),
                    files);
        } catch (ZipException e) {
            throw malformed("damaged gzip: " + e.getMessage(), packed.bytes());
        } catch (EOFException e) {
            throw malformed("the gzip stream ends early", packed.bytes());
        }
    }

    private List<Ignored> tar(BoundedStream unpacked, Files files) throws IOException {
        List<Ignored> ignored = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        HeaderGuard guarded = new HeaderGuard(unpacked, limits.headerBytesMax());
        TarArchiveInputStream tar = new TarArchiveInputStream(guarded, "UTF-8");
        int entries = 0;
        while (true) {
            TarArchiveEntry entry = next(tar, guarded, unpacked);
            if (entry == null) {
                break;
            }
            if (++entries > limits.entriesMax()) {
                throw new UploadRefused(
                        Rule.TOO_MANY_ENTRIES,
                        "the archive holds more than " + limits.entriesMax() + " entries",
                        limits.entriesMax() + " entries",
                        "entry " + entries);
            }
            String name = EntryName.of(entry.getName(), limits.nameCharsMax());
            if (name.isEmpty() || entry.isDirectory()) {
                continue;
            }
            String why = whyNot(entry, name);
            if (!why.isEmpty()) {
                ignored.add(new Ignored(name, why));
            } else if (taken.add(name)) {
                content(tar, unpacked, name, files);
            } else {
                throw new UploadRefused(Rule.NAME, "the archive holds the file " + name + " twice", "", name);
            }
            skipRest(tar, unpacked, name);
        }
        // What follows is read too: a stream that was cut off shows only at its end.
        unpacked.transferTo(java.io.OutputStream.nullOutputStream());
        if (unpacked.zerosAtEnd() < 512) {
            throw malformed("the tar archive ends early", unpacked.bytes());
        }
        return ignored;
    }

    private static @org.jspecify.annotations.Nullable TarArchiveEntry next(
            TarArchiveInputStream tar, HeaderGuard guarded, BoundedStream unpacked) throws IOException {
        guarded.headerBegins();
        try {
            TarArchiveEntry entry = tar.getNextEntry();
            if (entry != null && !entry.isCheckSumOK()) {
                throw malformed("not a tar header", unpacked.bytes());
            }
            return entry;
        } catch (UploadRefused | ZipException | EOFException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw malformed("damaged tar header", unpacked.bytes());
        } finally {
            guarded.headerEnds();
        }
    }

    /** Empty when the entry is taken. */
    private static String whyNot(TarArchiveEntry entry, String name) {
        if (entry.isSymbolicLink() || entry.isLink()) {
            return "a link, which is not followed";
        }
        if (!entry.isFile() || entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
            return "neither a file nor a folder";
        }
        if (entry.isSparse()) {
            return "a sparse file, which is not put together";
        }
        return EntryName.isManifest(name) ? "" : "does not end in .yaml, .yml or .json";
    }

    private static void content(TarArchiveInputStream tar, BoundedStream unpacked, String name, Files files)
            throws IOException {
        try {
            files.take(name, tar);
        } catch (UploadRefused | ZipException | EOFException e) {
            throw e;
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("Truncated TAR")) {
                throw new UploadRefused(
                        Rule.MALFORMED, "the archive ends within " + name, "", "byte " + unpacked.bytes());
            }
            throw e;
        }
    }

    /** Reads on to the end of the entry, so that what {@link #next} reads is headers only. */
    private static void skipRest(TarArchiveInputStream tar, BoundedStream unpacked, String name) throws IOException {
        content(tar, unpacked, name, (ignored, content) -> content.transferTo(java.io.OutputStream.nullOutputStream()));
    }

    private void unpacked(long bytes) throws IOException {
        if (bytes > limits.unpackedBytesMax()) {
            throw tooLarge("what is unpacked", limits.unpackedBytesMax());
        }
    }

    private void ratio(long packed, long unpacked) throws IOException {
        if (unpacked > limits.ratioFreeBytes() && unpacked / limits.ratioMax() > packed) {
            throw new UploadRefused(
                    Rule.RATIO,
                    "the archive unpacks to more than " + limits.ratioMax() + " times its size",
                    limits.ratioMax() + " times",
                    "byte " + unpacked);
        }
    }

    private static UploadRefused tooLarge(String what, long max) {
        return new UploadRefused(
                Rule.TOO_LARGE, what + " is larger than " + max + " bytes", max + " bytes", "byte " + (max + 1));
    }

    private static UploadRefused malformed(String what, long at) {
        return new UploadRefused(Rule.MALFORMED, what + ", at byte " + at, "", "byte " + at);
    }
}
