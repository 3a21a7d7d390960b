package io.plimsoll.scanning.vex;

import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.document.Node;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A document with statements.
 *
 * @param source where it came from, and its author where it says
 * @param statements in the order written
 * @param problems statements that could not be read, one line each, at most {@link #PROBLEMS_MAX}; the others stand
 */
public record VexDocument(String source, List<VexStatement> statements, List<String> problems) {

    public static final int BYTES_MAX = 128 << 20;
    static final int PROBLEMS_MAX = 100;
    static final int STATEMENTS_MAX = 200_000;

    public VexDocument {
        statements = List.copyOf(statements);
        problems = List.copyOf(problems);
    }

    /**
     * Reads OpenVEX 0.2, CycloneDX 1.4 to 1.6 in JSON or XML, or CSAF 2.0. Does not close the stream.
     *
     * @param place the file's name, for messages
     * @throws MalformedDocument when it is none of them, or passes a bound
     */
    public static VexDocument read(String place, InputStream in) throws IOException {
        byte[] content = in.readNBytes(BYTES_MAX + 1);
        if (content.length > BYTES_MAX) {
            throw new MalformedDocument(place + ": longer than " + BYTES_MAX + " bytes");
        }
        Node root = isXml(content)
                ? XmlDocument.read(new ByteArrayInputStream(content))
                : Documents.json(new BufferedInputStream(new ByteArrayInputStream(content)));
        Reading reading = new Reading();
        String author;
        if (root.text("@context").startsWith("https://openvex.dev/")) {
            author = root.text("author");
            OpenVex.read(root, reading);
        } else if (root.text("bomFormat").equals("CycloneDX")) {
            author = root.get("metadata").get("manufacturer").text("name");
            CycloneDxVex.read(root, reading);
        } else if (root.get("document").text("category").startsWith("csaf_")) {
            author = root.get("document").get("publisher").text("name");
            CsafVex.read(root, reading);
        } else {
            throw new MalformedDocument(place + ": neither OpenVEX nor CycloneDX nor CSAF");
        }
        return new VexDocument(
                author.isEmpty() ? place : place + " (" + author + ")", reading.statements, reading.problems);
    }

    private static boolean isXml(byte[] content) {
        for (byte one : content) {
            // Past a byte order mark and blanks.
            if (one > ' ') {
                return one == '<';
            }
        }
        return false;
    }

    /** Collects statements; what is malformed is a problem and no statement. */
    static final class Reading {
        private final List<VexStatement> statements = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        interface Reader {
            VexStatement read();
        }

        void statement(String place, Reader reader) throws MalformedDocument {
            if (statements.size() >= STATEMENTS_MAX) {
                throw new MalformedDocument("more than " + STATEMENTS_MAX + " statements");
            }
            try {
                statements.add(reader.read());
            } catch (IllegalArgumentException e) {
                problem(place, String.valueOf(e.getMessage()));
            }
        }

        void problem(String place, String message) {
            if (problems.size() < PROBLEMS_MAX) {
                problems.add(place + ": " + message);
            }
        }
    }
}
