package io.plimsoll.imagescan.flow;

import io.plimsoll.kernel.Severity;
import java.util.List;
import java.util.Optional;

/**
 * One weakness of one package of an image.
 *
 * @param id its CVE name where it has one
 * @param fixedIn empty when no fix is published
 * @param note why it is not counted, or empty
 * @param isSetAside not counted: the distributor or a maker says it does not apply
 */
public record Weakness(
        String id,
        List<String> aliases,
        String purl,
        Optional<Severity> severity,
        String fixedIn,
        boolean isExploited,
        boolean isSetAside,
        String note) {

    public Weakness {
        aliases = List.copyOf(aliases);
    }

    /** Critical, with a fix, and counted. */
    public boolean isFixableCritical() {
        return !isSetAside
                && !fixedIn.isEmpty()
                && severity.filter(Severity.CRITICAL::equals).isPresent();
    }
}
