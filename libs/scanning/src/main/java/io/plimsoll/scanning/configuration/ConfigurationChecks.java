package io.plimsoll.scanning.configuration;

import io.plimsoll.scanning.catalogue.Remnant;
import io.plimsoll.scanning.image.ImageConfig;
import io.plimsoll.scanning.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Checks of an image's configuration and of what its files show, after CIS Docker benchmark 1.6 section 4. What only a
 * process shows (4.3 "unneeded packages" judged by people, 4.4 rebuilds, 4.5 content trust, 4.7 update instructions
 * alone, 4.11 verified packages, 4.12 signatures) is not asked here.
 */
public final class ConfigurationChecks {

    private static final int PATHS_SHOWN = 5;
    private static final Pattern ADD_REMOTE = Pattern.compile("\\bADD\\s+(?:--\\S+\\s+)*https?://");
    private static final Pattern UPDATE_ALONE =
            Pattern.compile("(?:apt-get|apt|yum|apk)\\s+(?:-\\S+\\s+)*update(?!.*(?:install|upgrade|\\badd\\b))");

    private ConfigurationChecks() {}

    /** Judges one image; findings in the order of the benchmark. */
    public static List<ConfigurationFinding> judge(ImageConfig config, List<Remnant> remnants, List<Secret> secrets) {
        List<ConfigurationFinding> findings = new ArrayList<>();
        String user = config.user().split(":", 2)[0].strip();
        if (user.isEmpty() || user.equals("0") || user.equals("root")) {
            findings.add(new ConfigurationFinding(
                    "runs-as-root",
                    "CIS Docker 4.1",
                    user.isEmpty() ? "no user is set, so root runs it" : "user is " + config.user()));
        }
        remnants(remnants, Remnant.Kind.PACKAGE_MANAGER, "package-manager", "CIS Docker 4.3", findings);
        remnants(remnants, Remnant.Kind.SHELL, "shell", "CIS Docker 4.3", findings);
        if (!config.healthcheck()) {
            findings.add(new ConfigurationFinding("no-healthcheck", "CIS Docker 4.6", "no HEALTHCHECK is set"));
        }
        for (ImageConfig.Step step : config.history()) {
            if (UPDATE_ALONE.matcher(step.createdBy()).find()) {
                findings.add(new ConfigurationFinding(
                        "update-alone", "CIS Docker 4.7", "package lists are updated in a step of their own"));
            }
        }
        remnants(remnants, Remnant.Kind.SETUID, "setuid", "CIS Docker 4.8", findings);
        for (ImageConfig.Step step : config.history()) {
            if (ADD_REMOTE.matcher(step.createdBy()).find()) {
                findings.add(new ConfigurationFinding(
                        "add-remote", "CIS Docker 4.9", "ADD fetches from the network unverified"));
            }
        }
        long open = secrets.stream().filter(secret -> secret.layer() < 0).count();
        if (open > 0) {
            findings.add(new ConfigurationFinding(
                    "secret-in-configuration",
                    "CIS Docker 4.10",
                    open + " credentials in environment or history, readable by whoever can pull"));
        }
        for (String port : config.exposedPorts()) {
            if (port.toLowerCase(Locale.ROOT).matches("22(/tcp)?")) {
                findings.add(new ConfigurationFinding("exposes-ssh", "", "port 22 is exposed"));
            }
        }
        return findings.stream().distinct().toList();
    }

    private static void remnants(
            List<Remnant> remnants, Remnant.Kind kind, String rule, String source, List<ConfigurationFinding> into) {
        List<String> paths = remnants.stream()
                .filter(remnant -> remnant.kind() == kind)
                .map(Remnant::path)
                .toList();
        if (!paths.isEmpty()) {
            String shown = String.join(", ", paths.subList(0, Math.min(PATHS_SHOWN, paths.size())));
            String more = paths.size() > PATHS_SHOWN ? " and " + (paths.size() - PATHS_SHOWN) + " more" : "";
            into.add(new ConfigurationFinding(rule, source, shown + more));
        }
    }
}
