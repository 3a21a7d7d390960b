package io.plimsoll.scanning.match;

import io.plimsoll.scanning.advisory.Advisory;
import io.plimsoll.scanning.advisory.Cve;
import io.plimsoll.scanning.advisory.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One advisory that concerns a package's version, under the names of one weakness.
 *
 * @param names all names that mean this weakness
 * @param fixedIn empty when no fix is published
 */
record Hit(TreeSet<String> names, Advisory advisory, Optional<String> fixedIn, Standing standing) {

    private static final List<String> DISTRIBUTORS_PREFIXES = List.of("UBUNTU-", "DEBIAN-", "ALPINE-");

    /**
     * The weaknesses an advisory is about. A distributor's notice covers several, each a hit of its own under its CVE name;
     * any other record is one, under its own and its other names.
     */
    static List<TreeSet<String>> weaknesses(Advisory advisory) {
        TreeSet<String> covered = new TreeSet<>();
        for (String name : advisory.upstream()) {
            String plain = plain(name);
            if (Cve.isName(plain)) {
                covered.add(plain);
            }
        }
        TreeSet<String> own = new TreeSet<>(advisory.aliases());
        own.add(advisory.id());
        own.add(plain(advisory.id()));
        if (covered.size() <= 1) {
            own.addAll(covered);
            return List.of(own);
        }
        List<TreeSet<String>> each = new ArrayList<>();
        covered.forEach(cve -> each.add(new TreeSet<>(List.of(cve))));
        return each;
    }

    /** {@code DEBIAN-CVE-2021-3156} is that CVE, as Debian files it. */
    private static String plain(String name) {
        for (String prefix : DISTRIBUTORS_PREFIXES) {
            if (name.startsWith(prefix) && Cve.isName(name.substring(prefix.length()))) {
                return name.substring(prefix.length());
            }
        }
        return name;
    }
}
