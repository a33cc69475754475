// SPDX-License-Identifier: Apache-2.0

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes calls of one method with gRPC for Java and counts what came back: Calls ADDRESS CA PATH FILE
 * COUNT. FILE has the message; CA is not looked at, since whoever calls this adds TLS.
 */
public final class Calls {
  private static final int AT_ONCE = 100;

  /** Messages are bytes already. */
  private static final class Raw implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] piece = new byte[4096];
        for (int count = stream.read(piece); count >= 0; count = stream.read(piece)) {
          bytes.write(piece, 0, count);
        }
        return bytes.toByteArray();
      } catch (IOException error) {
        throw new IllegalStateException(error);
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    String[] address = arguments[0].split(":");
    byte[] message = Files.readAllBytes(new File(arguments[3]).toPath());
    int count = Integer.parseInt(arguments[4]);
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(address[0], Integer.parseInt(address[1]))
            .usePlaintext()
            .overrideAuthority("localhost")
            .build();
    MethodDescriptor<byte[], byte[]> method =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(arguments[2].substring(1))
            .setRequestMarshaller(new Raw())
            .setResponseMarshaller(new Raw())
            .build();
    AtomicInteger good = new AtomicInteger();
    Semaphore room = new Semaphore(AT_ONCE);
    CountDownLatch left = new CountDownLatch(count);
    for (int index = 0; index < count; index++) {
      room.acquire();
      ClientCalls.asyncUnaryCall(
          channel.newCall(method, CallOptions.DEFAULT.withDeadlineAfter(1, TimeUnit.MINUTES)),
          message,
          new StreamObserver<byte[]>() {
            @Override
            public void onNext(byte[] answer) {
              if (answer.length > 0) {
                good.incrementAndGet();
              }
            }

            @Override
            public void onError(Throwable error) {
              System.err.println(error);
              onCompleted();
            }

            @Override
            public void onCompleted() {
              room.release();
              left.countDown();
            }
          });
    }
    left.await();
    System.out.println(good.get());
    channel.shutdownNow();
  }
}
