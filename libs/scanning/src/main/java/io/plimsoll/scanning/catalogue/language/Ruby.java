package io.plimsoll.scanning.catalogue.language;

import io.plimsoll.scanning.catalogue.FileContent;
import io.plimsoll.scanning.catalogue.Findings;
import io.plimsoll.scanning.pack.PackageKind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code Gemfile.lock} and gemspecs. A gemspec is a program; what RubyGems writes at installation has literals, and a
 * version that is computed is not guessed.
 */
public final class Ruby {

    private static final Pattern NAME = Pattern.compile("\\.name\\s*=\\s*([\"'])([^\"'#{}]+)\\1");
    private static final Pattern VERSION = Pattern.compile("\\.version\\s*=\\s*([\"'])([^\"'#{}]+)\\1");
    private static final Pattern LICENCES = Pattern.compile("\\.licenses?\\s*=\\s*([^\\n]+)");
    private static final Pattern QUOTED = Pattern.compile("([\"'])([^\"']+)\\1");
    private static final Pattern LOCKED = Pattern.compile(" {4}([^ (]+) \\(([^)]+)\\)");

    private Ruby() {}

    public static void readGemspec(FileContent file, Findings into) {
        String text = file.text();
        Matcher name = NAME.matcher(text);
        Matcher version = VERSION.matcher(text);
        if (name.find() && version.find()) {
            List<String> licences = new ArrayList<>();
            Matcher written = LICENCES.matcher(text);
            if (written.find()) {
                QUOTED.matcher(written.group(1)).results().forEach(quoted -> licences.add(quoted.group(2)));
            }
            into.add(PackageKind.GEM, "", name.group(2), version.group(2), licences, false);
        }
    }

    /** Entries of four blanks below {@code specs:} of the sections GEM, GIT and PLUGIN; PATH is the application's own. */
    public static void readLock(FileContent file, Findings into) {
        boolean gems = false;
        for (String line : file.lines()) {
            if (!line.startsWith(" ")) {
                gems = line.equals("GEM") || line.equals("GIT") || line.equals("PLUGIN SOURCE");
            } else if (gems) {
                Matcher locked = LOCKED.matcher(line);
                if (locked.matches()) {
                    into.add(PackageKind.GEM, "", locked.group(1), withoutPlatform(locked.group(2)));
                }
            }
        }
    }

    /** {@code 1.2.3-x86_64-linux}: gems for a platform carry it after the version, which has no dash of its own. */
    private static String withoutPlatform(String version) {
        int dash = version.indexOf('-');
        return dash < 0 ? version : version.substring(0, dash);
    }
}
