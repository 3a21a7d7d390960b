package io.plimsoll.cli.network;

import io.plimsoll.cli.UsageProblem;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where an answer goes: a file, or the terminal. One thread. */
final class Output implements AutoCloseable {

    private final Writer writer;

    private Output(Writer writer) {
        this.writer = writer;
    }

    /** @param file null for the terminal */
    static Output to(@Nullable Path file) {
        if (file == null) {
            return new Output(new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8)));
        }
        try {
            return new Output(Files.newBufferedWriter(file));
        } catch (IOException e) {
            throw new UsageProblem(file + ": cannot be written");
        }
    }

    /** @param text what takes the answer as a part of something larger */
    static Output into(StringWriter text) {
        return new Output(text);
    }

    void line(String text) {
        try {
            writer.write(text);
            writer.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Writer writer() {
        return writer;
    }

    /** Flushes; the terminal stays open. */
    @Override
    public void close() throws IOException {
        writer.flush();
    }
}
