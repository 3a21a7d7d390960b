package io.plimsoll.kernel.declaration;

import java.util.List;

/**
 * A team and what it owns.
 *
 * @param champion who speaks for security in it; empty when nobody does
 */
public record DeclaredTeam(String name, List<DeclaredScope.Namespace> namespaces, String champion) {

    public DeclaredTeam {
        namespaces = List.copyOf(namespaces);
    }
}
