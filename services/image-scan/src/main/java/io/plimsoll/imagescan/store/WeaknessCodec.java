package io.plimsoll.imagescan.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.imagescan.flow.Weakness;
import io.plimsoll.kernel.Severity;
import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.Node;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Weaknesses of one image as one compressed value, in their order. */
final class WeaknessCodec {

    private static final JsonFactory JSON = new JsonFactory();

    private WeaknessCodec() {}

    static byte[] write(List<Weakness> weaknesses) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream packed = new GZIPOutputStream(bytes);
                JsonGenerator json = JSON.createGenerator(packed)) {
            json.writeStartArray();
            for (Weakness each : weaknesses) {
                json.writeStartArray();
                json.writeString(each.id());
                json.writeString(each.purl());
                json.writeString(each.severity().map(Enum::name).orElse(""));
                json.writeString(each.fixedIn());
                json.writeString((each.isExploited() ? "x" : "") + (each.isSetAside() ? "a" : ""));
                json.writeString(each.note());
                for (String alias : each.aliases()) {
                    json.writeString(alias);
                }
                json.writeEndArray();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new IllegalStateException("nothing is written but memory", e);
        }
        return bytes.toByteArray();
    }

    static List<Weakness> read(byte[] kept) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(kept))) {
            List<Weakness> weaknesses = new ArrayList<>();
            for (Node row : Documents.json(in).items()) {
                List<String> texts = row.items().stream().map(Node::text).toList();
                weaknesses.add(new Weakness(
                        texts.get(0),
                        texts.subList(6, texts.size()),
                        texts.get(1),
                        severity(texts.get(2)),
                        texts.get(3),
                        texts.get(4).contains("x"),
                        texts.get(4).contains("a"),
                        texts.get(5)));
            }
            return weaknesses;
        } catch (IOException | IndexOutOfBoundsException e) {
            throw new IllegalStateException("what is kept of an image cannot be read", e);
        }
    }

    private static Optional<Severity> severity(String name) {
        return Arrays.stream(Severity.values())
                .filter(each -> each.name().equals(name))
                .findFirst();
    }
}
