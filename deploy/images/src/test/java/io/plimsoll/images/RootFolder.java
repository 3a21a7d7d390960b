package io.plimsoll.images;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The image's layers as one folder, entered as a container engine would: a mount namespace of its own, the root read-only, /tmp and /data laid
 * over it, the devices every engine gives (without them a JVM makes its chance itself, for seconds), its own user. The network is the machine's.
 */
record RootFolder(Path folder) {

    private static final String ENTER = """
            set -e
            mount --bind "$0" "$0"
            mount -t proc proc "$0/proc"
            mount -t tmpfs -o mode=1777 tmpfs "$0/tmp"
            mount -t tmpfs -o mode=1777 tmpfs "$0/data"
            mount -t tmpfs -o mode=755 tmpfs "$0/dev"
            for device in null zero full random urandom; do
              : > "$0/dev/$device"
              mount --bind "/dev/$device" "$0/dev/$device"
            done
            mount -o remount,bind,ro "$0"
            root="$0"
            exec chroot --userspec="$PLIMSOLL_TEST_USER" "$root" "$@"
            """;

    /** Whether this machine lets its user do so. */
    boolean possible() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Process process = new ProcessBuilder(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "mount --bind \"$0\" \"$0\" && mount -t tmpfs t \"$0\"",
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    void unpack(Layout layout) throws IOException {
        for (JsonNode layer : layout.manifest().get("layers")) {
            try (InputStream in =
                            Files.newInputStream(layout.blob(layer.get("digest").asText()));
                    TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(in))) {
                TarArchiveEntry entry;
                while ((entry = tar.getNextEntry()) != null) {
                    Path to = folder.resolve(entry.getName()).normalize();
                    if (!to.startsWith(folder)) {
                        throw new IOException("outside of the root: " + entry.getName());
                    }
                    if (entry.isDirectory()) {
                        Files.createDirectories(to);
                    } else if (entry.isFile()) {
                        Files.createDirectories(to.getParent());
                        Files.copy(tar, to, StandardCopyOption.REPLACE_EXISTING);
                        if (!to.toFile().setExecutable((entry.getMode() & 0111) != 0, false)
                                || !to.toFile().setReadable(true, false)) {
                            throw new IOException("no permissions: " + to);
                        }
                        // Part of what a JVM compares before it trusts what it learned earlier.
                        Files.setLastModifiedTime(to, entry.getLastModifiedTime());
                    } else {
                        throw new IOException("neither file nor folder: " + entry.getName());
                    }
                }
            }
        }
        Files.createDirectories(folder.resolve("proc"));
        Files.createDirectories(folder.resolve("dev"));
    }

    /** By the image's own user, environment and command, its root entered and read-only. */
    Process start(JsonNode config, Map<String, String> environment, Path log) throws IOException {
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", ENTER, folder.toString()));
        config.at("/config/Entrypoint").forEach(each -> command.add(each.asText()));
        Map<String, String> whole = environment(config);
        whole.put("PLIMSOLL_TEST_USER", config.at("/config/User").asText());
        whole.putAll(environment);
        return start(command, whole, log);
    }

    /** The same from outside of the root, for a machine that lets nobody enter: its own runtime and files, this machine's C library and user. */
    Process startFromOutside(JsonNode config, Map<String, String> environment, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        config.at("/config/Entrypoint").forEach(each -> {
            String word = each.asText();
            command.add(word.startsWith("/") ? folder + word : word);
        });
        Map<String, String> whole = environment(config);
        whole.put("PLIMSOLL_DATA", folder.resolve("data").toString());
        whole.putAll(environment);
        return start(command, whole, log);
    }

    private static Map<String, String> environment(JsonNode config) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("PATH", String.valueOf(System.getenv("PATH")));
        config.at("/config/Env").forEach(each -> {
            String[] pair = each.asText().split("=", 2);
            said.put(pair[0], pair[1]);
        });
        return said;
    }

    private static Process start(List<String> command, Map<String, String> environment, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    /** Whose the process is: each command became the next. */
    String user(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("Uid:"))
                .map(line -> line.split("\\s+")[1])
                .findFirst()
                .orElse("unknown");
    }
}
