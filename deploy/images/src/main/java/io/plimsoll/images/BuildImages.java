package io.plimsoll.images;

import io.plimsoll.cli.Plimsoll;
import io.plimsoll.embedded.OneMachine;
import io.plimsoll.embedded.place.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Images of all services, each an OCI layout with its bill of materials attached. */
public final class BuildImages {

    private BuildImages() {}

    /**
     * @param arguments the project's root, the folder to write to, and {@code --base=}, {@code --version=}, {@code --source=}, {@code
     *     --revision=}
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 2) {
            throw new IllegalArgumentException("the project's root and the folder to write to");
        }
        Map<String, String> given = new HashMap<>();
        for (int n = 2; n < arguments.length; n++) {
            String[] pair = arguments[n].split("=", 2);
            given.put(pair[0], pair.length == 2 ? pair[1] : "");
        }
        Path root = Path.of(arguments[0]);
        Path out = Path.of(arguments[1]);
        for (String service : OneMachine.SERVICES) {
            ImageSettings settings = new ImageSettings(
                    service,
                    root.resolve("services").resolve(service).resolve("target/quarkus-app"),
                    said(given, "--base", ImageSettings.LOCAL),
                    said(given, "--version", "0"),
                    said(given, "--source", ""),
                    said(given, "--revision", ""));
            String digest = build(settings, out.resolve("work"), out.resolve(service));
            System.out.println(service + " " + digest + " " + out.resolve(service));
        }
    }

    /**
     * One image, in place of what was there.
     *
     * @return its digest
     */
    public static String build(ImageSettings settings, Path work, Path layout)
            throws IOException, InterruptedException {
        Folders.delete(layout);
        Path archive = work.resolve(settings.service() + ".tar");
        String digest = new ServiceImage(settings, work).write(archive);
        Layout written = Layout.unpack(archive, layout);
        Files.delete(archive);
        written.name(settings.service());
        Path bill = work.resolve(settings.service() + ".cdx.json");
        int code = Plimsoll.run(
                "scan",
                "oci:" + layout + ":" + settings.service(),
                "--sbom-only",
                "--no-secrets",
                "--format",
                "cyclonedx",
                "-o",
                bill.toString());
        if (code != 0) {
            throw new IOException("no bill of materials of " + layout + ": exit code " + code);
        }
        var unused = written.attach(bill);
        return digest;
    }

    private static String said(Map<String, String> given, String key, String otherwise) {
        String value = given.getOrDefault(key, "");
        return value.isBlank() ? otherwise : value;
    }
}
