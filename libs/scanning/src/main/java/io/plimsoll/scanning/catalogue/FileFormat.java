package io.plimsoll.scanning.catalogue;

import io.plimsoll.scanning.catalogue.distribution.Apk;
import io.plimsoll.scanning.catalogue.distribution.DebianCopyright;
import io.plimsoll.scanning.catalogue.distribution.Dpkg;
import io.plimsoll.scanning.catalogue.distribution.OsRelease;
import io.plimsoll.scanning.catalogue.distribution.Rpm;
import io.plimsoll.scanning.catalogue.executable.Executables;
import io.plimsoll.scanning.catalogue.java.ArchiveIndex;
import io.plimsoll.scanning.catalogue.java.JavaArchives;
import io.plimsoll.scanning.catalogue.language.LockFiles;
import io.plimsoll.scanning.catalogue.language.Npm;
import io.plimsoll.scanning.catalogue.language.Python;
import io.plimsoll.scanning.catalogue.language.Ruby;
import io.plimsoll.scanning.image.ImageLimits;
import io.plimsoll.scanning.pack.Confidence;
import io.plimsoll.scanning.pack.EvidenceKind;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A kind of file that says which packages are there, recognised by its path. */
public enum FileFormat {
    OS_RELEASE(EvidenceKind.PACKAGE_DATABASE, Confidence.HIGH, OsRelease::read),
    DPKG_STATUS(EvidenceKind.PACKAGE_DATABASE, Confidence.HIGH, Dpkg::readStatus),
    DPKG_LIST(EvidenceKind.PACKAGE_DATABASE, Confidence.HIGH, Dpkg::readList),
    DPKG_SUMS(EvidenceKind.PACKAGE_DATABASE, Confidence.HIGH, Dpkg::readSums),
    DEBIAN_COPYRIGHT(EvidenceKind.PACKAGE_DATABASE, Confidence.HIGH, DebianCopyright::read),
    OPKG_STATUS(EvidenceKind.PACKAGE_DATABASE, Confidence.HIGH, Dpkg::readOpkg),
    APK_INSTALLED(EvidenceKind.PACKAGE_DATABASE, Confidence.HIGH, Apk::read),
    RPM_DATABASE(EvidenceKind.PACKAGE_DATABASE, Confidence.HIGH, Rpm::read),
    RPM_MANIFEST(EvidenceKind.PACKAGE_DATABASE, Confidence.HIGH, Rpm::readManifest),
    JAVA_ARCHIVE(
            EvidenceKind.POM_PROPERTIES,
            Confidence.HIGH,
            (file, into) -> JavaArchives.read(file, into, ArchiveIndex.NONE)),
    GRADLE_LOCK(EvidenceKind.LOCK_FILE, Confidence.MEDIUM, LockFiles::readGradle),
    NPM_PACKAGE(EvidenceKind.INSTALLED_METADATA, Confidence.HIGH, Npm::readPackage),
    NPM_LOCK(EvidenceKind.LOCK_FILE, Confidence.MEDIUM, Npm::readLock),
    YARN_LOCK(EvidenceKind.LOCK_FILE, Confidence.MEDIUM, Npm::readYarn),
    PNPM_LOCK(EvidenceKind.LOCK_FILE, Confidence.MEDIUM, Npm::readPnpm),
    PYTHON_METADATA(EvidenceKind.INSTALLED_METADATA, Confidence.HIGH, Python::readMetadata),
    PYTHON_ARCHIVE(EvidenceKind.INSTALLED_METADATA, Confidence.MEDIUM, Python::readArchive),
    PYTHON_REQUIREMENTS(EvidenceKind.LOCK_FILE, Confidence.LOW, Python::readRequirements),
    PIPFILE_LOCK(EvidenceKind.LOCK_FILE, Confidence.MEDIUM, Python::readPipfile),
    PYTHON_TOML_LOCK(EvidenceKind.LOCK_FILE, Confidence.MEDIUM, Python::readToml),
    GEMSPEC(EvidenceKind.INSTALLED_METADATA, Confidence.HIGH, Ruby::readGemspec),
    GEM_LOCK(EvidenceKind.LOCK_FILE, Confidence.MEDIUM, Ruby::readLock),
    CARGO_LOCK(EvidenceKind.LOCK_FILE, Confidence.MEDIUM, LockFiles::readCargo),
    COMPOSER_INSTALLED(EvidenceKind.INSTALLED_METADATA, Confidence.HIGH, LockFiles::readComposer),
    COMPOSER_LOCK(EvidenceKind.LOCK_FILE, Confidence.MEDIUM, LockFiles::readComposer),
    NUGET_DEPS(EvidenceKind.INSTALLED_METADATA, Confidence.HIGH, LockFiles::readDepsJson),
    NUGET_LOCK(EvidenceKind.LOCK_FILE, Confidence.MEDIUM, LockFiles::readNuget),
    CONAN_LOCK(EvidenceKind.LOCK_FILE, Confidence.MEDIUM, LockFiles::readConan),
    /** Recognised by its first bytes, not by its path. */
    EXECUTABLE(EvidenceKind.BUILD_INFORMATION, Confidence.HIGH, Executables::read);

    private static final Pattern REQUIREMENTS =
            Pattern.compile("([\\w.-]*-)?requirements([\\w.-]*)?\\.txt", Pattern.CASE_INSENSITIVE);

    private final EvidenceKind evidence;
    private final Confidence confidence;
    private final FileReader reader;

    /** Reads one file. */
    private interface FileReader {
        void read(FileContent file, Findings into) throws IOException;
    }

    FileFormat(EvidenceKind evidence, Confidence confidence, FileReader reader) {
        this.evidence = evidence;
        this.confidence = confidence;
        this.reader = reader;
    }

