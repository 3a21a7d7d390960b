package io.plimsoll.imagescan.store;

import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.imagescan.flow.Sight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A condition with its values: the caller's sight, and the scope asked for. */
record Condition(String sql, List<@Nullable Object> values) {

    static Condition of(Sight sight, Optional<ScopeKey> scope, String columns) {
        StringBuilder sql = new StringBuilder(" true");
        List<@Nullable Object> values = new ArrayList<>();
        if (!sight.all()) {
            sql.append(" and ").append(columns).append("team = any(?)");
            values.add(sight.teams());
        }
        scope.ifPresent(key -> {
            String[] fields =
                    switch (key.kind()) {
                        case ORGANISATION -> new String[] {};
                        case TEAM -> new String[] {"team"};
                        case CLUSTER -> new String[] {"cluster"};
                        case NAMESPACE -> new String[] {"cluster", "namespace"};
                        case APPLICATION -> new String[] {"cluster", "namespace", "application"};
                    };
            // The last one may hold slashes of its own.
            String[] parts = key.id().split("/", fields.length + 1);
            for (int n = 0; n < fields.length; n++) {
                sql.append(" and ").append(columns).append(fields[n]).append(" = ?");
                values.add(n + 1 < parts.length ? parts[n + 1] : "");
            }
        });
        return new Condition(sql.toString(), values);
    }
}
