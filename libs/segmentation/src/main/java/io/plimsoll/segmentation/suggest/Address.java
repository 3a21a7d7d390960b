package io.plimsoll.segmentation.suggest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port found in a text.
 *
 * @param scheme in front of it, such as {@code https}; empty when there is none
 * @param port 0 when none is written
 */
record Address(String scheme, String host, int port) {

    private static final Pattern URL =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(?:[^/@\\s,;\"']*@)?([A-Za-z0-9.-]+)(?::([0-9]{1,5}))?");
    private static final Pattern HOST =
            Pattern.compile("([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)\\.?:([0-9]{1,5})(?:/.*)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\\.?");

    /** Longer texts are read up to here. */
    private static final int TEXT_MAX = 256 * 1024;

    /** Every address of a text; a name without a port only where it is the whole text. */
    static List<Address> in(String written) {
        String text = written.length() > TEXT_MAX ? written.substring(0, TEXT_MAX) : written;
        List<Address> found = new ArrayList<>();
        Matcher urls = URL.matcher(text);
        while (urls.find()) {
            found.add(of(urls.group(1), urls.group(2), urls.group(3) == null ? "0" : urls.group(3)));
        }
        for (String token : urls.replaceAll(" ").split("[\\s,;\"'=|]+")) {
            Matcher host = HOST.matcher(token);
            if (host.matches()) {
                found.add(of("", host.group(1), host.group(2)));
            }
        }
        String whole = text.strip();
        if (NAME.matcher(whole).matches()) {
            found.add(of("", whole, "0"));
        }
        return found;
    }

    private static Address of(String scheme, String host, String port) {
        String plain = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return new Address(scheme.toLowerCase(Locale.ROOT), plain.toLowerCase(Locale.ROOT), Integer.parseInt(port));
    }

    /** The port, or the one the scheme stands for; 0 when neither says. */
    int portOrDefault() {
        if (port != 0) {
            return port;
        }
        return switch (scheme) {
            case "http", "ws" -> 80;
            case "https", "wss" -> 443;
            default -> 0;
        };
    }
}
