package io.plimsoll.registry;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code WWW-Authenticate} header (RFC 9110 section 11.6.1).
 *
 * @param scheme lower case
 * @param parameters lower-case names
 */
record Challenge(String scheme, Map<String, String> parameters) {

    private static final int LENGTH_MAX = 4_000;
    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z_]+)\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,]+))");

    static Challenge of(String header) {
        String written = header.length() > LENGTH_MAX ? header.substring(0, LENGTH_MAX) : header;
        int blank = written.indexOf(' ');
        String scheme = (blank < 0 ? written : written.substring(0, blank)).toLowerCase(Locale.ROOT);
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(blank < 0 ? "" : written.substring(blank));
        while (matcher.find()) {
            String value = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
            parameters.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), value == null ? "" : value);
        }
        return new Challenge(scheme, parameters);
    }

    String text(String name) {
        return parameters.getOrDefault(name, "");
    }
}
