package io.plimsoll.gateway.scope;

import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.maturity.model.ScopeKind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Names of scopes as URLs carry them. A scope's own name has slashes ({@code namespace/prod/shop}); a path may carry it as one
 * percent-encoded segment ({@code namespace%2Fprod%2Fshop}) or as it is. A part that itself holds a slash needs the
 * second: each segment is decoded by itself.
 */
public final class ScopePath {

    private static final int CHARS_MAX = 1_024;

    private ScopePath() {}

    /**
     * From the raw, still encoded piece of a path.
     *
     * @return empty for what names no scope that could have a stage
     */
    public static Optional<ScopeKey> ofRaw(String raw) {
        if (raw.length() > 3 * CHARS_MAX) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        for (String segment : raw.split("/", -1)) {
            Optional<String> part = decoded(segment);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
        }
        return parts.size() == 1 ? ofText(parts.getFirst()) : ofParts(parts);
    }

    /** From plain text, as reports write it: {@code organisation}, {@code team/NAME}, {@code application/CLUSTER/NAMESPACE/NAME}. */
    public static Optional<ScopeKey> ofText(String text) {
        if (text.length() > CHARS_MAX) {
            return Optional.empty();
        }
        // A team's name and an application's may hold slashes; what stands before them may not.
        int partsMax = text.startsWith("team/") ? 2 : 4;
        return ofParts(List.of(text.split("/", partsMax)));
    }

    private static Optional<ScopeKey> ofParts(List<String> parts) {
        for (String part : parts) {
            if (part.isEmpty() || part.chars().anyMatch(Character::isISOControl)) {
                return Optional.empty();
            }
        }
        for (ScopeKind kind : ScopeKind.values()) {
            if (kind.slug().equals(parts.getFirst())) {
                return ofKind(kind, parts);
            }
        }
        return Optional.empty();
    }

    private static Optional<ScopeKey> ofKind(ScopeKind kind, List<String> parts) {
        int size =
                switch (kind) {
                    case ORGANISATION -> 1;
                    case TEAM, CLUSTER -> 2;
                    case NAMESPACE -> 3;
                    case APPLICATION -> 4;
                };
        if (parts.size() != size) {
            return Optional.empty();
        }
        boolean freeName = kind == ScopeKind.TEAM || kind == ScopeKind.APPLICATION;
        for (String part : parts.subList(0, freeName ? size - 1 : size)) {
            if (part.contains("/")) {
                return Optional.empty();
            }
        }
        return Optional.of(
                kind == ScopeKind.ORGANISATION ? ScopeKey.ORGANISATION : new ScopeKey(kind, String.join("/", parts)));
    }

    /** RFC 3986, section 2.1; strict UTF-8. Empty for what is not well encoded. */
    static Optional<String> decoded(String segment) {
        ByteBuffer bytes = ByteBuffer.allocate(segment.length() * 3);
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c != '%') {
                bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            if (i + 2 >= segment.length()) {
                return Optional.empty();
            }
            int high = Character.digit(segment.charAt(i + 1), 16);
            int low = Character.digit(segment.charAt(i + 2), 16);
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            bytes.put((byte) (high << 4 | low));
            i += 2;
        }
        CharsetDecoder strict = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            return Optional.of(strict.decode(bytes.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
