package io.plimsoll.embedded.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.embedded.EmbeddedProblem;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.OptionalInt;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacesTest {

    @TempDir
    Path folder;

    @Test
    void namesTheFirstFolderThatIsClosedOnTheWay() throws Exception {
        open(folder);
        Path closed = Files.createDirectories(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));

        assertThat(DatabaseUser.firstClosed(closed.resolve("not/yet/there"))).contains(closed);
        assertThatThrownBy(() -> new DatabaseUser(true).requireWayTo(closed.resolve("data"), "--data"))
                .isInstanceOf(EmbeddedProblem.class)
                .hasMessageStartingWith("the database's user (nobody) cannot enter " + closed)
                .hasMessageContaining("--data");
    }

    @Test
    void anOpenWayIsNoProblem() throws Exception {
        open(folder);
        assertThat(DatabaseUser.firstClosed(folder.resolve("data"))).isEmpty();
    }

    @Test
    void saysThatADiskIsFull() {
        assertThatThrownBy(() -> Places.requireSpace(folder, Long.MAX_VALUE, "a test"))
                .isInstanceOf(EmbeddedProblem.class)
                .hasMessageMatching("(?s)the disk of .* is full: a test needs \\d+ MiB, \\d+ MiB are free");
    }

    @Test
    void keepsThePortsThatWereChosen() throws Exception {
        Ports first = Ports.choose(folder, OptionalInt.of(31_000));
        assertThat(Ports.choose(folder, OptionalInt.empty())).isEqualTo(first);
        assertThat(first.infrastructure()).containsEntry("kafka", 31_001).doesNotContainValue(first.service(0));
    }

    @Test
    void namesThePortThatIsTakenAndWhoHasIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Ports.requireFree(Map.of("kafka", taken.getLocalPort())))
                    .isInstanceOf(EmbeddedProblem.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " (kafka) is in use")
                    .hasMessageContaining(
                            Unix.linux()
                                    ? "by process " + ProcessHandle.current().pid()
                                    : "in use")
                    .hasMessageContaining("--port-base");
        }
    }

    @Test
    void refusesAnImpossiblePort() {
        assertThatThrownBy(() -> new Ports(80)).isInstanceOf(EmbeddedProblem.class);
    }

    @Test
    void keepsSecretsForItsOwnerAlone() throws Exception {
        Secrets secrets = Secrets.in(folder);
        String made = secrets.of("some.role");
        assertThat(made).matches("[A-Za-z0-9_-]{32}");
        assertThat(Secrets.in(folder).of("some.role")).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets.file())))
                .isEqualTo("rw-------");
    }

    @Test
    void makesACacheEntryWholeOrNotAtAll() throws Exception {
        Cache cache = new Cache(folder);
        assertThatThrownBy(() -> cache.entry("thing", 1, empty -> {
                    Files.writeString(empty.resolve("half"), "");
                    throw new java.io.IOException("torn");
                }))
                .hasMessage("torn");
        assertThat(folder.resolve("thing")).doesNotExist();

        Path made = cache.entry("thing", 1, empty -> Files.writeString(empty.resolve("whole"), ""));
        assertThat(made).isDirectoryContaining("glob:**whole").isDirectoryNotContaining("glob:**half");
    }

    @Test
    void refusesAnArchiveThatLeavesItsFolder() throws Exception {
        Path archive = folder.resolve("bad.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("top/../../outside"));
            zip.closeEntry();
        }
        assertThatThrownBy(() -> Archives.unpackZip(archive, Files.createDirectory(folder.resolve("target"))))
                .hasMessageContaining("leaves its folder");
    }

    private static void open(Path folder) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
