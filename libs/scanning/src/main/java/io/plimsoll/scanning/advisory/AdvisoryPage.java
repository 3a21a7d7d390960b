package io.plimsoll.scanning.advisory;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where people read an advisory, by the form of its name. Nothing is ever fetched from there. */
public final class AdvisoryPage {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9:._-]{2,80}");
    private static final List<String> OF_OSV =
            List.of("PYSEC-", "DSA-", "DLA-", "DTSA-", "DEBIAN-", "UBUNTU-", "USN-", "ALPINE-", "OSV-", "MAL-", "BIT-");

    private AdvisoryPage() {}

    /** Empty for a name whose publisher is not known. */
    public static Optional<URI> of(String id) {
        if (!PLAIN.matcher(id).matches()) {
            return Optional.empty();
        }
        if (Cve.isName(id)) {
            return Optional.of(URI.create("https://www.cve.org/CVERecord?id=" + id));
        }
        if (id.startsWith("GHSA-")) {
            return Optional.of(URI.create("https://github.com/advisories/" + id));
        }
        if (id.startsWith("RUSTSEC-")) {
            return Optional.of(URI.create("https://rustsec.org/advisories/" + id + ".html"));
        }
        if (id.startsWith("GO-")) {
            return Optional.of(URI.create("https://pkg.go.dev/vuln/" + id));
        }
        return OF_OSV.stream().anyMatch(id::startsWith)
                ? Optional.of(URI.create("https://osv.dev/vulnerability/" + id))
                : Optional.empty();
    }
}
