package io.plimsoll.audit.podsecurity;

/**
 * One family of checks of the standards.
 *
 * @param since minor version of Kubernetes from which on it is asked; {@link Version#OLDEST} for always
 */
record Family(String id, Level level, int since, Rule rule) {

    /** Reports each field that breaks the family. Pure; never fails on odd shapes. */
    @FunctionalInterface
    interface Rule {
        void check(PodFields pod, Version version, Report report);
    }

    /** Takes what a rule finds. */
    @FunctionalInterface
    interface Report {
        void violation(Field field, String message);
    }

    static Family baseline(String id, Rule rule) {
        return new Family(id, Level.BASELINE, Version.OLDEST, rule);
    }

    static Family restricted(String id, Rule rule) {
        return new Family(id, Level.RESTRICTED, Version.OLDEST, rule);
    }

    Family since(int minor) {
        return new Family(id, level, minor, rule);
    }

    boolean asked(Level of, Version version) {
        return of.includes(level) && version.atLeast(since);
    }
}
