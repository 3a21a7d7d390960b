package io.plimsoll.scanning.catalogue.executable;

import io.plimsoll.scanning.catalogue.Findings;
import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.MalformedDocument;
import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.pack.PackageKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.InflaterInputStream;

/** The {@code .dep-v0} section of cargo-auditable: zlib-compressed JSON of the crates linked in. */
final class RustAudit {

    private static final int JSON_BYTES_MAX = 16 << 20;

    private RustAudit() {}

    static void read(byte[] file, int offset, int length, Findings into) throws IOException {
        byte[] json;
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(file, offset, length))) {
            json = in.readNBytes(JSON_BYTES_MAX + 1);
        }
        if (json.length > JSON_BYTES_MAX) {
            throw new MalformedDocument("audit section of more than " + JSON_BYTES_MAX + " bytes");
        }
        for (Node crate :
                Documents.json(new ByteArrayInputStream(json)).get("packages").items()) {
            // Build dependencies ran on another machine; they are not in the executable.
            boolean runtime = !crate.text("kind").equals("build");
            if (runtime && !crate.text("source").equals("local")) {
                into.add(PackageKind.CARGO, "", crate.text("name"), crate.text("version"));
            } else if (runtime && crate.get("root").isTrue()) {
                into.add(PackageKind.CARGO, "", crate.text("name"), crate.text("version"));
            }
        }
    }
}
