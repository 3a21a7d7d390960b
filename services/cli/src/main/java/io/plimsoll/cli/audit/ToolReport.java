package io.plimsoll.cli.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.audit.tool.Tool;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/** The security tools of the clusters asked about, for people and in JSON. */
final class ToolReport {

    private ToolReport() {}

    static void text(List<Tool> tools, Writer out) throws IOException {
        out.write("Security tools\n");
        if (tools.isEmpty()) {
            out.write("  none that is known runs among the objects given\n");
        }
        for (Tool tool : tools) {
            out.write("  " + tool.addOn().title() + " (" + tool.addOn().role().id() + ", "
                    + tool.addOn().addOnClass().id() + "), " + tool.workload() + ": " + tool.standing() + "\n    "
                    + tool.why() + "\n");
        }
        out.write("\n");
    }

    static void json(List<Tool> tools, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("tools");
        for (Tool tool : tools) {
            json.writeStartObject();
            json.writeStringField("id", tool.addOn().id());
            json.writeStringField("title", tool.addOn().title());
            json.writeStringField("role", tool.addOn().role().id());
            json.writeStringField("class", tool.addOn().addOnClass().id());
            json.writeStringField("workload", tool.workload().toString());
            json.writeStringField(
                    "effect", tool.effect().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            json.writeBooleanField("countsAtStage2", tool.counts(2));
            json.writeBooleanField("countsAtStage3", tool.counts(Tool.NATIVE_FROM_STAGE));
            json.writeStringField("why", tool.why());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
