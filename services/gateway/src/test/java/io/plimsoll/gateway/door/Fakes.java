package io.plimsoll.gateway.door;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.plimsoll.api.findings.v1.FindingServiceGrpc;
import io.plimsoll.api.images.v1.ImageServiceGrpc;
import io.plimsoll.api.inventory.v1.InventoryServiceGrpc;
import io.plimsoll.api.scoring.v1.ScopeServiceGrpc;
import io.plimsoll.api.scoring.v1.StageServiceGrpc;
import io.plimsoll.api.segmentation.v1.BlastServiceGrpc;
import io.plimsoll.api.segmentation.v1.ConnectionServiceGrpc;
import io.plimsoll.api.segmentation.v1.SegmentationServiceGrpc;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.problem.ProblemStatus;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * The services behind, each a real gRPC server on loopback that answers as a test tells it and remembers what it was asked. Without
 * being told, it answers UNIMPLEMENTED.
 */
@Singleton
@Startup
public final class Fakes {

    static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private static final Context.Key<Metadata> HEADERS = Context.key("headers");

    private static final Map<String, List<ServiceDescriptor>> SERVICES = Map.of(
            "inventory", List.of(InventoryServiceGrpc.getServiceDescriptor()),
            "stage-scoring",
                    List.of(
                            ScopeServiceGrpc.getServiceDescriptor(),
                            StageServiceGrpc.getServiceDescriptor(),
                            FindingServiceGrpc.getServiceDescriptor()),
            "network-segmentation",
                    List.of(
                            ConnectionServiceGrpc.getServiceDescriptor(),
                            SegmentationServiceGrpc.getServiceDescriptor(),
                            BlastServiceGrpc.getServiceDescriptor()),
            "image-scan", List.of(ImageServiceGrpc.getServiceDescriptor()),
            // A second replica of network-segmentation.
            "owner",
                    List.of(
                            ConnectionServiceGrpc.getServiceDescriptor(),
                            SegmentationServiceGrpc.getServiceDescriptor(),
                            BlastServiceGrpc.getServiceDescriptor()));

    /** One question as it arrived: a message, or all messages of a stream. */
    record Asked(Object question, Metadata headers) {
        String token() {
            return String.valueOf(headers.get(AUTHORIZATION));
        }
    }

    private final Config config;
    private final Map<String, Server> servers = new ConcurrentHashMap<>();
    private final Map<String, BiConsumer<Object, StreamObserver<Object>>> answers = new ConcurrentHashMap<>();
    private final Map<String, List<Asked>> asked = new ConcurrentHashMap<>();

    Fakes(Config config) throws IOException {
        this.config = config;
        for (String service : SERVICES.keySet()) {
            begin(service);
        }
    }

    /** Forgets what earlier tests told and asked. */
    void forget() {
        answers.clear();
        asked.clear();
    }

    <Q, A> void answer(MethodDescriptor<Q, A> method, A answer) {
        respond("", method, question -> answer);
    }

    <Q, A> void respond(MethodDescriptor<Q, A> method, Function<Q, A> answer) {
        respond("", method, answer);
    }

    void refuse(MethodDescriptor<?, ?> method, ProblemException problem) {
        answers.put(
                method.getFullMethodName(), (question, observer) -> observer.onError(ProblemStatus.toGrpc(problem)));
    }

    /** @param service one replica; empty for all */
    @SuppressWarnings("unchecked")
    <Q, A> void respond(String service, MethodDescriptor<Q, A> method, Function<Q, A> answer) {
        answers.put(service + method.getFullMethodName(), (question, observer) -> {
            try {
                observer.onNext(answer.apply((Q) question));
                observer.onCompleted();
            } catch (RuntimeException e) {
                observer.onError(e);
            }
        });
    }

    /** Takes the stream of answers into the test's own hands. */
    @SuppressWarnings("unchecked")
    <Q, A> void stream(MethodDescriptor<Q, A> method, BiConsumer<Q, ServerCallStreamObserver<A>> answer) {
        answers.put(
                method.getFullMethodName(),
                (question, observer) ->
                        answer.accept((Q) question, (ServerCallStreamObserver<A>) (StreamObserver<?>) observer));
    }

