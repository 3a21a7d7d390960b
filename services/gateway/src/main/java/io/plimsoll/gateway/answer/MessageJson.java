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
