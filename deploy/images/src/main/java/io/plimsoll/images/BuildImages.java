package io.plimsoll.images;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.cli.Plimsoll;
import io.plimsoll.embedded.OneMachine;
import io.plimsoll.embedded.place.Folders;
import io.plimsoll.embedded.service.RehearsalStage;
import io.plimsoll.embedded.service.StartCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Images of all services, each an OCI layout with its bill of materials attached. */
public final class BuildImages {

    private BuildImages() {}

    /**
     * @param arguments the project's root, the folder to write to, and {@code --base=}, {@code --version=}, {@code --source=}, {@code
     *     --revision=}, {@code --start-cache=} ({@code true}, {@code false}, or {@code auto}: where runtime and base can), {@code --architectures=} (separated
     *     by commas; the machine's when not said)
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
        String base = said(given, "--base", ImageSettings.LOCAL);
        String wanted = said(given, "--start-cache", "auto");
        boolean startCache = wanted.equals("auto")
                ? base.equals(ImageSettings.LOCAL) && StartCache.possible()
                : wanted.equals("true");
        if (System.getProperty("plimsoll.root") == null) {
            System.setProperty("plimsoll.root", root.toString());
        }
        try (RehearsalStage stage = startCache ? RehearsalStage.open(System.out::println) : null) {
            for (String service : services(root)) {
                ImageSettings settings = new ImageSettings(
                        service,
                        root.resolve("services").resolve(service).resolve("target/quarkus-app"),
                        base,
                        List.of(said(given, "--architectures", ImageSettings.machine())
                                .split(",")),
                        said(given, "--version", "0"),
                        said(given, "--source", ""),
                        said(given, "--revision", ""),
                        startCache && OneMachine.SERVICES.contains(service));
                String digest = build(settings, out.resolve("work"), out.resolve(service), stage);
                System.out.println(service + " " + digest + " " + out.resolve(service));
            }
        }
    }

    /** Those of the platform, and the sensor where it was built: it lives in other clusters, and is not rehearsed. */
    private static List<String> services(Path root) {
        List<String> services = new ArrayList<>(OneMachine.SERVICES);
        if (Files.isRegularFile(root.resolve("services/sensor/target/quarkus-app/quarkus-run.jar"))) {
            services.add("sensor");
        }
        return services;
    }

    /**
     * One image, in place of what was there.
     *
     * @param stage where the service is started once, for an image with a start cache
     * @return its digest
     */
    public static String build(ImageSettings settings, Path work, Path layout, @Nullable RehearsalStage stage)
            throws IOException, InterruptedException {
        Folders.delete(layout);
        ServiceImage image = new ServiceImage(settings, work, stage);
        LinkedHashMap<String, Layout> parts = new LinkedHashMap<>();
        for (String architecture : settings.architectures()) {
            String name = settings.service() + "-" + architecture;
            Path archive = work.resolve(name + ".tar");
            var unused = image.write(archive, architecture);
            Path part = work.resolve("parts").resolve(name);
            Folders.delete(part);
            parts.put(architecture, Layout.unpack(archive, part));
            Files.delete(archive);
        }
        Layout written = together(parts, layout);
        written.name(settings.service());
        for (JsonNode each : written.images()) {
            String platform = "linux/"
                    + each.at("/platform/architecture")
                            .asText(settings.architectures().getFirst());
            Path bill = work.resolve(settings.service() + ".cdx.json");
            bill(layout, settings.service(), platform, bill);
            var unused = written.attach(bill, each);
        }
        return written.digest();
    }

    private static Layout together(LinkedHashMap<String, Layout> parts, Path layout) throws IOException {
        if (parts.size() == 1) {
            Files.createDirectories(layout.toAbsolutePath().getParent());
            Files.move(parts.firstEntry().getValue().folder(), layout);
            return new Layout(layout);
        }
        return Layout.join(parts, layout);
    }

    private static void bill(Path layout, String name, String platform, Path bill) throws IOException {
        int code = Plimsoll.run(
                "scan",
                "oci:" + layout + ":" + name,
                "--platform",
                platform,
                "--sbom-only",
                "--no-secrets",
                "--format",
                "cyclonedx",
                "-o",
                bill.toString());
        if (code != 0) {
            throw new IOException("no bill of materials of " + layout + " for " + platform + ": exit code " + code);
        }
    }

    private static String said(Map<String, String> given, String key, String otherwise) {
        String value = given.getOrDefault(key, "");
        return value.isBlank() ? otherwise : value;
    }
}
