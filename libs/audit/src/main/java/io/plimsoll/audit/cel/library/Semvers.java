package io.plimsoll.audit.cel.library;

import dev.cel.common.types.SimpleType;

/** {@code semver('1.2.3')}: KEP-4381 brought it to devices, 1.33 to every expression. */
final class Semvers {

    private static final Parameter<Semver> SEMVER = Parameter.opaque("kubernetes.Semver", Semver.class);

    private Semvers() {}

    static FunctionLibrary library() {
        return FunctionLibrary.builder()
                .global("semver", "string_to_semver", SEMVER.type(), Parameter.STRING, Semver::parse)
                .global(
                        "semver",
                        "string_bool_to_semver",
                        SEMVER.type(),
                        Parameter.STRING,
                        Parameter.BOOL,
                        Semver::parse)
                .global("isSemver", "is_semver_string", SimpleType.BOOL, Parameter.STRING, Semver::isSemver)
                .global(
                        "isSemver",
                        "is_semver_string_bool",
                        SimpleType.BOOL,
                        Parameter.STRING,
                        Parameter.BOOL,
                        Semver::isSemver)
                .member(
                        "isGreaterThan",
                        "semver_is_greater_than",
                        SimpleType.BOOL,
                        SEMVER,
                        SEMVER,
                        (a, b) -> a.compareTo(b) > 0)
                .member(
                        "isLessThan",
                        "semver_is_less_than",
                        SimpleType.BOOL,
                        SEMVER,
                        SEMVER,
                        (a, b) -> a.compareTo(b) < 0)
                .member("compareTo", "semver_compare_to", SimpleType.INT, SEMVER, SEMVER, Semver::compareTo)
                .member("major", "semver_major", SimpleType.INT, SEMVER, Semver::major)
                .member("minor", "semver_minor", SimpleType.INT, SEMVER, Semver::minor)
                .member("patch", "semver_patch", SimpleType.INT, SEMVER, Semver::patch)
                .build();
    }
}
