package io.plimsoll.scanning.version;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Go modules' versions ({@code v1.2.3}, pseudo-versions, {@code +incompatible}; Go Modules Reference, "Versions") and the tool
 * chain's ({@code go1.21.5}, {@code go1.22rc1}), which the Go vulnerability database writes as {@code 1.22.0-rc.1}.
 * {@code (devel)} is no version: it was not said.
 */
final class GoVersion {
    private static final Pattern TOOLCHAIN =
            Pattern.compile("(?:go)?(\\d+)\\.(\\d+)(?:\\.(\\d+))?(?:(rc|beta)(\\d+))?");

    private GoVersion() {}

    static SemanticVersion read(String text) {
        // A tool chain may say more after a blank: "go1.21.5 X:boringcrypto".
        int blank = text.indexOf(' ');
        String first = blank < 0 ? text : text.substring(0, blank);
        Matcher toolchain = TOOLCHAIN.matcher(first);
        if (!toolchain.matches()) {
            return SemanticVersion.read(first, false);
        }
        String patch = toolchain.group(3) == null ? "0" : toolchain.group(3);
        String release = toolchain.group(1) + "." + toolchain.group(2) + "." + patch;
        String pre = toolchain.group(4) == null ? "" : "-" + toolchain.group(4) + "." + toolchain.group(5);
        return SemanticVersion.read(release + pre, false);
    }
}
