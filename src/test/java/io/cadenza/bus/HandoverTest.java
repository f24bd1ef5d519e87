package io.cadenza.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadenza.line.Invalid;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandoverTest {
  private Vertx vertx;

  @BeforeEach
  void startBus() {
    vertx = Vertx.vertx();
    Handover.register(vertx.eventBus());
  }

  @AfterEach
  void stopBus() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void bringsTheVeryObjectAndNotACopy() throws Exception {
    byte[] load = {1, 2, 3};
    Window window = new Window(10);

    Parcel<byte[]> got = received(new Lane<>(vertx.eventBus(), "there", window), load, null);

    assertThat(got.load()).isSameAs(load);
    assertThat(got.into()).isEqualTo("main");
  }

  @Test
  void keepsTheRoomUntilTheReceiverIsDone() throws Exception {
    Window window = new Window(10);
    Parcel<byte[]> got = received(new Lane<>(vertx.eventBus(), "there", window), new byte[3], null);

    assertThat(window.taken()).isEqualTo(3);
    got.done();
    assertThat(window.taken()).isZero();
  }

  @Test
  void saysWhenTheBoundIsReached() {
    vertx.eventBus().<Parcel<byte[]>>localConsumer("there", message -> {});
    Lane<byte[]> lane = new Lane<>(vertx.eventBus(), "there", new Window(10));

    assertThat(lane.send(new byte[6], "main", 6)).isTrue();
    assertThat(lane.send(new byte[6], "main", 6)).isFalse();
  }

  @Test
  void tellsTheSenderWhatBecameOfIt() throws Exception {
    List<String> told = new ArrayList<>();
    Receipt receipt =
        new Receipt() {
          @Override
          public void refused(int line, Invalid why) {
            told.add(line + " " + why.label());
          }

          @Override
          public void done() {
            told.add("done");
          }
        };
    Parcel<byte[]> got =
        received(new Lane<>(vertx.eventBus(), "there", new Window(10)), new byte[1], receipt);

    got.refused(4, Invalid.NAN);
    got.done();

    assertThat(told).containsExactly("4 nan", "done");
  }

  private Parcel<byte[]> received(Lane<byte[]> lane, byte[] load, Receipt receipt)
      throws Exception {
    CompletableFuture<Parcel<byte[]>> got = new CompletableFuture<>();
    vertx.eventBus().<Parcel<byte[]>>localConsumer("there", m -> got.complete(m.body()));
    lane.send(load, "main", load.length, receipt);
    return got.get(20, TimeUnit.SECONDS);
  }
}
