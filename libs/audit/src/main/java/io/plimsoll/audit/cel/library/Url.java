package io.plimsoll.audit.cel.library;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A URL as Go's {@code net/url} reads it: an absolute URI, or an absolute path.
 *
 * @param scheme in small letters, empty for a path
 * @param host with its port, escapes undone; empty where there is none
 * @param path as written; empty for an opaque URL such as {@code mailto:a@b}
 * @param query as written, without the question mark
 */
record Url(String scheme, String user, String host, String path, String query, String fragment) {

    static boolean isUrl(String text) {
        try {
            read(text, "");
            return true;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    /** @throws IllegalArgumentException for what is none */
    static Url parse(String text) {
        // Kubernetes asks ParseRequestURI, which takes a fragment for a part of the path, and then reads it again with
        // Parse.
        Url asked = read(text, "");
        int hash = text.indexOf('#');
        if (hash < 0) {
            return asked;
        }
        String fragment = text.substring(hash + 1);
        Percent.decode(fragment, false);
        return read(text.substring(0, hash), fragment);
    }

    private static Url read(String text, String fragment) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("URL parse error during conversion from string: empty url");
        }
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new IllegalArgumentException(
                    "URL parse error during conversion from string: invalid control character in URL");
        }
        if (text.equals("*")) {
            return new Url("", "", "", "*", "", fragment);
        }
        int colon = schemeEnd(text);
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = text.substring(colon + 1);
        int mark = rest.indexOf('?');
        String query = mark < 0 ? "" : rest.substring(mark + 1);
        rest = mark < 0 ? rest : rest.substring(0, mark);
        if (!rest.startsWith("/")) {
            if (scheme.isEmpty()) {
                throw new IllegalArgumentException(
                        "URL parse error during conversion from string: invalid URI for request: " + text);
            }
            // Opaque: neither host nor path.
            return new Url(scheme, "", "", "", query, fragment);
        }
        String authority = "";
        if (!scheme.isEmpty() && rest.startsWith("//")) {
            int slash = rest.indexOf('/', 2);
            authority = rest.substring(2, slash < 0 ? rest.length() : slash);
            rest = slash < 0 ? "" : rest.substring(slash);
        }
        Percent.decode(rest, false);
        int at = authority.lastIndexOf('@');
        String user = at < 0 ? "" : user(authority.substring(0, at));
        return new Url(scheme, user, host(authority.substring(at + 1)), rest, query, fragment);
    }

    /** Place of the colon behind the scheme; -1 where there is no scheme. */
    private static int schemeEnd(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (c == ':') {
                if (i == 0) {
                    throw new IllegalArgumentException(
                            "URL parse error during conversion from string: missing protocol scheme");
                }
                return i;
            }
            if (!letter && (i == 0 || !(c >= '0' && c <= '9' || "+-.".indexOf(c) >= 0))) {
                return -1;
            }
        }
        return -1;
    }

    private static String user(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Percent.isAlphanumeric(c) && "-._:~!$&'()*+,;=%@".indexOf(c) < 0) {
                throw new IllegalArgumentException("URL parse error during conversion from string: invalid userinfo");
            }
        }
        return Percent.decode(text, false);
    }

    private static String host(String text) {
        String port;
        if (text.startsWith("[")) {
            int end = text.lastIndexOf(']');
            if (end < 0) {
                throw new IllegalArgumentException(
                        "URL parse error during conversion from string: missing ']' in host");
            }
            port = text.substring(end + 1);
            String inside = text.substring(1, end);
            int zone = inside.indexOf("%25");
            String address = zone < 0 ? inside : inside.substring(0, zone);
            if (!isAddressWithColon(address)) {
                throw new IllegalArgumentException(
                        "URL parse error during conversion from string: invalid host: " + text);
            }
        } else {
            int colon = text.lastIndexOf(':');
            port = colon < 0 ? "" : text.substring(colon);
        }
        if (!port.isEmpty()
                && (port.charAt(0) != ':' || !port.substring(1).chars().allMatch(c -> c >= '0' && c <= '9'))) {
            throw new IllegalArgumentException(
                    "URL parse error during conversion from string: invalid port \"" + port + "\" after host");
        }
        return Percent.decode(text, true);
    }

    private static boolean isAddressWithColon(String address) {
        return address.indexOf(':') >= 0
                && (Address.isAddress(address)
                        || address.toLowerCase(Locale.ROOT).startsWith("::ffff:"));
    }

    /** The host without its port and without brackets. */
    String hostname() {
        int colon = host.lastIndexOf(':');
        String name = colon >= 0 && host.indexOf(']', colon) < 0 ? host.substring(0, colon) : host;
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }

    /** Digits; empty where none is written. */
    String port() {
        int colon = host.lastIndexOf(':');
        return colon >= 0 && host.indexOf(']', colon) < 0 ? host.substring(colon + 1) : "";
    }

    String escapedPath() {
        return path.equals("*") || Percent.isEscaped(path) ? path : Percent.encode(Percent.decode(path, false));
    }

    /** Values by key, each in the order of the query; a pair that is not well formed is left out, as in Go. */
    Map<String, List<String>> queryValues() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (pair.isEmpty() || pair.indexOf(';') >= 0) {
                continue;
            }
            try {
                String decoded = Percent.decode(value.replace('+', ' '), false);
                values.computeIfAbsent(Percent.decode(key.replace('+', ' '), false), each -> new ArrayList<>())
                        .add(decoded);
            } catch (IllegalArgumentException malformed) {
                // Go's Query drops what it cannot read.
            }
        }
        return values;
    }
}
