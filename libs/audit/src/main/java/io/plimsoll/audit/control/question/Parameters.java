package io.plimsoll.audit.control.question;

import io.plimsoll.kubernetes.value.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** The values one control's parameters have, defaults filled in. */
public record Parameters(Map<String, Value> values) {

    public static final Parameters NONE = new Parameters(Map.of());

    public Parameters {
        values = Map.copyOf(values);
    }

    /** The items of a list; nothing for what is not set. */
    public List<String> texts(String name) {
        return value(name).texts();
    }

    /** @throws IllegalStateException when the control declares no such number */
    public BigDecimal number(String name) {
        if (value(name) instanceof Value.Num number) {
            return number.raw();
        }
        throw new IllegalStateException("no number among the parameters: " + name);
    }

    public boolean flag(String name) {
        return value(name).bool().orElse(false);
    }

    public String text(String name) {
        return value(name).text().orElse("");
    }

    private Value value(String name) {
        return values.getOrDefault(name, Value.MISSING);
    }
}
