package io.plimsoll.cli.guardrails;

import io.plimsoll.cli.UsageProblem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions of Kubernetes on the command line: {@code 1.31}, {@code v1.31} or {@code latest}. */
final class Minor {

    private static final Pattern FORM = Pattern.compile("v?1\\.(\\d{1,3})(?:\\.\\d+.*)?");

    private Minor() {}

    /**
     * The minor version.
     *
     * @param option whose value it is
     * @throws UsageProblem for what is no version, or one above {@code newest}
     */
    static int of(String option, String text, int newest) {
        if (text.equals("latest")) {
            return newest;
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches() || Integer.parseInt(form.group(1)) > newest) {
            throw new UsageProblem(option + " takes a version from 1.0 to 1." + newest + " or latest, not " + text);
        }
        return Integer.parseInt(form.group(1));
    }
}