    /** Questions of this kind in the order they came. */
    List<Asked> asked(MethodDescriptor<?, ?> method) {
        List<Asked> all = asked.getOrDefault(method.getFullMethodName(), List.of());
        synchronized (all) {
            return List.copyOf(all);
        }
    }

    String address(String service) {
        return config.getValue("plimsoll.test.fake." + service, String.class);
    }

    synchronized void begin(String service) throws IOException {
        String[] address = address(service).split(":");
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(address[0], Integer.parseInt(address[1])))
                .permitKeepAliveTime(1, TimeUnit.SECONDS)
                .maxInboundMessageSize(16 << 20);
        for (ServiceDescriptor descriptor : SERVICES.getOrDefault(service, List.of())) {
            builder.addService(ServerInterceptors.intercept(definition(service, descriptor), new Remembering()));
        }
        servers.put(service, builder.build().start());
    }

    /** As if killed: connections are cut. */
    void kill(String service) throws InterruptedException {
        Server server = servers.remove(service);
        if (server != null) {
            server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    @PreDestroy
    void end() {
        servers.values().forEach(Server::shutdownNow);
    }

    private ServerServiceDefinition definition(String service, ServiceDescriptor descriptor) {
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(descriptor);
        for (MethodDescriptor<?, ?> method : descriptor.getMethods()) {
            add(definition, service, method);
        }
        return definition.build();
    }

    @SuppressWarnings("unchecked")
    private void add(ServerServiceDefinition.Builder definition, String service, MethodDescriptor<?, ?> any) {
        MethodDescriptor<Object, Object> method = (MethodDescriptor<Object, Object>) any;
        definition.addMethod(
                method,
                switch (method.getType()) {
                    case UNARY ->
                        ServerCalls.asyncUnaryCall((question, observer) -> serve(service, method, question, observer));
                    case SERVER_STREAMING ->
                        ServerCalls.asyncServerStreamingCall(
                                (question, observer) -> serve(service, method, question, observer));
                    case CLIENT_STREAMING ->
                        ServerCalls.asyncClientStreamingCall(observer -> gathering(service, method, observer));
                    case BIDI_STREAMING, UNKNOWN -> throw new IllegalStateException("no such call is offered");
                });
    }

    private StreamObserver<Object> gathering(
            String service, MethodDescriptor<Object, Object> method, StreamObserver<Object> observer) {
        List<Object> parts = new ArrayList<>();
        return new StreamObserver<>() {
            @Override
            public void onNext(Object part) {
                parts.add(part);
                remember(method.getFullMethodName() + "#begun", part);
            }

            @Override
            public void onError(Throwable failure) {
                remember(method.getFullMethodName() + "#cancelled", parts);
            }

            @Override
            public void onCompleted() {
                serve(service, method, parts, observer);
            }
        };
    }

    private void serve(
            String service, MethodDescriptor<Object, Object> method, Object question, StreamObserver<Object> observer) {
        String name = method.getFullMethodName();
        remember(name, question);
        @Nullable BiConsumer<Object, StreamObserver<Object>> answer = answers.get(service + name);
        if (answer == null) {
            answer = answers.get(name);
        }
        if (answer == null) {
            observer.onError(Status.UNIMPLEMENTED.asRuntimeException());
        } else {
            answer.accept(question, observer);
        }
    }

    /** The parts of streams as they arrive. */
    List<Asked> begun(MethodDescriptor<?, ?> method) {
        return List.copyOf(asked.getOrDefault(method.getFullMethodName() + "#begun", List.of()));
    }

    /** Uploads that were begun and not ended. */
    List<Asked> cancelled(MethodDescriptor<?, ?> method) {
        return List.copyOf(asked.getOrDefault(method.getFullMethodName() + "#cancelled", List.of()));
    }

    private void remember(String name, Object question) {
        Metadata headers = HEADERS.get();
        asked.computeIfAbsent(name, each -> Collections.synchronizedList(new ArrayList<>()))
                .add(new Asked(question, headers == null ? new Metadata() : headers));
    }

    private static final class Remembering implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            return Contexts.interceptCall(Context.current().withValue(HEADERS, headers), call, headers, next);
        }
    }
}
