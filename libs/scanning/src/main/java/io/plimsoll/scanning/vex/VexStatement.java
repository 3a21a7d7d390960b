package io.plimsoll.scanning.vex;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One statement: these weaknesses, in these products, have this status.
 *
 * @param vulnerabilities all names of the weakness
 * @param products any of them
 * @param why the format's justification and the author's words; required of {@link VexStatus#NOT_AFFECTED}
 * @param made when; of two that speak of the same the later stands, an undated one is before all others
 */
public record VexStatement(
        List<String> vulnerabilities, List<VexProduct> products, VexStatus status, String why, Optional<Instant> made) {
    public VexStatement {
        vulnerabilities = List.copyOf(vulnerabilities);
        products = List.copyOf(products);
        if (vulnerabilities.isEmpty() || products.isEmpty()) {
            throw new IllegalArgumentException("a statement names a weakness and a product");
        }
        if (status == VexStatus.NOT_AFFECTED && why.isBlank()) {
            throw new IllegalArgumentException("\"not affected\" without a justification or an impact statement");
        }
    }
}
