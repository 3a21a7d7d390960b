package io.plimsoll.imagescan.flow;

import io.plimsoll.kernel.Subject;
import java.util.List;

/**
 * A container runs an image.
 *
 * @param subject the container, with whose it is and how it is reached
 * @param secrets pull secrets that its workload names, {@code cluster/namespace/name}; empty where they may not be used
 * @param asked the reference that a registry is asked for: by the running digest where one was seen, else as written
 */
public record Use(Subject subject, Asked asked, List<String> secrets) {
    public Use {
        secrets = List.copyOf(secrets);
    }
}
