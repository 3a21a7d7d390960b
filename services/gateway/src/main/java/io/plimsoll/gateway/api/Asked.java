package io.plimsoll.gateway.api;

import com.google.protobuf.Timestamp;
import io.plimsoll.api.kernel.v1.EvidenceState;
import io.plimsoll.api.kernel.v1.Exposure;
import io.plimsoll.api.kernel.v1.ScopeKind;
import io.plimsoll.api.kernel.v1.ScopeRef;
import io.plimsoll.api.kernel.v1.Severity;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.gateway.scope.ScopePath;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.wire.KernelCodec;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Words of a query, read into the words of the contracts; what cannot be read is a problem that names the parameter. */
final class Asked {

    private static final int TEXT_CHARS_MAX = 1_024;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Asked() {}

    /** @param raw the still encoded piece of the path */
    static ScopeRef scopeOfPath(String raw) {
        return ScopePath.ofRaw(raw)
                .map(KernelCodec::toWire)
                .orElseThrow(() -> new ProblemException(
                                Problem.NOT_FOUND,
                                "there is no such scope; a scope is organisation, team/NAME, cluster/NAME, "
                                        + "namespace/CLUSTER/NAME or application/CLUSTER/NAMESPACE/NAME")
                        .at("scope"));
    }

    static Optional<ScopeRef> scope(String parameter, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        Optional<ScopeKey> scope = ScopePath.ofText(text);
        if (scope.isEmpty()) {
            throw new ProblemException(Problem.MALFORMED, parameter + " names no scope").at(parameter);
        }
        return scope.map(KernelCodec::toWire);
    }

    static ScopeKind kind(@Nullable String word) {
        return word(ScopeKind.values(), "SCOPE_KIND_", "kind", word);
    }

    static Severity severity(@Nullable String word) {
        return word(Severity.values(), "SEVERITY_", "severity", word);
    }

    static Exposure exposure(@Nullable String word) {
        return word(Exposure.values(), "EXPOSURE_", "exposure", word);
    }

    static EvidenceState state(String parameter, @Nullable String word) {
        return word(EvidenceState.values(), "EVIDENCE_STATE_", parameter, word);
    }

    /** UNSPECIFIED for none. */
    static <E extends Enum<E>> E word(E[] values, String prefix, String parameter, @Nullable String word) {
        if (word == null || word.isEmpty()) {
            return values[0];
        }
        String wanted = word.toLowerCase(Locale.ROOT);
        for (E value : values) {
            if (slug(value, prefix).equals(wanted) && value != values[0]) {
                return value;
            }
        }
        String known = Arrays.stream(values)
                .filter(value -> value != values[0] && value.name().startsWith(prefix))
                .map(value -> slug(value, prefix))
                .collect(Collectors.joining(", "));
        throw new ProblemException(Problem.MALFORMED, parameter + " is one of " + known).at(parameter);
    }

    private static String slug(Enum<?> value, String prefix) {
        return value.name().startsWith(prefix)
                ? value.name()
                        .substring(prefix.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-')
                : "";
    }

    /** Empty for none; of the years 1 to 9999, which is all that the contracts have words for. */
    static Optional<Timestamp> instant(String parameter, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Instant instant = Instant.parse(text);
            if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
                throw new ProblemException(Problem.MALFORMED, parameter + " is of the years 1 to 9999").at(parameter);
            }
            return Optional.of(Timestamp.newBuilder()
                    .setSeconds(instant.getEpochSecond())
                    .setNanos(instant.getNano())
                    .build());
        } catch (DateTimeParseException e) {
            throw new ProblemException(Problem.MALFORMED, parameter + " is an instant such as 2026-01-31T12:00:00Z")
                    .at(parameter);
        }
    }

    static boolean truth(String parameter, @Nullable String word) {
        return switch (word == null ? "" : word) {
            case "", "false" -> false;
            case "true" -> true;
            default -> throw new ProblemException(Problem.MALFORMED, parameter + " is true or false").at(parameter);
        };
    }

    /** Empty for none; at most 1,024 characters, none of them a control character. */
    static String text(String parameter, @Nullable String value) {
        if (value == null) {
            return "";
        }
        if (value.length() > TEXT_CHARS_MAX) {
            throw new ProblemException(Problem.MALFORMED, parameter + " is too long")
                    .at(parameter)
                    .over(TEXT_CHARS_MAX + " characters");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new ProblemException(Problem.MALFORMED, parameter + " holds a control character").at(parameter);
        }
        return value;
    }
}
