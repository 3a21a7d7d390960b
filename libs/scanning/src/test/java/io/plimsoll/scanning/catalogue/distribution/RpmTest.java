package io.plimsoll.scanning.catalogue.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.Images;
import io.plimsoll.scanning.image.Tars;
import io.plimsoll.scanning.pack.SourcePackage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RPM's headers in a database of the ndb kind, written by hand after rpm's own rpmpkg.c. */
class RpmTest {

    private static byte[] header() {
        Map<Integer, Object> tags = new LinkedHashMap<>();
        tags.put(1000, "httpd");
        tags.put(1001, "2.4.37");
        tags.put(1002, "43.module+el8.5.0+13064+c4b14997");
        tags.put(1003, 1);
        tags.put(1014, "ASL 2.0");
        tags.put(1022, "x86_64");
        tags.put(1044, "httpd-2.4.37-43.module+el8.5.0+13064+c4b14997.src.rpm");
        tags.put(1116, 0);
        tags.put(1117, "package.json");
        tags.put(1118, "/opt/app/");
        tags.put(5096, "httpd:2.4:8050020211115030420:c5368500");
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        ByteBuffer index = ByteBuffer.allocate(16 * tags.size());
        tags.forEach((tag, value) -> {
            while (value instanceof Integer && data.size() % 4 != 0) {
                data.write(0);
            }
            index.putInt(tag).putInt(value instanceof Integer ? 4 : tag > 1100 && tag < 1200 ? 8 : 6);
            index.putInt(data.size()).putInt(1);
            data.writeBytes(
                    value instanceof Integer number
                            ? ByteBuffer.allocate(4).putInt(number).array()
                            : (value + "\0").getBytes(StandardCharsets.UTF_8));
        });
        return ByteBuffer.allocate(8 + index.capacity() + data.size())
                .putInt(tags.size())
                .putInt(data.size())
                .put(index.array())
                .put(data.toByteArray())
                .array();
    }

    private static byte[] ndb(byte[] header) {
        ByteBuffer file = ByteBuffer.allocate(4096 + 16 + header.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RpmP".getBytes(StandardCharsets.US_ASCII))
                .putInt(0)
                .putInt(7)
                .putInt(1)
                .putInt(2);
        for (int at = 32; at < 4096; at += 16) {
            file.put(at, "Slot".getBytes(StandardCharsets.US_ASCII));
        }
        file.putInt(36, 1).putInt(40, 4096 / 16).putInt(44, 1);
        file.put(4096, "BlbS".getBytes(StandardCharsets.US_ASCII));
        file.putInt(4100, 1).putInt(4104, 7).putInt(4108, header.length);
        file.put(4112, header);
        return file.array();
    }

    private static ImageReport scan(byte[] database) {
        return Images.scan(new Tars()
                .file("usr/lib/os-release", "ID=rhel\nVERSION_ID=\"8.5\"\n")
                .file("var/lib/rpm/Packages.db", database, 0644)
                .file("opt/app/package.json", "{\"name\":\"a\",\"version\":\"1\"}")
                .bytes());
    }

    @Test
    void readsNdbWithEpochModuleSourceAndFiles() {
        var packages = scan(ndb(header())).catalogue().packages();
        assertThat(packages.getLast().purl())
                .hasToString("pkg:rpm/rhel/httpd@2.4.37-43.module%2Bel8.5.0%2B13064%2Bc4b14997"
                        + "?arch=x86_64&distro=rhel-8.5&epoch=1&rpmmod=httpd%3A2.4");
        assertThat(packages.getLast().fullVersion()).startsWith("1:2.4.37-43");
        assertThat(packages.getLast().source())
                .contains(new SourcePackage("httpd", "1:2.4.37-43.module+el8.5.0+13064+c4b14997"));
        assertThat(packages.getFirst().ownedBy()).isEqualTo(Optional.of("httpd"));
    }

    @Test
    void survivesEveryDamagedByteOfAHeader() {
        byte[] header = header();
        for (int at = 0; at < header.length; at++) {
            byte[] damaged = header.clone();
            damaged[at] ^= (byte) 0xff;
            assertThat(scan(ndb(damaged)).catalogue()).isNotNull();
        }
    }

    @Test
    void saysWhenADatabaseIsOfNoKnownKind() {
        assertThat(scan("something else".getBytes(StandardCharsets.UTF_8))
                        .catalogue()
                        .incomplete()
                        .toString())
                .contains("/var/lib/rpm/Packages.db: not an RPM database of a known kind");
    }
}
