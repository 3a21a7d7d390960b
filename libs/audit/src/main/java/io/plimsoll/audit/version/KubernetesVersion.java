package io.plimsoll.audit.version;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Version of a Kubernetes component, with what a vendor adds to it taken off: {@code v1.26.8+rke2r1},
 * {@code v1.28.5-eks-5e0fdde}, {@code 1.29.1-gke.1589017}. Ordered as semantic versions are; a vendor's suffix does not count.
 *
 * @param prerelease {@code alpha.1}, {@code beta.0}, {@code rc.2}; empty for a release
 * @param vendor suffix of a distribution, which may have mended more or less than its number says; empty for upstream
 */
public record KubernetesVersion(int major, int minor, int patch, String prerelease, String vendor)
        implements Comparable<KubernetesVersion> {

    private static final Pattern FORM = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,6}))?([-+].{1,200})?");
    private static final Pattern PRERELEASE = Pattern.compile("-((?:alpha|beta|rc)(?:\\.\\d{1,6})*)([-+].*)?");
    private static final Pattern STAGE = Pattern.compile("(alpha|beta|rc)((?:\\.\\d{1,6})*)");

    private static final Comparator<KubernetesVersion> ORDER = Comparator.comparingInt(KubernetesVersion::major)
            .thenComparingInt(KubernetesVersion::minor)
            .thenComparingInt(KubernetesVersion::patch)
            .thenComparing(KubernetesVersion::prerelease, KubernetesVersion::comparePrereleases);

    /** @throws IllegalArgumentException saying what is expected, for text that is no version */
    public static KubernetesVersion of(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "not a Kubernetes version: \"" + shortened(text) + "\"; expected is for instance v1.31.2"));
    }

    /** Empty for text that is no version. A missing patch is 0. */
    public static Optional<KubernetesVersion> parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        String suffix = form.group(4) == null ? "" : form.group(4);
        Matcher prerelease = PRERELEASE.matcher(suffix);
        boolean early = prerelease.matches();
        String vendor = early ? (prerelease.group(2) == null ? "" : prerelease.group(2)) : suffix;
        return Optional.of(new KubernetesVersion(
                Integer.parseInt(form.group(1)),
                Integer.parseInt(form.group(2)),
                form.group(3) == null ? 0 : Integer.parseInt(form.group(3)),
                early ? prerelease.group(1) : "",
                vendor.isEmpty() ? "" : vendor.substring(1)));
    }

    /** The first of all builds that bear this number: what {@code >= 1.10} in a range begins with. */
    KubernetesVersion earliest() {
        return new KubernetesVersion(major, minor, patch, "alpha", vendor);
    }

    public boolean atLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || major == wantedMajor && minor >= wantedMinor;
    }

    /** {@code 1.31}. */
    public String release() {
        return major + "." + minor;
    }

    @Override
    public int compareTo(KubernetesVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "v" + major + "." + minor + "." + patch + (prerelease.isEmpty() ? "" : "-" + prerelease)
                + (vendor.isEmpty() ? "" : " (" + vendor + ")");
    }

    private static int comparePrereleases(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return Boolean.compare(a.isEmpty(), b.isEmpty());
        }
        Matcher first = STAGE.matcher(a);
        Matcher second = STAGE.matcher(b);
        if (!first.matches() || !second.matches()) {
            return a.compareTo(b);
        }
        int stage = first.group(1).compareTo(second.group(1));
        if (stage != 0) {
            return stage;
        }
        String[] left = first.group(2).split("\\.");
        String[] right = second.group(2).split("\\.");
        for (int i = 1; i < Math.min(left.length, right.length); i++) {
            int number = Integer.compare(Integer.parseInt(left[i]), Integer.parseInt(right[i]));
            if (number != 0) {
                return number;
            }
        }
        return Integer.compare(left.length, right.length);
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 59) + "…";
    }
}
