package io.plimsoll.api;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** How a proto of Plimsoll is written. Each problem is one line: file, place, what is wrong. */
final class ProtoLint {

    private static final Pattern PACKAGE = Pattern.compile("plimsoll\\.([a-z][a-z0-9]*)\\.v[1-9][0-9]*");
    private static final Pattern PASCAL = Pattern.compile("([A-Z][a-z0-9]+)+");
    private static final Pattern LOWER_SNAKE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
    private static final Pattern UPPER_SNAKE = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");

    private final Map<String, DescriptorProto> messages = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private ProtoLint() {}

    static List<String> problems(FileDescriptorSet set) {
        ProtoLint lint = new ProtoLint();
        for (FileDescriptorProto file : set.getFileList()) {
            for (DescriptorProto message : file.getMessageTypeList()) {
                lint.messages.put("." + file.getPackage() + "." + message.getName(), message);
            }
        }
        set.getFileList().forEach(lint::file);
        return lint.problems;
    }

    private void file(FileDescriptorProto file) {
        Comments comments = new Comments(file);
        String folder = file.getName().contains("/")
                ? file.getName().substring(0, file.getName().lastIndexOf('/'))
                : "";
        check(file, "syntax", file.getSyntax().equals("proto3"), "is not proto3");
        check(file, "package", PACKAGE.matcher(file.getPackage()).matches(), "is not plimsoll.<area>.v<number>");
        check(file, "package", file.getPackage().equals(folder.replace('/', '.')), "is not its folder " + folder);
        String java = "io.plimsoll.api." + file.getPackage().replaceFirst("^plimsoll\\.", "");
        check(file, "java_package", file.getOptions().getJavaPackage().equals(java), "is not " + java);
        check(file, "java_multiple_files", file.getOptions().getJavaMultipleFiles(), "is not true");
        for (int i = 0; i < file.getMessageTypeCount(); i++) {
            message(file, comments, file.getMessageType(i), List.of(4, i));
        }
        for (int i = 0; i < file.getEnumTypeCount(); i++) {
            enumeration(file, comments, file.getEnumType(i), List.of(5, i));
        }
        for (int i = 0; i < file.getServiceCount(); i++) {
            service(file, comments, file.getService(i), List.of(6, i));
        }
    }

    private void message(FileDescriptorProto file, Comments comments, DescriptorProto message, List<Integer> path) {
        if (message.getOptions().getMapEntry()) {
            return;
        }
        String name = message.getName();
        check(file, name, PASCAL.matcher(name).matches(), "is not PascalCase");
        check(file, name, comments.leads(path), "has no comment before it");
        check(file, name, comments.everyReservedHasItsReason(path, 9, 10), "reserves without saying why");
        for (int i = 0; i < message.getFieldCount(); i++) {
            FieldDescriptorProto field = message.getField(i);
            String place = name + "." + field.getName();
            check(file, place, LOWER_SNAKE.matcher(field.getName()).matches(), "is not lower_snake");
            check(file, place, field.getLabel() != FieldDescriptorProto.Label.LABEL_REQUIRED, "is required");
            check(file, place, comments.leadsOrTrails(plus(path, 2, i)), "has no comment");
        }
        for (int i = 0; i < message.getOneofDeclCount(); i++) {
            String oneof = message.getOneofDecl(i).getName();
            // A leading underscore marks the hidden oneof of an optional field.
            boolean hidden = oneof.startsWith("_");
            check(file, name + "." + oneof, hidden || LOWER_SNAKE.matcher(oneof).matches(), "is not lower_snake");
        }
        for (int i = 0; i < message.getNestedTypeCount(); i++) {
            message(file, comments, message.getNestedType(i), plus(path, 3, i));
        }
        for (int i = 0; i < message.getEnumTypeCount(); i++) {
            enumeration(file, comments, message.getEnumType(i), plus(path, 4, i));
        }
    }

