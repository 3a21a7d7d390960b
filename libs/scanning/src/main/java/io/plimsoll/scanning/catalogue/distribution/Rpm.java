package io.plimsoll.scanning.catalogue.distribution;

import io.plimsoll.scanning.catalogue.FileContent;
import io.plimsoll.scanning.catalogue.Findings;
import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.pack.PackageKind;
import io.plimsoll.scanning.pack.SourcePackage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The database of RPM in its three shapes, and the manifest that images without one carry. */
public final class Rpm {

    private Rpm() {}

    /** {@code Packages} (Berkeley DB), {@code Packages.db} (ndb) or {@code rpmdb.sqlite}, told apart by their content. */
    public static void read(FileContent file, Findings into) throws IOException {
        if (file.length() == 0) {
            return;
        }
        RecordSink sink = blob -> header(blob, into);
        if (SqliteFile.is(file.bytes(), file.length())) {
            new SqliteFile(file.bytes(), file.length()).blobs("Packages", sink);
        } else if (NdbFile.is(file.bytes(), file.length())) {
            new NdbFile(file.bytes(), file.length()).records(sink);
        } else if (BerkeleyFile.is(file.bytes(), file.length())) {
            new BerkeleyFile(file.bytes(), file.length()).records(sink);
        } else {
            throw new MalformedDocument("not an RPM database of a known kind (sqlite, ndb, Berkeley DB hash)");
        }
    }

    /** Told of each record of a database. */
    interface RecordSink {
        void accept(byte[] blob);
    }

    private static void header(byte[] blob, Findings into) {
        try {
            RpmHeader header = RpmHeader.of(blob);
            String name = header.text(RpmHeader.NAME);
            // Signing keys are kept as packages.
            if (name.isEmpty() || name.equals("gpg-pubkey")) {
                return;
            }
            String epoch = header.number(RpmHeader.EPOCH).map(String::valueOf).orElse("");
            String version = header.text(RpmHeader.VERSION) + "-" + header.text(RpmHeader.RELEASE);
            add(
                    into,
                    name,
                    epoch,
                    version,
                    header.text(RpmHeader.ARCHITECTURE),
                    header.text(RpmHeader.SOURCE_RPM),
                    header.text(RpmHeader.MODULARITY),
                    header.text(RpmHeader.LICENCE));
            header.files().forEach(path -> into.own(name, path));
        } catch (MalformedDocument e) {
            into.problem(String.valueOf(e.getMessage()));
        }
    }

    /**
     * {@code rpmmanifest/container-manifest-2}: one package a line, tab separated: name, version-release, install time,
     * build time, vendor, epoch, size, architecture, epoch number, source RPM.
     */
    public static void readManifest(FileContent file, Findings into) {
        for (String line : file.lines()) {
            String[] columns = line.split("\t", -1);
            if (columns.length >= 10) {
                add(into, columns[0], columns[8], columns[1], columns[7], columns[9], "", "");
            }
        }
    }

    private static void add(
            Findings into,
            String name,
            String epoch,
            String version,
            String architecture,
            String sourceRpm,
            String modularity,
            String licence) {
        Map<String, String> qualifiers = new TreeMap<>();
        qualifiers.put("arch", architecture);
        boolean withEpoch = epoch.matches("[1-9][0-9]*");
        if (withEpoch) {
            qualifiers.put("epoch", epoch);
        }
        // name:stream:version:context:arch; name and stream say which, the rest which build.
        String[] module = modularity.split(":", -1);
        if (module.length >= 2) {
            qualifiers.put("rpmmod", module[0] + ":" + module[1]);
        }
        into.addInstalled(
                PackageKind.RPM,
                name,
                version,
                qualifiers,
                source(sourceRpm, withEpoch ? epoch : ""),
                licence.isEmpty() ? List.of() : List.of(licence));
    }

    /** {@code name-version-release.src.rpm}; the file name has no epoch, the package's own is taken. */
    static Optional<SourcePackage> source(String fileName, String epoch) {
        String bare = fileName.replaceFirst("\\.(no)?src\\.rpm$", "");
        int release = bare.lastIndexOf('-');
        int version = release < 0 ? -1 : bare.lastIndexOf('-', release - 1);
        if (version <= 0) {
            return Optional.empty();
        }
        String written = bare.substring(version + 1);
        return Optional.of(
                new SourcePackage(bare.substring(0, version), epoch.isEmpty() ? written : epoch + ":" + written));
    }
}
