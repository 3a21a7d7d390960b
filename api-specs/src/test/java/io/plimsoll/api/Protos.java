package io.plimsoll.api;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What protoc itself understands of a folder of protos, comments included. */
final class Protos {

    private static final Path PROTOC = Path.of("target/protoc/protoc.exe");
    private static final Path OWN = Path.of("proto");
    private static final List<String> WELL_KNOWN = List.of("google/protobuf/timestamp.proto");

    private Protos() {}

    /** The module's own protos. */
    static FileDescriptorSet own() {
        return compile(OWN);
    }

    /** The protos of another folder. */
    static FileDescriptorSet in(Path folder) {
        return compile(folder);
    }

    /** Samples by path, written to a folder first. */
    static FileDescriptorSet of(Path folder, Map<String, String> sources) {
        try {
            for (Map.Entry<String, String> source : sources.entrySet()) {
                Path file = folder.resolve(source.getKey());
                Files.createDirectories(file.getParent());
                Files.writeString(file, source.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compile(folder);
    }

    /** The paths of all protos below a folder, relative to it, sorted. */
    static List<String> paths(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".proto"))
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileDescriptorSet compile(Path folder) {
        try {
            Path out = Files.createTempFile("plimsoll", ".pb");
            Path log = Files.createTempFile("plimsoll", ".log");
            try {
                run(folder, out, log);
                return FileDescriptorSet.parseFrom(Files.readAllBytes(out));
            } finally {
                Files.deleteIfExists(out);
                Files.deleteIfExists(log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Path folder, Path out, Path log) throws IOException {
        if (!Files.exists(PROTOC)) {
            throw new IllegalStateException(
                    PROTOC.toAbsolutePath() + " is missing; ./mvnw -pl api-specs generate-test-resources brings it");
        }
        if (!Files.isExecutable(PROTOC) && !PROTOC.toFile().setExecutable(true)) {
            throw new IllegalStateException("cannot be made executable: " + PROTOC.toAbsolutePath());
        }
        List<String> command = new ArrayList<>(List.of(
                PROTOC.toAbsolutePath().toString(),
                "--proto_path=" + folder,
                "--proto_path=" + wellKnown(),
                "--include_source_info",
                "--fatal_warnings",
                "--descriptor_set_out=" + out));
        command.addAll(paths(folder));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("protoc took more than 60 s");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while protoc ran", e);
        }
        if (process.exitValue() != 0) {
            throw new IllegalArgumentException("protoc:\n" + Files.readString(log, StandardCharsets.UTF_8));
        }
    }

    /** The protos that protobuf-java brings; protoc from Maven comes without them. */
    private static Path wellKnown() throws IOException {
        Path folder = Path.of("target/protoc/include");
        for (String name : WELL_KNOWN) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                continue;
            }
            Files.createDirectories(file.getParent());
            try (InputStream in = Protos.class.getClassLoader().getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException("not on the class path: " + name);
                }
                Files.write(file, in.readAllBytes());
            }
        }
        return folder;
    }
}
