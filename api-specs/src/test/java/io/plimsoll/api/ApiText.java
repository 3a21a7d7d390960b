package io.plimsoll.api;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Everything a reader on the other side relies on, one line each, sorted:
 *
 * <pre>
 * field plimsoll.kernel.v1.Source.line = 3 uint32
 * reserved plimsoll.kernel.v1.Source 4
 * reserved plimsoll.kernel.v1.Source "column"
 * rpc plimsoll.scoring.v1.ScopeService.ListScopes (…ListScopesRequest) returns (…ListScopesResponse)
 * topic plimsoll.stages.v1 key [scope] …
 * </pre>
 */
final class ApiText {

    /** Longest run of numbers reserved by one statement. */
    private static final int RESERVED_RUN_MAX = 1000;

    private final NavigableSet<String> lines = new TreeSet<>();

    private ApiText() {}

    static NavigableSet<String> of(FileDescriptorSet set, List<Topic> topics) {
        ApiText text = new ApiText();
        set.getFileList().forEach(text::file);
        topics.forEach(text::topic);
        return text.lines;
    }

    private void topic(Topic topic) {
        lines.add("topic " + topic.name() + " key " + topic.key() + " payload " + topic.payload() + " partitions "
                + topic.partitions() + " mark " + topic.mark() + " versioned by " + topic.versionedBy());
    }

    private void file(FileDescriptorProto file) {
        lines.add("package " + file.getPackage() + " java " + file.getOptions().getJavaPackage());
        String prefix = file.getPackage() + ".";
        file.getMessageTypeList().forEach(message -> message(prefix, message));
        file.getEnumTypeList().forEach(type -> enumeration(prefix, type));
        file.getServiceList().forEach(service -> {
            String name = prefix + service.getName();
            lines.add("service " + name);
            service.getMethodList()
                    .forEach(method -> lines.add("rpc " + name + "." + method.getName() + " "
                            + side(method.getClientStreaming(), method.getInputType()) + " returns "
                            + side(method.getServerStreaming(), method.getOutputType())));
        });
    }

    private void message(String prefix, DescriptorProto message) {
        String name = prefix + message.getName();
        lines.add("message " + name);
        message.getFieldList().forEach(field -> lines.add(field(name, message, field)));
        message.getNestedTypeList().forEach(nested -> message(name + ".", nested));
        message.getEnumTypeList().forEach(nested -> enumeration(name + ".", nested));
        message.getReservedNameList().forEach(reserved -> lines.add(reserved(name, reserved)));
        // A message's range ends before its end; an enum's ends with it.
        message.getReservedRangeList().forEach(range -> reserved(name, range.getStart(), range.getEnd() - 1));
    }

    private void enumeration(String prefix, EnumDescriptorProto type) {
        String name = prefix + type.getName();
        lines.add("enum " + name);
        type.getValueList()
                .forEach(value -> lines.add("value " + name + "." + value.getName() + " = " + value.getNumber()));
        type.getReservedNameList().forEach(reserved -> lines.add(reserved(name, reserved)));
        type.getReservedRangeList().forEach(range -> reserved(name, range.getStart(), range.getEnd()));
    }

    private static String field(String name, DescriptorProto message, FieldDescriptorProto field) {
        StringBuilder line = new StringBuilder("field ")
                .append(name)
                .append('.')
                .append(field.getName())
                .append(" = ")
                .append(field.getNumber());
        if (field.getLabel() == FieldDescriptorProto.Label.LABEL_REPEATED) {
            line.append(" repeated");
        }
        if (field.getProto3Optional()) {
            line.append(" optional");
        } else if (field.hasOneofIndex()) {
            line.append(" oneof ")
                    .append(message.getOneofDecl(field.getOneofIndex()).getName());
        }
        String type = field.getTypeName().isEmpty()
                ? field.getType().name().substring("TYPE_".length()).toLowerCase(Locale.ROOT)
                : field.getTypeName().substring(1);
        return line.append(' ').append(type).toString();
    }

    private void reserved(String name, int first, int last) {
        if (last - first >= RESERVED_RUN_MAX) {
            lines.add("reserved " + name + " " + first + " to " + last);
            return;
        }
        IntStream.rangeClosed(first, last).forEach(number -> lines.add(reserved(name, number)));
    }

    static String reserved(String name, int number) {
        return "reserved " + name + " " + number;
    }

    static String reserved(String name, String field) {
        return "reserved " + name + " \"" + field + "\"";
    }

    private static String side(boolean streamed, String type) {
        return "(" + (streamed ? "stream " : "") + type.substring(1) + ")";
    }
}
