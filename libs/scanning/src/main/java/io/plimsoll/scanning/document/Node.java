package io.plimsoll.scanning.document;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A document's tree. Asking a node for what it does not have gives {@link #ABSENT} or something empty, so that reading a
 * file somebody else wrote needs no ladder of checks.
 */
public sealed interface Node {

    /** What is not there. */
    Node ABSENT = new Scalar("", false);

    /** A text, number, boolean or null. */
    record Scalar(String value, boolean present) implements Node {}

    /** Items in order. */
    record Items(List<Node> nodes) implements Node {
        public Items {
            nodes = List.copyOf(nodes);
        }
    }

    /** Members in the order written; of two of the same name the later stands. */
    record Members(Map<String, Node> nodes) implements Node {
        public Members {
            nodes = Collections.unmodifiableMap(nodes);
        }
    }

    /** A member, {@link #ABSENT} when there is none. */
    default Node get(String name) {
        return this instanceof Members members ? members.nodes().getOrDefault(name, ABSENT) : ABSENT;
    }

    /** The scalar's text; empty for everything else. */
    default String text() {
        return this instanceof Scalar scalar ? scalar.value() : "";
    }

    /** A member's text. */
    default String text(String name) {
        return get(name).text();
    }

    /** The scalar as a number, -1 when it is none. */
    default long number() {
        try {
            return Long.parseLong(text());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    default boolean isTrue() {
        return text().equals("true");
    }

    /** Items; empty for everything else. */
    default List<Node> items() {
        return this instanceof Items items ? items.nodes() : List.of();
    }

    /** Members; empty for everything else. */
    default Map<String, Node> members() {
        return this instanceof Members members ? members.nodes() : Map.of();
    }

    default boolean isPresent() {
        return !(this instanceof Scalar scalar) || scalar.present();
    }

    default boolean isMembers() {
        return this instanceof Members;
    }
}
