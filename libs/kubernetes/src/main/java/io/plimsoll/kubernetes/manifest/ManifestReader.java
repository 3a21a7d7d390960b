package io.plimsoll.kubernetes.manifest;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.value.Value;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads one file of manifests: YAML of many documents, or JSON values one after another. Streams; keeps at most one document
 * in memory. Never throws for what is in the file: a bad document is a {@link Problem} with file, document and line, and the
 * rest is read. Not safe for use by two threads at once.
 */
public final class ManifestReader {

    private final ManifestLimits limits;

    public ManifestReader(ManifestLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads {@code in} to its end and leaves it open.
     *
     * @param file its name in sources, {@code -} for standard input
     * @throws IOException only when the stream itself fails
     */
    public void read(String file, InputStream in, DocumentSink sink) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
        InputStream bytes = withoutByteOrderMark(buffered, file, sink);
        if (bytes == null) {
            return;
        }
        // JSON is YAML in flow style: a file that calls itself YAML is read as such, whatever it begins with.
        String name = file.toLowerCase(Locale.ROOT);
        boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
        if (!yaml && looksLikeJson(bytes)) {
            json(file, bytes, sink);
        } else {
            yaml(file, bytes, sink);
        }
    }

    private void yaml(String file, InputStream in, DocumentSink sink) throws IOException {
        DocumentSplitter splitter = new DocumentSplitter(in, limits.documentBytesMax());
        int ordinal = 0;
        DocumentSplitter.Part part;
        while ((part = splitter.next()) != null) {
            ordinal++;
            Source source = new Source(file, ordinal, part.firstLine());
            if (ordinal > limits.documentsMax()) {
                sink.problem(Problem.skipped(
                        source, "more than " + limits.documentsMax() + " documents; the rest of the file is not read"));
                return;
            }
            if (part.text() == null) {
                sink.problem(
                        Problem.skipped(source, "a document of more than " + limits.documentBytesMax() + " bytes"));
                continue;
            }
            try {
                Value body = YamlComposer.compose(
                        decode(part.text(), part.firstLine()),
                        part.firstLine(),
                        limits,
                        notice -> sink.problem(Problem.notice(source, notice)));
                if (body != null && body.present()) {
                    sink.document(new Document(body, source.atLine(body.line())));
                }
            } catch (MalformedDocument e) {
                sink.problem(Problem.skipped(source.atLine(e.line()), e.problem()));
            }
        }
    }

    private void json(String file, InputStream in, DocumentSink sink) throws IOException {
        int ordinal = 1;
        try (JsonComposer composer = new JsonComposer(
                new Unclosed(in), limits, notice -> sink.problem(Problem.notice(new Source(file, 1, 0), notice)))) {
            Value body;
            while ((body = composer.next()) != null) {
                Source source = new Source(file, ordinal, body.line());
                if (ordinal > limits.documentsMax()) {
                    sink.problem(Problem.skipped(
                            source,
                            "more than " + limits.documentsMax() + " documents; the rest of the file is not read"));
                    return;
                }
                sink.document(new Document(body, source));
                ordinal++;
            }
        } catch (MalformedDocument e) {
            sink.problem(Problem.skipped(
                    new Source(file, ordinal, e.line()), e.problem() + "; the rest of the file is not read"));
        }
    }

    /** JSON begins with a brace or bracket; a doubled brace is a template's placeholder. */
    private static boolean looksLikeJson(InputStream in) throws IOException {
        in.mark(1 << 15);
        int b = in.read();
        for (int i = 0; i < (1 << 14) && (b == ' ' || b == '\t' || b == '\r' || b == '\n'); i++) {
            b = in.read();
        }
        int next = in.read();
        in.reset();
        return b == '{' && next != '{' && next != '%';
    }

    private static String decode(byte[] text, int firstLine) throws MalformedDocument {
        try {
            CharBuffer chars = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(text));
            return chars.toString();
        } catch (CharacterCodingException e) {
            throw new MalformedDocument("not UTF-8", firstLine);
        }
    }

    /** Past a byte order mark; UTF-16 is transcoded. Null when a UTF-16 file is too long to transcode: reported. */
    private @Nullable InputStream withoutByteOrderMark(BufferedInputStream in, String file, DocumentSink sink)
            throws IOException {
        in.mark(4);
        int first = in.read();
        int second = in.read();
        int third = in.read();
        if (first == 0xEF && second == 0xBB && third == 0xBF) {
            return in;
        }
        in.reset();
        Charset utf16 = first == 0xFE && second == 0xFF
                ? StandardCharsets.UTF_16BE
                : first == 0xFF && second == 0xFE ? StandardCharsets.UTF_16LE : null;
        if (utf16 == null) {
            return in;
        }
        byte[] all = in.readNBytes(limits.documentBytesMax() + 1);
        if (all.length > limits.documentBytesMax()) {
            sink.problem(Problem.skipped(
                    new Source(file, 1, 1), "a UTF-16 file of more than " + limits.documentBytesMax() + " bytes"));
            return null;
        }
        String text = new String(all, 2, all.length - 2, utf16);
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The caller's stream stays the caller's. */
    private static final class Unclosed extends java.io.FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }
}
