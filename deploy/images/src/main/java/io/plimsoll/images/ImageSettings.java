package io.plimsoll.images;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one image is made of.
 *
 * @param service its name
 * @param application the folder that the build of the service wrote
 * @param base reference of a base image with a Java runtime, {@code tar://PATH} of one, or {@link #LOCAL}; {@code ARCH} in it stands for the
 *     architecture
 * @param architectures as OCI names them, for instance {@code amd64}; with the base {@link #LOCAL} the machine's alone
 * @param version of the project
 * @param source where the source is kept; empty when not said
 * @param revision of the source; empty when not said
 * @param startCache whether the last layer holds what a start of the service taught its JVM: it starts in half the time, and the digest of that
 *     layer is another with every build
 */
public record ImageSettings(
        String service,
        Path application,
        String base,
        List<String> architectures,
        String version,
        String source,
        String revision,
        boolean startCache) {

    /** A base made of the Java runtime that builds and the C library of the machine. */
    public static final String LOCAL = "local";

    /** Whoever runs it: nobody of the base's, and never root. */
    static final String USER = "65532:65532";

    static final int PORT = 8080;

    /** Where the start cache lies in the image. */
    static final String CACHE = "/app/start.aot";

    public ImageSettings {
        if (service.isBlank() || base.isBlank() || version.isBlank()) {
            throw new IllegalArgumentException("an image needs a service, a base and a version");
        }
        architectures = List.copyOf(architectures);
        if (architectures.isEmpty() || Set.copyOf(architectures).size() != architectures.size()) {
            throw new IllegalArgumentException("an image is of some architectures, each once, not " + architectures);
        }
        if (base.equals(LOCAL) && !architectures.equals(List.of(machine()))) {
            throw new IllegalArgumentException("the base " + LOCAL + " is of this machine's architecture, " + machine()
                    + ": name a base image for " + architectures);
        }
        if (startCache && !base.equals(LOCAL)) {
            throw new IllegalArgumentException(
                    "a start cache is made by the runtime of the base, which is at hand for the base " + LOCAL
                            + " alone, not for " + base);
        }
    }

    /** Architecture of the machine that builds, as OCI names it. */
    public static String machine() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }

    boolean local() {
        return base.equals(LOCAL);
    }

    /** Labels of the OCI vocabulary; nothing that changes from build to build. */
    Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("org.opencontainers.image.title", "plimsoll-" + service);
        labels.put("org.opencontainers.image.version", version);
        labels.put("org.opencontainers.image.licenses", "Apache-2.0");
        if (!source.isBlank()) {
            labels.put("org.opencontainers.image.source", source);
        }
        if (!revision.isBlank()) {
            labels.put("org.opencontainers.image.revision", revision);
        }
        return labels;
    }
}
