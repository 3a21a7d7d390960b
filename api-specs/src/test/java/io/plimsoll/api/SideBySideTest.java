package io.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Two versions side by side, on the wire: what the version before writes is read by this one whole, and what this one writes is read by the version
 * before in all that it knows. {@code baseline/before.binpb} is what protoc understood of the version before; {@code -Pgolden
 * -Dplimsoll.before=FOLDER} writes it from a folder of that version.
 */
class SideBySideTest {

    private static final Path BEFORE = Path.of("baseline/before.binpb");
    /** Messages hold messages; below this depth nothing is filled. */
    private static final int DEEP = 4;

    private static Map<String, Descriptor> before() throws IOException {
        String folder = System.getProperty("plimsoll.before", "");
        if (Boolean.getBoolean("plimsoll.golden") && !folder.isEmpty()) {
            FileDescriptorSet.Builder bare = FileDescriptorSet.newBuilder();
            for (FileDescriptorProto file :
                    Protos.in(Path.of(folder, "api-specs/proto")).getFileList()) {
                bare.addFile(file.toBuilder().clearSourceCodeInfo());
            }
            Files.write(BEFORE, bare.build().toByteArray());
        }
        return messages(FileDescriptorSet.parseFrom(Files.readAllBytes(BEFORE)));
    }

    @Test
    void whatTheVersionBeforeWritesIsReadWhole() throws IOException {
        Map<String, Descriptor> now = messages(Protos.own());
        for (Map.Entry<String, Descriptor> each : before().entrySet()) {
            Descriptor reader = now.get(each.getKey());
            assertThat(reader).as(each.getKey()).isNotNull();
            DynamicMessage written = filled(each.getValue(), DEEP);
            DynamicMessage read = DynamicMessage.parseFrom(reader, written.toByteString());
            assertThat(strangers(read))
                    .as(each.getKey() + ": what this version does not know")
                    .isEmpty();
            assertThat(values(read)).as(each.getKey()).isEqualTo(values(written));
            assertThat(DynamicMessage.parseFrom(each.getValue(), read.toByteString()))
                    .as("%s, handed on", each.getKey())
                    .isEqualTo(written);
        }
    }

    @Test
    void whatThisVersionWritesIsReadByTheOneBeforeInAllItKnows() throws IOException {
        Map<String, Descriptor> now = messages(Protos.own());
        int additions = 0;
        for (Map.Entry<String, Descriptor> each : before().entrySet()) {
            DynamicMessage written = filled(now.get(each.getKey()), DEEP);
            DynamicMessage read = DynamicMessage.parseFrom(each.getValue(), written.toByteString());
            Map<String, Object> known = values(read);
            additions += values(written).size() - known.size();
            assertThat(values(written)).as(each.getKey()).containsAllEntriesOf(known);
            assertThat(known.keySet())
                    .as("%s: each field it knows is there", each.getKey())
                    .containsAll(values(filled(each.getValue(), DEEP)).keySet().stream()
                            .filter(field -> !field.contains("|"))
                            .toList());
            // What it does not know it hands on.
            assertThat(DynamicMessage.parseFrom(now.get(each.getKey()), read.toByteString()))
                    .as("%s, handed on", each.getKey())
                    .isEqualTo(written);
        }
        assertThat(additions).as("the two versions differ, or nothing is shown").isPositive();
    }

    @Test
    void callsOfTheVersionBeforeAreThere() throws IOException {
        var calls = ApiText.of(Protos.own(), Topic.own());
        var earlier = ApiText.of(FileDescriptorSet.parseFrom(Files.readAllBytes(BEFORE)), List.of());
        assertThat(calls).containsAll(earlier);
        assertThat(earlier).anyMatch(line -> line.startsWith("rpc "));
    }

