package io.plimsoll.cli.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.audit.control.plane.ManagedPlane;
import io.plimsoll.audit.control.plane.Responsibilities;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Who answers for what under a managed control plane. */
final class ResponsibilityTable {

    private static final int CLUSTERS_MAX = 20;

    private ResponsibilityTable() {}

    static void text(List<ManagedPlane> planes, Writer out) throws IOException {
        if (planes.isEmpty()) {
            return;
        }
        for (ManagedPlane plane : planes.stream().limit(CLUSTERS_MAX).toList()) {
            out.write("Control plane run by " + plane.provider().title() + " (" + plane.sign() + "; see "
                    + plane.provider().source() + ")\n");
        }
        for (Responsibilities.Area area : Responsibilities.builtin().areas()) {
            out.write("  " + pad(area.by().word()) + area.title() + ": " + area.why() + "  ["
                    + String.join(", ", area.controls()) + "]\n");
        }
        out.write("\n");
    }

    private static String pad(String word) {
        return word + " ".repeat(Math.max(1, 10 - word.length()));
    }

    static void json(List<ManagedPlane> planes, JsonGenerator json) throws IOException {
        if (planes.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("responsibilities");
        json.writeArrayFieldStart("managed");
        for (ManagedPlane plane : planes) {
            json.writeStartObject();
            json.writeStringField("provider", plane.provider().id());
            json.writeStringField("title", plane.provider().title());
            json.writeStringField("sign", plane.sign());
            json.writeStringField("source", plane.provider().source());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("areas");
        for (Responsibilities.Area area : Responsibilities.builtin().areas()) {
            json.writeStartObject();
            json.writeStringField("id", area.id());
            json.writeStringField("title", area.title());
            json.writeStringField("by", area.by().word());
            json.writeStringField("why", area.why());
            json.writeArrayFieldStart("controls");
            for (String control : area.controls()) {
                json.writeString(control);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
