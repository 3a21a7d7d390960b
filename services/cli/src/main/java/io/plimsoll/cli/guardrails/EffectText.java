package io.plimsoll.cli.guardrails;

import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.cel.PolicyEffect;
import java.util.Locale;
import java.util.stream.Collectors;

/** What one binding does, for people. */
final class EffectText {

    private static final int LINES_MAX = 20;

    private EffectText() {}

    /** @param title of the policy in the first line */
    static String of(PolicyEffect effect, String title) {
        StringBuilder text = new StringBuilder(title).append(": ");
        if (effect.actions().isEmpty()) {
            return text.append("no binding, so it does nothing\n").toString();
        }
        String actions = effect.actions().stream().map(EffectText::shown).collect(Collectors.joining(", "));
        text.append(actions)
                .append(", ")
                .append(count(effect.namespaces().size(), "namespace"))
                .append(" selected, ")
                .append(count(effect.asked(), "object"))
                .append(" asked, ")
                .append(count(effect.refusals(), "refusal"))
                .append('\n');
        if (effect.selectsNothing()) {
            text.append("  it selects nothing that is there\n");
        }
        effect.refused().stream()
                .limit(LINES_MAX)
                .forEach(refusal -> text.append("  ")
                        .append(refusal.object())
                        .append(refusal.kind().equals(refusal.object().kind()) ? "" : " (its " + refusal.kind() + ")")
                        .append(": ")
                        .append(refusal.message())
                        .append('\n'));
        if (effect.refusals() > LINES_MAX) {
            text.append("  and ").append(effect.refusals() - LINES_MAX).append(" more\n");
        }
        effect.unknown()
                .forEach((why, objects) -> text.append("  cannot be told for ")
                        .append(count(objects, "object"))
                        .append(": ")
                        .append(why)
                        .append('\n'));
        return text.toString();
    }

    private static String shown(Action action) {
        String name = action.name().toLowerCase(Locale.ROOT);
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