    /** Every field is set, to a value that is told from others by its number; of a oneof the last. */
    private static DynamicMessage filled(Descriptor type, int depth) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        for (FieldDescriptor field : type.getFields()) {
            // Of messages one, of plain values two.
            boolean many = field.isRepeated() && field.getJavaType() != FieldDescriptor.JavaType.MESSAGE;
            for (int n = 0; n < (many ? 2 : 1); n++) {
                value(field, depth, n).ifPresent(value -> {
                    if (field.isRepeated()) {
                        message.addRepeatedField(field, value);
                    } else {
                        message.setField(field, value);
                    }
                });
            }
        }
        return message.build();
    }

    private static Optional<Object> value(FieldDescriptor field, int depth, int n) {
        int number = field.getNumber() * 10 + n + 1;
        return Optional.ofNullable(
                switch (field.getJavaType()) {
                    case INT -> number;
                    case LONG -> (long) number << 33;
                    case FLOAT -> number + 0.5f;
                    case DOUBLE -> number + 0.25;
                    case BOOLEAN -> true;
                    case STRING -> field.getName() + number;
                    case BYTE_STRING -> ByteString.copyFromUtf8(field.getName() + number);
                    case ENUM -> {
                        // The first that is not UNSPECIFIED: one that both versions have.
                        List<EnumValueDescriptor> values = field.getEnumType().getValues();
                        yield values.get(Math.min(1, values.size() - 1));
                    }
                    case MESSAGE -> depth == 0 ? null : filled(field.getMessageType(), depth - 1);
                });
    }

    /** What a message says, by path; {@code oneof|} marks a field that another may stand for. */
    private static Map<String, Object> values(Message message) {
        Map<String, Object> values = new TreeMap<>();
        message.getAllFields().forEach((field, value) -> {
            String name = field.getRealContainingOneof() == null
                    ? field.getName()
                    : field.getRealContainingOneof().getName() + "|" + field.getName();
            List<?> items = value instanceof List<?> list ? list : List.of(value);
            for (int n = 0; n < items.size(); n++) {
                String path = name + "[" + n + "]";
                if (items.get(n) instanceof Message inner) {
                    values.put(path, "");
                    values(inner).forEach((below, leaf) -> values.put(path + "." + below, leaf));
                } else if (items.get(n) instanceof EnumValueDescriptor named) {
                    values.put(path, named.getName());
                } else {
                    values.put(path, items.get(n));
                }
            }
        });
        return values;
    }

    /** Numbers that a reader did not know, at any depth. */
    private static List<String> strangers(Message message) {
        List<String> found = new ArrayList<>();
        UnknownFieldSet unknown = message.getUnknownFields();
        unknown.asMap()
                .keySet()
                .forEach(number -> found.add(message.getDescriptorForType().getFullName() + " " + number));
        message.getAllFields().values().forEach(value -> {
            for (Object each : value instanceof List<?> list ? list : List.of(value)) {
                if (each instanceof Message inner) {
                    found.addAll(strangers(inner));
                }
            }
        });
        return found;
    }

    private static Map<String, Descriptor> messages(FileDescriptorSet set) {
        Map<String, FileDescriptorProto> files = new LinkedHashMap<>();
        set.getFileList().forEach(file -> files.put(file.getName(), file));
        Map<String, FileDescriptor> built = new LinkedHashMap<>();
        built.put("google/protobuf/timestamp.proto", TimestampProto.getDescriptor());
        Map<String, Descriptor> messages = new TreeMap<>();
        for (String name : files.keySet()) {
            file(name, files, built).getMessageTypes().forEach(type -> messages(type, messages));
        }
        return messages;
    }

    private static void messages(Descriptor type, Map<String, Descriptor> messages) {
        if (!type.getOptions().getMapEntry()) {
            messages.put(type.getFullName(), type);
        }
        type.getNestedTypes().forEach(inner -> messages(inner, messages));
    }

    private static FileDescriptor file(
            String name, Map<String, FileDescriptorProto> files, Map<String, FileDescriptor> built) {
        FileDescriptor done = built.get(name);
        if (done != null) {
            return done;
        }
        FileDescriptorProto file = files.get(name);
        if (file == null) {
            throw new AssertionError("no such file: " + name);
        }
        try {
            FileDescriptor made = FileDescriptor.buildFrom(
                    file,
                    file.getDependencyList().stream()
                            .map(each -> file(each, files, built))
                            .toArray(FileDescriptor[]::new));
            built.put(name, made);
            return made;
        } catch (DescriptorValidationException e) {
            throw new AssertionError(name, e);
        }
    }
}
