package io.plimsoll.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The smallest base that a service runs on, made of local parts: a Java runtime with the modules it needs, the C library and the names of its
 * user. No shell, no package manager. What the C library is, is written down as the package it came in, so that scanners find it.
 */
final class LocalBase {

    /** Where the Java runtime lies in the image. */
    static final String JAVA = "/opt/java";

    private static final String MODULES = "java.se,jdk.unsupported,jdk.crypto.ec,jdk.management,jdk.jfr,jdk.zipfs";

    private static final List<String> LIBRARIES = List.of(
            "libc.so.6",
            "libm.so.6",
            "libdl.so.2",
            "libpthread.so.0",
            "librt.so.1",
            "libresolv.so.2",
            "libnss_files.so.2",
            "libnss_dns.so.2");

    private LocalBase() {}

    /**
     * Fills an empty folder with the root of the base.
     *
     * @throws IOException when a part is not on this machine, naming it
     */
    static void make(Path root) throws IOException {
        runtime(root.resolve(JAVA.substring(1)));
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        String triple = arm ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
        String loader = arm ? "lib/ld-linux-aarch64.so.1" : "lib64/ld-linux-x86-64.so.2";
        copy(Path.of("/", loader), root.resolve(loader));
        for (String library : LIBRARIES) {
            copy(
                    Path.of("/lib", triple, library),
                    root.resolve("lib").resolve(triple).resolve(library));
        }
        write(root, "etc/passwd", "root:x:0:0:root:/:/none\nplimsoll:x:65532:65532:plimsoll:/data:/none\n");
        write(root, "etc/group", "root:x:0:\nplimsoll:x:65532:\n");
        write(root, "etc/nsswitch.conf", "hosts: files dns\n");
        if (Files.isReadable(Path.of("/etc/os-release"))) {
            write(root, "etc/os-release", Files.readString(Path.of("/etc/os-release")));
        }
        String libc = installed("libc6");
        if (!libc.isEmpty()) {
            write(root, "var/lib/dpkg/status.d/libc6", libc);
        }
        // A read-only root has these laid over it.
        Files.createDirectories(root.resolve("tmp"));
        Files.createDirectories(root.resolve("data"));
    }

    /** By a process of its own with fixed hashes: within a running JVM the order of what it links differs from time to time. */
    private static void runtime(Path to) throws IOException {
        Path jlink = Path.of(System.getProperty("java.home"), "bin", "jlink");
        if (!Files.isExecutable(jlink)) {
            throw new IOException("this Java has no jlink: a JDK builds the images");
        }
        Files.createDirectories(to.getParent());
        Process process = new ProcessBuilder(
                        jlink.toString(),
                        "-J-XX:+UnlockExperimentalVMOptions",
                        "-J-XX:hashCode=2",
                        "-J-XX:ActiveProcessorCount=1",
                        "--add-modules",
                        MODULES,
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--output",
                        to.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (code(process) != 0) {
            throw new IOException("jlink failed: " + said);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.isReadable(from)) {
            throw new IOException(
                    "no " + from + " on this machine: name a base image instead of " + ImageSettings.LOCAL);
        }
        Files.createDirectories(to.getParent());
        Files.copy(from.toRealPath(), to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(Path root, String file, String text) throws IOException {
        Path to = root.resolve(file);
        Files.createDirectories(to.getParent());
        Files.writeString(to, text);
    }

    /** The package's record as the package manager keeps it; empty where there is none. */
    private static String installed(String name) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder("dpkg-query", "--status", name).start();
        } catch (IOException e) {
            return "";
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return code(process) == 0 ? text : "";
    }

    private static int code(Process process) throws IOException {
        try {
            return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