    private void enumeration(
            FileDescriptorProto file, Comments comments, EnumDescriptorProto type, List<Integer> path) {
        String name = type.getName();
        String prefix = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT) + "_";
        check(file, name, PASCAL.matcher(name).matches(), "is not PascalCase");
        check(file, name, comments.leads(path), "has no comment before it");
        check(file, name, comments.everyReservedHasItsReason(path, 4, 5), "reserves without saying why");
        EnumValueDescriptorProto first = type.getValue(0);
        boolean unspecified = first.getNumber() == 0 && first.getName().equals(prefix + "UNSPECIFIED");
        check(file, name, unspecified, "does not start with " + prefix + "UNSPECIFIED = 0");
        for (int i = 0; i < type.getValueCount(); i++) {
            String value = type.getValue(i).getName();
            check(file, name + "." + value, value.startsWith(prefix), "does not start with " + prefix);
            check(file, name + "." + value, UPPER_SNAKE.matcher(value).matches(), "is not UPPER_SNAKE");
            check(file, name + "." + value, i == 0 || comments.leadsOrTrails(plus(path, 2, i)), "has no comment");
        }
    }

    private void service(
            FileDescriptorProto file, Comments comments, ServiceDescriptorProto service, List<Integer> path) {
        String name = service.getName();
        check(file, name, PASCAL.matcher(name).matches(), "is not PascalCase");
        check(file, name, name.endsWith("Service"), "does not end with Service");
        check(file, name, comments.leads(path), "has no comment before it");
        for (int i = 0; i < service.getMethodCount(); i++) {
            MethodDescriptorProto method = service.getMethod(i);
            String place = name + "." + method.getName();
            check(file, place, PASCAL.matcher(method.getName()).matches(), "is not PascalCase");
            check(file, place, comments.leads(plus(path, 2, i)), "has no comment before it");
            String own = "." + file.getPackage() + "." + method.getName();
            check(file, place, method.getInputType().equals(own + "Request"), "does not take its own Request");
            check(file, place, method.getOutputType().equals(own + "Response"), "does not answer its own Response");
            if (method.getName().startsWith("List")) {
                paged(file, place, method);
            }
        }
    }

    private void paged(FileDescriptorProto file, String place, MethodDescriptorProto method) {
        DescriptorProto request = messages.get(method.getInputType());
        DescriptorProto response = messages.get(method.getOutputType());
        check(file, place, has(request, "page_size", FieldDescriptorProto.Type.TYPE_UINT32), "has no page_size");
        check(file, place, has(request, "page_token", FieldDescriptorProto.Type.TYPE_STRING), "has no page_token");
        boolean next = has(response, "next_page_token", FieldDescriptorProto.Type.TYPE_STRING);
        check(file, place, next, "answers no next_page_token");
        check(file, place, !method.getServerStreaming(), "is both paged and streamed");
    }

    private static boolean has(DescriptorProto message, String field, FieldDescriptorProto.Type type) {
        return message != null
                && message.getFieldList().stream().anyMatch(f -> f.getName().equals(field) && f.getType() == type);
    }

    private void check(FileDescriptorProto file, String place, boolean holds, String problem) {
        if (!holds) {
            problems.add(file.getName() + ": " + place + " " + problem);
        }
    }

    private static List<Integer> plus(List<Integer> path, int... more) {
        List<Integer> longer = new ArrayList<>(path);
        for (int part : more) {
            longer.add(part);
        }
        return longer;
    }

    /** The comments of one file by the path of what they belong to. */
    private static final class Comments {

        private final List<Location> locations;
        private final Set<List<Integer>> leading = new HashSet<>();
        private final Set<List<Integer>> trailing = new HashSet<>();

        Comments(FileDescriptorProto file) {
            locations = file.getSourceCodeInfo().getLocationList();
            for (Location location : locations) {
                if (!location.getLeadingComments().isBlank()) {
                    leading.add(List.copyOf(location.getPathList()));
                }
                if (!location.getTrailingComments().isBlank()) {
                    trailing.add(List.copyOf(location.getPathList()));
                }
            }
        }

        boolean leads(List<Integer> path) {
            return leading.contains(path);
        }

        boolean leadsOrTrails(List<Integer> path) {
            return leading.contains(path) || trailing.contains(path);
        }

        /** A number and its name are often reserved on one line; one comment on that line speaks for both. */
        boolean everyReservedHasItsReason(List<Integer> parent, int ranges, int names) {
            Set<List<Integer>> statements = Set.of(plus(parent, ranges), plus(parent, names));
            Set<Integer> all = new HashSet<>();
            Set<Integer> explained = new HashSet<>();
            for (Location location : locations) {
                if (statements.contains(location.getPathList())) {
                    int line = location.getSpan(0);
                    all.add(line);
                    if (!location.getLeadingComments().isBlank()
                            || !location.getTrailingComments().isBlank()) {
                        explained.add(line);
                    }
                }
            }
            return explained.containsAll(all);
        }
    }
}
