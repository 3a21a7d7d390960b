package io.plimsoll.scanning.match;

import io.plimsoll.scanning.advisory.Ecosystem;
import io.plimsoll.scanning.pack.Distribution;
import io.plimsoll.scanning.pack.Package;
import io.plimsoll.scanning.version.VersionScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which ecosystem, release and names a package is spoken of by. */
final class Subjects {

    /** Either a subject to look up, or why there is none. */
    sealed interface Reading {}

    record Known(Subject subject) implements Reading {}

    record Unknown(Gap gap) implements Reading {}

    private static final Pattern BACKPORT = Pattern.compile("~bpo(\\d+)");
    private static final Pattern RHEL_MINOR = Pattern.compile("\\.el(\\d+)_(\\d+)");

    private Subjects() {}

    static Reading of(Package pack, Optional<Distribution> distribution) {
        if (pack.version().isEmpty()) {
            return unknown(Gap.Reason.NO_VERSION, pack.purl().toString());
        }
        return switch (pack.kind()) {
            case DEB, APK, RPM -> distribution(pack, distribution);
            case MAVEN -> language("Maven", pack);
            case NPM -> language("npm", pack);
            case PYPI -> language("PyPI", pack);
            case GOLANG -> language("Go", pack);
            case CARGO -> language("crates.io", pack);
            case GEM -> language("RubyGems", pack);
            case COMPOSER -> language("Packagist", pack);
            case NUGET -> language("NuGet", pack);
            case CONAN -> language("ConanCenter", pack);
            case JAVA_ARCHIVE -> unknown(Gap.Reason.NO_GROUP, pack.name());
            case OPKG -> unknown(Gap.Reason.NO_ECOSYSTEM, "opkg");
            case OTHER -> other(pack);
        };
    }

    private static Reading other(Package pack) {
        return switch (pack.purl().type()) {
            case "hex" -> language("Hex", pack);
            case "pub" -> language("Pub", pack);
            case "cran" -> language("CRAN", pack);
            case "hackage" -> language("Hackage", pack);
            case "swift" -> language("SwiftURL", pack);
            // Components of Kubernetes itself, as pkg:k8s/kube-apiserver: there is no purl type for them.
            case "k8s" -> language("Kubernetes", pack);
            default -> unknown(Gap.Reason.NO_ECOSYSTEM, pack.purl().type());
        };
    }

    private static Unknown unknown(Gap.Reason reason, String detail) {
        return new Unknown(new Gap(reason, detail));
    }

    private static Reading language(String name, Package pack) {
        Ecosystem ecosystem = new Ecosystem(name, "");
        VersionScheme scheme = ecosystem.scheme().orElseThrow();
        return new Known(
                new Subject(ecosystem, List.of(), List.of(pack.purl().fullName()), pack.version(), scheme, "", false));
    }

    private static Reading distribution(Package pack, Optional<Distribution> distribution) {
        String id = distribution.map(Distribution::id).orElse(pack.namespace()).toLowerCase(Locale.ROOT);
        String release = distribution.map(Distribution::versionId).orElseGet(() -> releaseInPurl(pack));
        Optional<Ecosystem> ecosystem = ReleaseNames.ecosystem(id, release);
        if (ecosystem.isEmpty()) {
            return unknown(Gap.Reason.UNKNOWN_DISTRIBUTION, release.isEmpty() ? id : id + " " + release);
        }
        return new Known(
                switch (pack.kind()) {
                    case DEB -> deb(pack, ecosystem.get());
                    case RPM -> rpm(pack, ecosystem.get());
                    default -> source(pack, ecosystem.get(), List.of());
                });
    }

    /** The release in {@code distro=debian-12}, {@code distro=ubuntu-22.04}. */
    private static String releaseInPurl(Package pack) {
        String distro = pack.purl().qualifier("distro");
        int hyphen = distro.lastIndexOf('-');
        return hyphen < 0 ? "" : distro.substring(hyphen + 1);
    }

    /** Distributors speak of source packages, in the source's version. */
    private static Subject source(Package pack, Ecosystem ecosystem, List<Ecosystem> streams) {
        String name = pack.source().map(source -> source.name()).orElse(pack.name());
        String version = pack.source()
                .map(source -> source.version())
                .filter(found -> !found.isEmpty())
                .orElse(pack.fullVersion());
        return new Subject(
                ecosystem, streams, List.of(name), version, ecosystem.scheme().orElseThrow(), "", false);
    }

    private static Subject deb(Package pack, Ecosystem ecosystem) {
        Matcher backport = BACKPORT.matcher(pack.version());
        if (ecosystem.base().equals("Debian") && backport.find()) {
            // A backport to N is N+1's package: N's own rows speak of another upstream version.
            int release = Integer.parseInt(backport.group(1));
            return source(pack, new Ecosystem("Debian", String.valueOf(release + 1)), List.of());
        }
        if (ecosystem.base().equals("Ubuntu")) {
            return source(pack, ecosystem, List.of(new Ecosystem("Ubuntu", "Pro:" + ecosystem.release())));
        }
        return source(pack, ecosystem, List.of());
    }

    private static Subject rpm(Package pack, Ecosystem ecosystem) {
        List<String> names = new ArrayList<>();
        names.add(pack.name());
        // What is not mended is filed under the source's name.
        pack.source()
                .map(source -> source.name())
                .filter(name -> !name.equals(pack.name()))
                .ifPresent(names::add);
        String[] stream = pack.purl().qualifier("rpmmod").split(":");
        String module = stream.length >= 2 ? stream[0] + ":" + stream[1] : "";
        List<Ecosystem> streams = new ArrayList<>();
        Matcher minor = RHEL_MINOR.matcher(pack.version());
        if (ecosystem.base().equals("Red Hat") && minor.find()) {
            String release = minor.group(1) + "." + minor.group(2);
            for (String product : List.of("rhel_eus", "rhel_e4s", "rhel_aus", "rhel_tus")) {
                streams.add(new Ecosystem("Red Hat", product + ":" + release));
            }
        }
        return new Subject(
                ecosystem,
                streams,
                names,
                pack.fullVersion(),
                VersionScheme.RPM,
                module,
                !module.isEmpty() || pack.version().contains(".module"));
    }
}
