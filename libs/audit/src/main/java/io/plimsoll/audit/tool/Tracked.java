package io.plimsoll.audit.tool;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ResourceId;

/**
 * An object that carries the mark of a delivery tool. A mark alone proves nothing: whoever copies a manifest copies it.
 *
 * @param owner the Application, Kustomization, HelmRelease or release that the mark names, as {@code Kind namespace/name}; without
 *     namespace where the mark names none and the owner is not among the objects
 */
public record Tracked(ResourceId object, String owner, Standing standing, Source source) {

    /** How the mark and its owner fit. */
    public enum Standing {
        /** The owner is among the objects and lists it. */
        OWNED("owned", "its owner lists it"),
        /** The owner is among the objects and keeps no list. */
        CLAIMED("claimed", "its owner is there and keeps no list of what it owns"),
        /** The owner lists others. */
        NOT_LISTED("not-listed", "its owner does not list it"),
        /** The mark is about another object: it was copied. */
        COPIED("copied", "its mark is about another object"),
        /** The owner is not among the objects. */
        OWNER_ABSENT("owner-absent", "its owner is not among the objects given");

        private final String slug;
        private final String words;

        Standing(String slug, String words) {
            this.slug = slug;
            this.words = words;
        }

        /** As reports have it; stable. */
        public String slug() {
            return slug;
        }

        /** One clause for people. */
        public String words() {
            return words;
        }
    }
}
