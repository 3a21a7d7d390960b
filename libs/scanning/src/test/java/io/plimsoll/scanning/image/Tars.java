package io.plimsoll.scanning.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Writes tar archives for tests, the wrong ones too. */
public final class Tars {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public Tars file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8), 0644);
    }

    public Tars file(String name, byte[] content, int mode) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 100) {
            entry("././@LongLink", 'L', Arrays.copyOf(bytes, bytes.length + 1), "", 0);
        }
        return entry(name, '0', content, "", mode);
    }

    public Tars folder(String name) {
        return entry(name + "/", '5', new byte[0], "", 0755);
    }

    public Tars link(String name, char type, String target) {
        return entry(name, type, new byte[0], target, 0777);
    }

    public Tars pax(String key, String value) {
        String record = " " + key + "=" + value + "\n";
        int length = record.getBytes(StandardCharsets.UTF_8).length;
        int digits = String.valueOf(length + 3).length();
        return entry("pax", 'x', (length + digits + record).getBytes(StandardCharsets.UTF_8), "", 0);
    }

    public Tars entry(String name, char type, byte[] content, String link, int mode) {
        return header(name, type, content.length, link, mode)
                .raw(content)
                .raw(new byte[(512 - content.length % 512) % 512]);
    }

    /** A header alone, whose size may lie. */
    public Tars header(String name, char type, long size, String link, int mode) {
        byte[] header = new byte[512];
        put(header, 0, 100, name);
        put(header, 100, 8, String.format("%07o", mode));
        put(header, 108, 8, "0000000");
        put(header, 116, 8, "0000000");
        put(header, 124, 12, String.format("%011o", size));
        put(header, 136, 12, "00000000000");
        header[156] = (byte) type;
        put(header, 157, 100, link);
        put(header, 257, 8, "ustar\00000");
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, 7, String.format("%06o\0", sum));
        return raw(header);
    }

    public Tars raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** Without the two zero blocks. */
    public byte[] unended() {
        return out.toByteArray();
    }

    public byte[] bytes() {
        return new Tars().raw(unended()).raw(new byte[1024]).unended();
    }

    public byte[] gzip() {
        return gzip(bytes());
    }

    public static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static void put(byte[] header, int start, int length, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, start, Math.min(bytes.length, length));
    }
}
