package io.plimsoll.audit.cel.library;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Escapes such as {@code %20} as Go's {@code net/url} reads and writes them. */
final class Percent {

    private static final String PATH = "-_.~$&+,/:;=@";
    private static final String HOST = "-_.~!$&'()*+,;=:[]<>\"";
    private static final String ALREADY = "!$&'()*+,;=:@[]";

    private Percent() {}

    /** @throws IllegalArgumentException for an escape that is none, or, in a host, for what may not stand there */
    static String decode(String text, boolean host) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            char c = (char) (raw[i] & 0xff);
            if (c != '%') {
                if (host && c < 0x80 && !isAlphanumeric(c) && HOST.indexOf(c) < 0) {
                    throw new IllegalArgumentException("invalid character \"" + c + "\" in host name");
                }
                bytes.write(raw[i]);
                continue;
            }
            int high = i + 1 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
            boolean zone = high == 2 && low == 5;
            // In a host only bytes beyond ASCII are escaped, and the sign in front of a zone.
            if (high < 0 || low < 0 || host && high < 8 && !zone) {
                throw new IllegalArgumentException("invalid URL escape in \"" + text + "\"");
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Escapes what may not stand in a path. */
    static String encode(String path) {
        StringBuilder text = new StringBuilder();
        for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            if (isAlphanumeric(c) || PATH.indexOf(c) >= 0) {
                text.append(c);
            } else {
                text.append('%').append("0123456789ABCDEF".charAt(c >> 4)).append("0123456789ABCDEF".charAt(c & 15));
            }
        }
        return text.toString();
    }

    /** True where the path as it is written is a valid encoding, which is then kept. */
    static boolean isEscaped(String path) {
        return path.chars()
                .allMatch(c -> isAlphanumeric((char) c) || c == '%' || PATH.indexOf(c) >= 0 || ALREADY.indexOf(c) >= 0);
    }

    static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
