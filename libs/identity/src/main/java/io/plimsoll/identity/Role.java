package io.plimsoll.identity;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a token's {@code roles} claim can say; other words in it mean nothing here. */
public enum Role {
    /** Sees the scopes of their teams. */
    VIEWER,
    /** Sees the scopes of their teams and speaks for them. */
    OWNER,
    /** Sees all scopes. */
    SECURITY,
    /** All of it: clusters, uploads, declarations. */
    ADMIN,
    /** A service of the platform. */
    SERVICE,
    /** Delivers one cluster's state, reads nothing. */
    SENSOR;

    public String slug() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Role> of(String slug) {
        return Arrays.stream(values()).filter(role -> role.slug().equals(slug)).findFirst();
    }

    static String list(Role... roles) {
        return Arrays.stream(roles).map(Role::slug).collect(Collectors.joining(" or "));
    }

    static String list(Collection<Role> roles) {
        return roles.isEmpty()
                ? "none"
                : roles.stream().map(Role::slug).sorted().collect(Collectors.joining(", "));
    }
}
