package io.plimsoll.cli.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.audit.tool.Tracked;
import java.io.IOException;
import java.io.Writer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which objects delivery tools own, for people and in JSON. */
final class OwnershipReport {

    private static final int SHOWN_MAX = 20;

    private OwnershipReport() {}

    private static Map<String, Map<Tracked.Standing, Integer>> byOwner(List<Tracked> all) {
        Map<String, Map<Tracked.Standing, Integer>> byOwner = new TreeMap<>();
        all.forEach(each -> byOwner.computeIfAbsent(each.owner(), owner -> new EnumMap<>(Tracked.Standing.class))
                .merge(each.standing(), 1, Integer::sum));
        return byOwner;
    }

    private static boolean proven(Tracked tracked) {
        return switch (tracked.standing()) {
            case OWNED, CLAIMED -> true;
            case NOT_LISTED, COPIED, OWNER_ABSENT -> false;
        };
    }

    static void text(List<Tracked> all, Writer out) throws IOException {
        if (all.isEmpty()) {
            return;
        }
        out.write("Owned by delivery\n");
        Map<String, Map<Tracked.Standing, Integer>> byOwner = byOwner(all);
        int shown = 0;
        for (Map.Entry<String, Map<Tracked.Standing, Integer>> owner : byOwner.entrySet()) {
            if (shown++ == SHOWN_MAX) {
                out.write("  and " + (byOwner.size() - SHOWN_MAX) + " more owners\n");
                break;
            }
            StringBuilder line = new StringBuilder("  ").append(owner.getKey()).append(": ");
            String separator = "";
            for (Map.Entry<Tracked.Standing, Integer> each : owner.getValue().entrySet()) {
                line.append(separator)
                        .append(each.getValue())
                        .append(' ')
                        .append(each.getKey().slug());
                separator = ", ";
            }
            out.write(line.append('\n').toString());
        }
        List<Tracked> unproven = all.stream().filter(each -> !proven(each)).toList();
        for (Tracked each : unproven.stream().limit(SHOWN_MAX).toList()) {
            out.write("    " + each.object() + "  " + each.source() + ": marked by " + each.owner() + ", "
                    + each.standing().words() + "\n");
        }
        if (unproven.size() > SHOWN_MAX) {
            out.write("    and " + (unproven.size() - SHOWN_MAX) + " more\n");
        }
        out.write("\n");
    }

    static void json(List<Tracked> all, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("ownership");
        for (Tracked each : all) {
            json.writeStartObject();
            json.writeStringField("object", each.object().toString());
            json.writeStringField("owner", each.owner());
            json.writeStringField("standing", each.standing().slug());
            json.writeStringField("file", each.source().file());
            json.writeNumberField("line", each.source().line());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
