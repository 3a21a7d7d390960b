package io.plimsoll.cli.network;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.policy.PolicyProblem;
import java.io.IOException;
import java.util.Map;

/** The frame of every answer about the network as JSON: its schema, what it rests on, what could not be read. Same input, same bytes. */
final class AnswerJson {

    private AnswerJson() {}

    /** Writes the fields of one answer. */
    @FunctionalInterface
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /** @param schema for instance {@code plimsoll.connections/v1} */
    static void write(String schema, Reachability reachability, Output out, Fields fields) throws IOException {
        document(out, json -> {
            json.writeStringField("schema", schema);
            coverage(reachability, json);
            json.writeArrayFieldStart("problems");
            for (PolicyProblem problem : reachability.problems()) {
                json.writeStartObject();
                json.writeStringField("policy", problem.policy().toString());
                json.writeStringField("path", problem.path());
                json.writeStringField("message", problem.message());
                json.writeStringField("source", problem.source().toString());
                json.writeEndObject();
            }
            json.writeEndArray();
            fields.write(json);
        });
    }

    /** One object, laid out for people. */
    static void document(Output out, Fields fields) throws IOException {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        try (JsonGenerator json = JsonFactory.builder().build().createGenerator(out.writer())) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setPrettyPrinter(
                    new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        }
        out.line("");
    }

    static void coverage(Reachability reachability, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("coverage");
        json.writeNumberField("analysed", reachability.coverage().analysed());
        json.writeBooleanField("complete", reachability.coverage().complete());
        json.writeObjectFieldStart("partial");
        for (Map.Entry<String, Integer> kind : reachability.coverage().partial().entrySet()) {
            json.writeNumberField(kind.getKey(), kind.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
