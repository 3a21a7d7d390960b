package io.plimsoll.gateway.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.plimsoll.api.kernel.v1.Revision;
import io.plimsoll.api.kernel.v1.ScopeRef;
import io.plimsoll.wire.KernelCodec;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Messages for which there is no other shape than the contract's own: fields in the order of their numbers, what is absent left
 * out, words as {@link Words} spells them.
 */
public final class MessageJson {

    private MessageJson() {}

    public static void message(JsonGenerator json, Message message) throws IOException {
        json.writeStartObject();
        for (Map.Entry<FieldDescriptor, Object> each : message.getAllFields().entrySet()) {
            FieldDescriptor field = each.getKey();
            json.writeFieldName(field.getJsonName());
            if (field.isRepeated()) {
                json.writeStartArray();
                for (Object element : (List<?>) each.getValue()) {
                    value(json, element);
                }
                json.writeEndArray();
            } else {
                value(json, each.getValue());
            }
        }
        json.writeEndObject();
    }

    /**
     * A message in which nothing that counts is left out: numbers, truths and lists stand there even where they are 0, false or empty. Texts and
     * words that are absent are left out, as are members of a choice that was not taken.
     */
    public static void whole(JsonGenerator json, Message message) throws IOException {
        json.writeStartObject();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (isSaid(message, field)) {
                json.writeFieldName(field.getJsonName());
                wholeField(json, message, field);
            }
        }
        json.writeEndObject();
    }

    /** A page that says more than its items: the first list of the answer is {@code items}, all else follows as in {@link #whole}. */
    public static byte[] page(Message answer) {
        return JsonText.of(json -> {
            List<FieldDescriptor> fields = answer.getDescriptorForType().getFields();
            FieldDescriptor items = fields.getFirst();
            json.writeStartObject();
            json.writeFieldName("items");
            wholeField(json, answer, items);
            for (FieldDescriptor field : fields.subList(1, fields.size())) {
                if (isSaid(answer, field) || field.getName().equals("next_page_token")) {
                    json.writeFieldName(field.getJsonName());
                    wholeField(json, answer, field);
                }
            }
            json.writeEndObject();
        });
    }

    private static boolean isSaid(Message message, FieldDescriptor field) {
        if (field.isRepeated()) {
            return true;
        }
        if (field.hasPresence()) {
            return message.hasField(field);
        }
        return switch (field.getJavaType()) {
            case INT, LONG, FLOAT, DOUBLE, BOOLEAN -> true;
            case STRING, BYTE_STRING, ENUM, MESSAGE -> message.hasField(field);
        };
    }

    private static void wholeField(JsonGenerator json, Message message, FieldDescriptor field) throws IOException {
        if (!field.isRepeated()) {
            wholeValue(json, message.getField(field));
            return;
        }
        json.writeStartArray();
        for (Object element : (List<?>) message.getField(field)) {
            wholeValue(json, element);
        }
        json.writeEndArray();
    }

    private static void wholeValue(JsonGenerator json, Object value) throws IOException {
        boolean spelled = value instanceof Timestamp || value instanceof ScopeRef || value instanceof Revision;
        if (value instanceof Message message && !spelled) {
            whole(json, message);
        } else {
            value(json, value);
        }
    }

    private static void value(JsonGenerator json, Object value) throws IOException {
        switch (value) {
            case EnumValueDescriptor word -> json.writeString(word(word));
            case Timestamp time -> json.writeString(Words.instant(true, time));
            case ScopeRef scope -> json.writeString(Words.scope(scope));
            case Revision revision -> json.writeString(Words.revision(revision));
            case Message message -> message(json, message);
            case ByteString bytes -> json.writeString(KernelCodec.hex(bytes));
            case String text -> json.writeString(text);
            case Boolean truth -> json.writeBoolean(truth);
            case Integer number -> json.writeNumber(Integer.toUnsignedLong(number));
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            default -> throw new IllegalStateException("no JSON for " + value.getClass());
        }
    }

    private static String word(EnumValueDescriptor value) {
        String type = value.getType().getName();
        String prefix = type.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT) + "_";
        String name = value.getName();
        return name.startsWith(prefix)
                ? name.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '-')
                : name;
    }
}