    /**
     * Reads a file of this format. Whatever is wrong with the file becomes a problem of the findings; what was read
     * before stands.
     */
    public Findings read(FileContent file) {
        return read(file, ArchiveIndex.NONE);
    }

    Findings read(FileContent file, ArchiveIndex archives) {
        Findings findings = new Findings(file.path(), evidence, confidence, file.budget());
        try {
            if (this == JAVA_ARCHIVE) {
                JavaArchives.read(file, findings, archives);
            } else {
                reader.read(file, findings);
            }
        } catch (IOException | IndexOutOfBoundsException e) {
            findings.problem(e instanceof IOException && e.getMessage() != null ? e.getMessage() : "cut off");
        }
        return findings;
    }

    /** Whether the file says what a distribution installed: an older version of it tells which layer brought what. */
    boolean isDistribution() {
        return switch (this) {
            case DPKG_STATUS, OPKG_STATUS, APK_INSTALLED, RPM_DATABASE, RPM_MANIFEST -> true;
            default -> false;
        };
    }

    /** Most bytes of such a file that are read. */
    int bytesMax(ImageLimits limits) {
        return switch (this) {
            case JAVA_ARCHIVE, PYTHON_ARCHIVE, RPM_DATABASE, EXECUTABLE -> limits.fileBytesMax();
            default -> limits.textBytesMax();
        };
    }

    /** The format that a path says; empty for all other files. */
    public static Optional<FileFormat> of(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        Optional<FileFormat> named = ofName(name, path);
        return named.isPresent() ? named : ofPlace(name, path);
    }

    private static Optional<FileFormat> ofName(String name, String path) {
        return Optional.ofNullable(
                switch (name) {
                    case "package.json" -> NPM_PACKAGE;
                    case "package-lock.json", "npm-shrinkwrap.json" -> NPM_LOCK;
                    case "yarn.lock" -> YARN_LOCK;
                    case "pnpm-lock.yaml" -> PNPM_LOCK;
                    case "Pipfile.lock" -> PIPFILE_LOCK;
                    case "poetry.lock", "pdm.lock", "uv.lock" -> PYTHON_TOML_LOCK;
                    case "Gemfile.lock", "gems.locked" -> GEM_LOCK;
                    case "Cargo.lock" -> CARGO_LOCK;
                    case "composer.lock" -> COMPOSER_LOCK;
                    case "packages.lock.json" -> NUGET_LOCK;
                    case "conan.lock" -> CONAN_LOCK;
                    case "gradle.lockfile", "buildscript-gradle.lockfile" -> GRADLE_LOCK;
                    case "installed.json" -> path.contains("/composer") ? COMPOSER_INSTALLED : null;
                    case "METADATA" -> folderEnds(path, ".dist-info") ? PYTHON_METADATA : null;
                    case "PKG-INFO" ->
                        folderEnds(path, ".egg-info") || folderEnds(path, "egg-info") ? PYTHON_METADATA : null;
                    case "os-release" ->
                        path.equals("/etc/os-release") || path.equals("/usr/lib/os-release") ? OS_RELEASE : null;
                    default -> null;
                });
    }

    private static boolean folderEnds(String path, String suffix) {
        int end = path.lastIndexOf('/');
        return end >= suffix.length() && path.regionMatches(true, end - suffix.length(), suffix, 0, suffix.length());
    }

    private static Optional<FileFormat> ofPlace(String name, String path) {
        int dot = name.lastIndexOf('.');
        String extension = dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
        FileFormat format =
                switch (extension) {
                    case ".gemspec" -> GEMSPEC;
                    case ".egg-info" -> PYTHON_METADATA;
                    case ".whl", ".egg" -> PYTHON_ARCHIVE;
                    case ".txt" -> REQUIREMENTS.matcher(name).matches() ? PYTHON_REQUIREMENTS : null;
                    case ".json" -> name.endsWith(".deps.json") ? NUGET_DEPS : null;
                    case ".lock" -> name.endsWith(".py.lock") ? PYTHON_TOML_LOCK : null;
                    default -> JavaArchives.isArchive(name) ? JAVA_ARCHIVE : null;
                };
        return format != null ? Optional.of(format) : ofDatabase(name, path);
    }

    private static Optional<FileFormat> ofDatabase(String name, String path) {
        boolean usrLib = path.startsWith("/usr/lib/");
        if (!usrLib && !path.startsWith("/var/lib/") && !path.startsWith("/lib/") && !path.startsWith("/usr/share/")) {
            return Optional.empty();
        }
        String below = path.substring(path.startsWith("/lib/") ? 5 : usrLib ? 9 : path.startsWith("/var") ? 9 : 11);
        FileFormat format = null;
        if (below.equals("dpkg/status")) {
            format = DPKG_STATUS;
        } else if (below.startsWith("dpkg/status.d/")) {
            format = name.endsWith(".md5sums") ? DPKG_SUMS : DPKG_STATUS;
        } else if (below.startsWith("dpkg/info/") && name.endsWith(".list")) {
            format = DPKG_LIST;
        } else if (DebianCopyright.isOne(path)) {
            format = DEBIAN_COPYRIGHT;
        } else if (below.equals("opkg/status") || below.startsWith("opkg/info/") && name.endsWith(".control")) {
            format = OPKG_STATUS;
        } else if (below.equals("apk/db/installed")) {
            format = APK_INSTALLED;
        } else if (below.startsWith("rpm/") || below.startsWith("sysimage/rpm/")) {
            format = name.equals("Packages") || name.equals("Packages.db") || name.equals("rpmdb.sqlite")
                    ? RPM_DATABASE
                    : null;
        } else if (below.equals("rpmmanifest/container-manifest-2")) {
            format = RPM_MANIFEST;
        }
        return Optional.ofNullable(format);
    }
}
