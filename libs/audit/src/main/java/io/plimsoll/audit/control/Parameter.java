package io.plimsoll.audit.control;

import io.plimsoll.kubernetes.value.Value;

/**
 * What of a control can be set.
 *
 * @param type text, number, boolean or list
 * @param standard taken when nothing is set; of that type
 */
public record Parameter(String name, Type type, String description, Value standard) {

    /** Shape of a value. */
    public enum Type {
        TEXT,
        NUMBER,
        BOOLEAN,
        LIST;

        boolean fits(Value value) {
            return switch (this) {
                case TEXT -> value instanceof Value.Text;
                case NUMBER -> value instanceof Value.Num;
                case BOOLEAN -> value instanceof Value.Bool;
                case LIST -> value instanceof Value.Arr;
            };
        }
    }

    public Parameter {
        if (!type.fits(standard)) {
            throw new IllegalArgumentException("parameter " + name + ": its default is no " + type);
        }
    }
}
