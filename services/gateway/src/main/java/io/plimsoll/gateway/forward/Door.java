package io.plimsoll.gateway.forward;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.plimsoll.gateway.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;

/** One service of the contract, offered here and answered elsewhere; its messages are not read. */
abstract class Door implements BindableService {

    private final ServiceDescriptor offered;
    private final Upstream upstream;
    private final Forwarding forwarding;

    Door(ServiceDescriptor offered, Upstream upstream, Forwarding forwarding) {
        this.offered = offered;
        this.upstream = upstream;
        this.forwarding = forwarding;
    }

    @Override
    public final ServerServiceDefinition bindService() {
        List<MethodDescriptor<byte[], byte[]>> methods = new ArrayList<>();
        // The schema stays: reflection tells callers what the messages are.
        ServiceDescriptor.Builder descriptor =
                ServiceDescriptor.newBuilder(offered.getName()).setSchemaDescriptor(offered.getSchemaDescriptor());
        for (MethodDescriptor<?, ?> method : offered.getMethods()) {
            MethodDescriptor<byte[], byte[]> asBytes =
                    method.toBuilder(Bytes.MARSHALLER, Bytes.MARSHALLER).build();
            methods.add(asBytes);
            descriptor.addMethod(asBytes);
        }
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(descriptor.build());
        for (MethodDescriptor<byte[], byte[]> method : methods) {
            definition.addMethod(method, (call, headers) -> forwarding.forward(upstream, method, call, headers));
        }
        return definition.build();
    }
}
