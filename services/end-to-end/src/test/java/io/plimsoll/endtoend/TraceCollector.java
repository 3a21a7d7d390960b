package io.plimsoll.endtoend;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Collects traces in this process: the one call of OTLP's trace service (opentelemetry-proto, collector/trace/v1), of which the few fields needed
 * are read by number.
 */
final class TraceCollector {

    /**
     * One step of a trace.
     *
     * @param database whether it bears what was asked of a database
     */
    record Span(String service, String trace, String id, String parent, String name, boolean database) {}

    private static final int SPANS_MAX = 50_000;

    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private final ConcurrentLinkedQueue<Span> spans = new ConcurrentLinkedQueue<>();
    private final Server server;

    TraceCollector() {
        MethodDescriptor<byte[], byte[]> export = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("opentelemetry.proto.collector.trace.v1.TraceService/Export")
                .setRequestMarshaller(BYTES)
                .setResponseMarshaller(BYTES)
                .build();
        try {
            server = ServerBuilder.forPort(0)
                    .addService(ServerServiceDefinition.builder("opentelemetry.proto.collector.trace.v1.TraceService")
                            .addMethod(export, ServerCalls.asyncUnaryCall((request, answer) -> {
                                take(request);
                                answer.onNext(new byte[0]);
                                answer.onCompleted();
                            }))
                            .build())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getPort();
    }

    List<Span> spans() {
        return List.copyOf(spans);
    }

    private void take(byte[] request) {
        try {
            for (ByteString resource : field(UnknownFieldSet.parseFrom(request), 1)) {
                UnknownFieldSet each = UnknownFieldSet.parseFrom(resource);
                String service = service(each);
                for (ByteString scope : field(each, 2)) {
                    for (ByteString span : field(UnknownFieldSet.parseFrom(scope), 2)) {
                        UnknownFieldSet fields = UnknownFieldSet.parseFrom(span);
                        if (spans.size() < SPANS_MAX) {
                            spans.add(new Span(
                                    service,
                                    hex(fields, 1),
                                    hex(fields, 2),
                                    hex(fields, 4),
                                    first(fields, 5).toStringUtf8(),
                                    database(fields)));
                        }
                    }
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The attribute service.name of a resource. */
    private static String service(UnknownFieldSet resourceSpans) throws InvalidProtocolBufferException {
        for (ByteString resource : field(resourceSpans, 1)) {
            for (ByteString attribute : field(UnknownFieldSet.parseFrom(resource), 1)) {
                UnknownFieldSet pair = UnknownFieldSet.parseFrom(attribute);
                if (first(pair, 1).toStringUtf8().equals("service.name")) {
                    return first(UnknownFieldSet.parseFrom(first(pair, 2)), 1).toStringUtf8();
                }
            }
        }
        return "";
    }

    private static boolean database(UnknownFieldSet span) throws InvalidProtocolBufferException {
        for (ByteString attribute : field(span, 9)) {
            if (first(UnknownFieldSet.parseFrom(attribute), 1).toStringUtf8().startsWith("db.system")) {
                return true;
            }
        }
        return false;
    }

    private static List<ByteString> field(UnknownFieldSet message, int number) {
        return message.getField(number).getLengthDelimitedList();
    }

    private static ByteString first(UnknownFieldSet message, int number) {
        List<ByteString> values = field(message, number);
        return values.isEmpty() ? ByteString.EMPTY : values.getFirst();
    }

    private static String hex(UnknownFieldSet message, int number) {
        return HexFormat.of().formatHex(first(message, number).toByteArray());
    }
}
