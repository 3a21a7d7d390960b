package io.plimsoll.audit.guardrail;

import io.plimsoll.kernel.ImageReference;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * One rule that images of some name be signed (sigstore's ClusterImagePolicy).
 *
 * @param enforcing refuses what is not signed; otherwise it only warns
 * @param globs of image names; {@code *} stays within one part of the path, {@code **} does not
 */
public record ImagePolicy(ResourceId id, boolean enforcing, List<String> globs, Source source) {

    public ImagePolicy {
        globs = List.copyOf(globs);
    }

    /** The image policies of a cluster in the order of identity; of one declared several times, each declaration. */
    public static List<ImagePolicy> all(ClusterState state) {
        List<ImagePolicy> policies = new ArrayList<>();
        for (Resource resource : state.all("ClusterImagePolicy", "policy.sigstore.dev")) {
            for (Resource declared : resource.declared()) {
                List<String> globs = declared.spec().items("images").stream()
                        .map(image -> image.text("glob"))
                        .filter(glob -> !glob.isEmpty())
                        .toList();
                boolean enforcing = !declared.spec().text("mode").equals("warn");
                policies.add(new ImagePolicy(declared.id(), enforcing, globs, declared.source()));
            }
        }
        return policies;
    }

    /** True when a glob takes in the image. */
    public boolean binds(ImageReference image) {
        return globs.stream().anyMatch(glob -> matches(glob, image));
    }

    /** The globs that take in none of the images: rules about nothing that runs. */
    public List<String> idle(Collection<ImageReference> images) {
        return globs.stream()
                .filter(glob -> images.stream().noneMatch(image -> matches(glob, image)))
                .toList();
    }

    private static boolean matches(String written, ImageReference image) {
        String glob =
                switch (written) {
                    case "*" -> "index.docker.io/library/*";
                    case "*/*" -> "index.docker.io/*/*";
                    default -> written.startsWith("docker.io/") ? "index." + written : written;
                };
        String registry = image.registry().equals("docker.io") ? "index.docker.io" : image.registry();
        String name = registry + "/" + image.repository();
        String tag = image.tag().isEmpty() ? "latest" : image.tag();
        return fits(glob, name)
                || fits(glob, image.digest().isEmpty() ? name + ":" + tag : name + "@" + image.digest());
    }

    /** Time is bounded by the product of the lengths: globs are other people's. */
    private static boolean fits(String glob, String text) {
        // reached[i]: the glob so far takes in the first i characters.
        boolean[] reached = new boolean[text.length() + 1];
        reached[0] = true;
        for (int g = 0; g < glob.length(); g++) {
            boolean star = glob.charAt(g) == '*';
            boolean across = star && glob.startsWith("**", g);
            boolean[] next = new boolean[text.length() + 1];
            for (int i = 0; i <= text.length(); i++) {
                if (star) {
                    next[i] = reached[i] || (i > 0 && next[i - 1] && (across || text.charAt(i - 1) != '/'));
                } else {
                    next[i] = i > 0 && reached[i - 1] && text.charAt(i - 1) == glob.charAt(g);
                }
            }
            reached = next;
            g += across ? 1 : 0;
        }
        return reached[text.length()];
    }
}
