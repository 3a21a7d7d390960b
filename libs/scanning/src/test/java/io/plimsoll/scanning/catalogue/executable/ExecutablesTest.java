package io.plimsoll.scanning.catalogue.executable;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.Images;
import io.plimsoll.scanning.image.Tars;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** ELF files written by hand, with the one section in question. */
class ExecutablesTest {

    private static final String MODULES = "path\texample.org/app\nmod\texample.org/app\t(devel)\t\n"
            + "dep\tgithub.com/gorilla/mux\tv1.8.0\th1:x\ndep\tgolang.org/x/net\tv0.1.0\n=>\tgolang.org/x/net\tv0.2.0\th1:y\n"
            + "dep\texample.org/local\tv0.0.0\n=>\t./local\t\n" + "build\t-compiler=gc\n";

    private static byte[] elf(String section, byte[] content) {
        int data = 64;
        byte[] names = ("\0" + section + "\0.shstrtab\0").getBytes(StandardCharsets.US_ASCII);
        int namesAt = data + content.length;
        int table = (namesAt + names.length + 7) & ~7;
        ByteBuffer file = ByteBuffer.allocate(table + 3 * 64).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        file.putLong(40, table);
        file.putShort(58, (short) 64);
        file.putShort(60, (short) 3);
        file.putShort(62, (short) 2);
        file.put(data, content).put(namesAt, names);
        section(file, table + 64, 1, data, content.length);
        section(file, table + 128, 2 + section.length(), namesAt, names.length);
        return file.array();
    }

    private static void section(ByteBuffer file, int at, int name, int offset, int length) {
        file.putInt(at, name);
        file.putLong(at + 24, offset);
        file.putLong(at + 32, length);
    }

    private static byte[] goInfo() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("\u00ff Go buildinf:".getBytes(StandardCharsets.ISO_8859_1));
        out.write(8);
        out.write(2);
        out.writeBytes(new byte[16]);
        text(out, "go1.22.1 X:foo".getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream modules = new ByteArrayOutputStream();
        modules.writeBytes(new byte[] {
            0x30,
            0x77,
            (byte) 0xaf,
            0x0c,
            (byte) 0x92,
            0x74,
            0x08,
            0x02,
            0x41,
            (byte) 0xe1,
            (byte) 0xc1,
            0x07,
            (byte) 0xe6,
            (byte) 0xd6,
            0x18,
            (byte) 0xe6
        });
        modules.writeBytes(MODULES.getBytes(StandardCharsets.UTF_8));
        modules.writeBytes(new byte[] {
            (byte) 0xf9,
            0x32,
            0x43,
            0x31,
            (byte) 0x86,
            0x18,
            0x20,
            0x72,
            0x00,
            (byte) 0x82,
            0x42,
            0x10,
            0x41,
            0x16,
            (byte) 0xd8,
            (byte) 0xf2
        });
        text(out, modules.toByteArray());
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, byte[] content) {
        int length = content.length;
        while (length > 127) {
            out.write(length & 0x7f | 0x80);
            length >>>= 7;
        }
        out.write(length);
        out.writeBytes(content);
    }

    private static ImageReport scan(byte[] executable) {
        return Images.scan(new Tars().file("app", executable, 0755).bytes());
    }

    @Test
    void readsGoModulesWithReplacements() {
        assertThat(scan(elf(".go.buildinfo", goInfo())).catalogue().packages())
                .extracting(found -> found.purl().toString())
                .containsExactly(
                        "pkg:golang/example.org/app",
                        "pkg:golang/github.com/gorilla/mux@v1.8.0",
                        "pkg:golang/golang.org/x/net@v0.2.0",
                        "pkg:golang/stdlib@1.22.1");
    }

    @Test
    void readsCratesOfAnAuditSection() throws IOException {
        ByteArrayOutputStream section = new ByteArrayOutputStream();
        try (DeflaterOutputStream zlib = new DeflaterOutputStream(section)) {
            zlib.write(("{\"packages\":[{\"name\":\"app\",\"version\":\"0.1.0\",\"source\":\"local\",\"root\":true},"
                            + "{\"name\":\"serde\",\"version\":\"1.0.2\",\"source\":\"crates.io\"},"
                            + "{\"name\":\"cc\",\"version\":\"1.0.0\",\"source\":\"crates.io\",\"kind\":\"build\"}]}")
                    .getBytes(StandardCharsets.UTF_8));
        }
        assertThat(scan(elf(".dep-v0", section.toByteArray())).catalogue().packages())
                .extracting(found -> found.purl().toString())
                .containsExactly("pkg:cargo/app@0.1.0", "pkg:cargo/serde@1.0.2");
    }

    @Test
    void survivesEveryDamagedByte() {
        byte[] elf = elf(".go.buildinfo", goInfo());
        for (int at = 0; at < elf.length; at++) {
            byte[] damaged = elf.clone();
            damaged[at] ^= (byte) 0xff;
            assertThat(scan(damaged).catalogue()).isNotNull();
        }
    }

    @Test
    void passesOverWhatIsNoExecutable() {
        assertThat(Images.scan(new Tars()
                                .file("app", elf(".go.buildinfo", goInfo()), 0644)
                                .bytes())
                        .catalogue()
                        .packages())
                .isEmpty();
        assertThat(scan("#!/bin/sh\n".repeat(20).getBytes(StandardCharsets.UTF_8))
                        .catalogue()
                        .packages())
                .isEmpty();
    }
}
