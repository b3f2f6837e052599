// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** gRPC through the router, spoken by grpc-java on both sides. */
class RouterGrpcTest {
    private static final int MESSAGES = 50;

    private static final MethodDescriptor<String, String> REPEAT = MethodDescriptor.<String, String>newBuilder()
            .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
            .setFullMethodName("test.Echo/Repeat")
            .setRequestMarshaller(new Text())
            .setResponseMarshaller(new Text())
            .build();
    private static final MethodDescriptor<String, String> REFUSE = REPEAT.toBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("test.Echo/Refuse")
            .build();

    @TempDir
    private Path folder;

    private RouterFixture fixture;
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        fixture = new RouterFixture(folder);
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(ServerServiceDefinition.builder("test.Echo")
                        .addMethod(REPEAT, ServerCalls.asyncServerStreamingCall(RouterGrpcTest::repeat))
                        .addMethod(
                                REFUSE,
                                ServerCalls.asyncUnaryCall(
                                        (request, observer) -> observer.onError(Status.FAILED_PRECONDITION
                                                .withDescription(request)
                                                .asRuntimeException())))
                        .build())
                .build()
                .start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", fixture.port())
                .overrideAuthority(RouterFixture.SHOP)
                .sslContext(GrpcSslContexts.forClient()
                        .trustManager(fixture.authority.certificate())
                        .build())
                .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
        fixture.close();
    }

    @Test
    void streamOfMessagesAndStatusPass() {
        fixture.route(server.getPort());
        List<String> received = new ArrayList<>();

        Iterator<String> answers =
                ClientCalls.blockingServerStreamingCall(channel, REPEAT, CallOptions.DEFAULT, "hello");
        answers.forEachRemaining(received::add);

        assertThat(received).hasSize(MESSAGES).containsOnly("hello");
    }

    @Test
    void statusOfAFailedCallPasses() {
        fixture.route(server.getPort());

        assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(channel, REFUSE, CallOptions.DEFAULT, "not now"))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
                    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
                    assertThat(refused.getStatus().getDescription()).isEqualTo("not now");
                });
    }

    @Test
    void callWithoutAReplicaIsUnavailable() {
        fixture.route();

        assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(channel, REFUSE, CallOptions.DEFAULT, "x"))
                .isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
                    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
                    assertThat(refused.getStatus().getDescription()).contains("SM-INGRESS-103");
                });
    }

    private static void repeat(String request, StreamObserver<String> observer) {
        for (int i = 0; i < MESSAGES; i++) {
            observer.onNext(request);
        }
        observer.onCompleted();
    }

    /** Text as its bytes: the router does not look into messages. */
    private static final class Text implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
