package io.plimsoll.kernel.declaration;

import io.plimsoll.kernel.Lifecycle;

/**
 * An application and whose it is.
 *
 * @param team empty when nobody owns it
 * @param lifecycle {@link Lifecycle#UNSTATED} when nobody said
 * @param criticality {@code critical}, {@code high}, {@code medium}, {@code low} or empty
 */
public record DeclaredApplication(
        String name, DeclaredScope.Namespace namespace, String team, Lifecycle lifecycle, String criticality) {}
