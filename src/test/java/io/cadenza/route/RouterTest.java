package io.cadenza.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadenza.bus.DestinationState;
import io.cadenza.bus.OnFull;
import io.cadenza.bus.Parcel;
import io.cadenza.bus.Parcels;
import io.cadenza.bus.Receipt;
import io.cadenza.bus.Window;
import io.cadenza.format.GraphiteFormat;
import io.cadenza.line.Invalid;
import io.cadenza.line.LineBatch;
import io.cadenza.line.LineFormat;
import io.cadenza.line.Validation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static final String A = "a/h:1";
  private static final String B = "b/h:2";
  private static final String SPLIT =
      """
      pipelines { main {
        block = [ { prefix = "blocked." } ]
        routes = [ { match { prefix = "b." }, to = [b] }, { to = [a] } ]
      } }
      clusters {
        a { policy = all, destinations = ["tcp://h:1"] }
        b { policy = all, destinations = ["tcp://h:2"] }
      }
      """;
  private static final String FAN_OUT =
      """
      pipelines {
        main { routes = [ { to = [a], continue = true }, { to = [more] } ] }
        more { rewrite = [ { old = "key", to = "other" } ], routes = [ { to = [b] } ] }
      }
      clusters {
        a { policy = all, destinations = ["tcp://h:1"] }
        b { policy = all, destinations = ["tcp://h:2"] }
      }
      """;

  /** Graphite lines, but for a mistake of ours that a question mark brings out. */
  private static final LineFormat MISTAKEN =
      new LineFormat() {
        @Override
        public String name() {
          return "mistaken";
        }

        @Override
        public long key(byte[] bytes, int start, int end) {
          return new GraphiteFormat().key(bytes, start, end);
        }

        @Override
        public Invalid check(Validation level, byte[] bytes, int keyStart, int keyEnd, int end) {
          if (bytes[keyStart] == '?') {
            throw new IllegalStateException("a mistake");
          }
          return null;
        }
      };

  @Test
  void aBatchThatBringsOutAMistakeIsCountedToTheLastLine() {
    Rig rig = new Rig(SPLIT);
    LineBatch.Builder batch = new LineBatch.Builder(MISTAKEN, 4096);
    for (String line : List.of("a.1 1 1", "b.1 1 1", "a.2 1 1", "? 1 1", "a.3 1 1")) {
      byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
      batch.add(bytes, 0, bytes.length);
    }
    Parcel<LineBatch> parcel = Parcel.of(batch.freeze(), "main");
    assertThatThrownBy(() -> rig.router.route(parcel, 0)).hasMessage("a mistake");

    rig.router.fail(parcel, 0);

    rig.router.flush();
    assertThat(rig.at(A)).isEqualTo("a.1 1 1\n");
    assertThat(rig.at(B)).isEqualTo("b.1 1 1\n");
    assertThat(rig.figure("pipelines", "main", "lines-in")).isEqualTo(5);
    assertThat(rig.figure("pipelines", "main", "lines-out")).isEqualTo(2);
  }

  @Test
  void stopsAtTheLineWhoseDestinationIsFull() {
    Rig rig = new Rig(SPLIT);
    rig.fill(B);

    int done = rig.router.route(lines("a.1", "a.2", "b.1", "a.3"), 0);

    rig.router.flush();
    assertThat(done).isEqualTo(2);
    assertThat(rig.at(A)).isEqualTo("a.1 1 1\na.2 1 1\n");
    assertThat(rig.at(B)).isEmpty();
    assertThat(rig.router.waitsFor()).isSameAs(rig.state(B).queue());
  }

  @Test
  void goesOnWhereItStopped() {
    Rig rig = new Rig(SPLIT);
    Parcel<LineBatch> parcel = lines("a.1", "a.2", "b.1", "a.3");
    rig.fill(B);
    int stopped = rig.router.route(parcel, 0);
    rig.empty(B);

    int done = rig.router.route(parcel, stopped);

    rig.router.flush();
    assertThat(done).isEqualTo(4);
    assertThat(rig.at(A)).isEqualTo("a.1 1 1\na.2 1 1\na.3 1 1\n");
    assertThat(rig.at(B)).isEqualTo("b.1 1 1\n");
    assertThat(rig.figure("pipelines", "main", "lines-in")).isEqualTo(4);
    assertThat(rig.figure("pipelines", "main", "bytes-in")).isEqualTo(32);
    assertThat(rig.figure("pipelines", "main", "lines-out")).isEqualTo(4);
    assertThat(rig.figure("pipelines", "main", "holds")).isEqualTo(1);
  }

  @Test
  void countsALineOnceThatHasToWaitAgainAndAgain() {
    Rig rig = new Rig(SPLIT);
    Parcel<LineBatch> parcel = lines("b.1", "a.1");
    rig.fill(B);

    assertThat(rig.router.route(parcel, 0)).isZero();
    assertThat(rig.router.route(parcel, 0)).isZero();
    rig.empty(B);
    assertThat(rig.router.route(parcel, 0)).isEqualTo(2);

    assertThat(rig.figure("pipelines", "main", "lines-in")).isEqualTo(2);
    assertThat(rig.figure("pipelines", "main", "lines-out")).isEqualTo(2);
  }

  @Test
  void refusesAndBlocksLinesWithoutWaiting() {
    Rig rig = new Rig(SPLIT);
    rig.fill(A);
    rig.fill(B);

    int done = rig.router.route(Rig.parcel("main", List.of("blocked.x 1 1", "a.x nan 1")), 0);

    assertThat(done).isEqualTo(2);
    assertThat(rig.figure("pipelines", "main", "blocked")).isOne();
    assertThat(rig.figure("pipelines", "main", "invalid", "nan")).isOne();
  }

  @Test
  void sendsALineEverywhereOrNowhere() {
    Rig rig = new Rig(FAN_OUT);
    Parcel<LineBatch> parcel = lines("key.1", "key.2");
    rig.fill(B);

    assertThat(rig.router.route(parcel, 0)).isZero();
    rig.router.flush();
    assertThat(rig.at(A)).isEmpty();
    assertThat(rig.figure("pipelines", "more", "lines-in")).isZero();
    rig.empty(B);
    assertThat(rig.router.route(parcel, 0)).isEqualTo(2);
    rig.router.flush();

    assertThat(rig.at(A)).isEqualTo("key.1 1 1\nkey.2 1 1\n");
    assertThat(rig.at(B)).isEqualTo("other.1 1 1\nother.2 1 1\n");
    assertThat(rig.figure("pipelines", "more", "rewritten")).isEqualTo(2);
  }

  @Test
  void isNotHeldUpByADestinationThatDropsWhatComesNow() {
    Rig rig = new Rig(FAN_OUT, name -> state(name, name.equals(B) ? OnFull.DROP_NEWEST : null));
    rig.fill(B);

    rig.route("main", "key.1 1 1", "key.2 1 1");

    assertThat(rig.at(A)).isEqualTo("key.1 1 1\nkey.2 1 1\n");
    assertThat(rig.at(B)).isEmpty();
    assertThat(rig.figure("destinations", B, "lines-in")).isEqualTo(2);
    assertThat(rig.figure("destinations", B, "dropped", "queue-full")).isEqualTo(2);
    assertThat(rig.figure("destinations", A, "dropped", "queue-full")).isZero();
  }

  @Test
  void handsOverToADestinationThatDropsTheOldestItself() {
    Rig rig = new Rig(FAN_OUT, name -> state(name, name.equals(B) ? OnFull.DROP_OLDEST : null));
    rig.fill(B);

    rig.route("main", "key.1 1 1");

    assertThat(rig.at(A)).isEqualTo("key.1 1 1\n");
    assertThat(rig.at(B)).isEqualTo("other.1 1 1\n");
  }

  @Test
  void goesOnSendingElsewhereWhileALineOfAnotherBatchWaits() {
    Rig rig = new Rig(SPLIT);
    rig.fill(B);

    int done = rig.router.route(lines("a.1", "a.2"), 0);

    assertThat(done).isEqualTo(2);
  }

  @Test
  void tellsTheSenderOfEachLineThatIsRefused() {
    Rig rig = new Rig(SPLIT);
    List<String> told = new ArrayList<>();
    Receipt receipt =
        new Receipt() {
          @Override
          public void refused(int line, Invalid why) {
            told.add(line + " " + why);
          }

          @Override
          public void done() {
            told.add("done");
          }
        };
    LineBatch batch = Rig.batch(List.of("a 1 1", "a x 1", "a 1 1", "a 1 -1"));

    rig.router.route(Parcels.of(batch, "main", new Window(1), 1, receipt), 0);

    assertThat(told).containsExactly("1 VALUE", "3 NEGATIVE_TIME");
  }

  @Test
  void countsWhatItHasToGiveUp() {
    Rig rig = new Rig(SPLIT);
    Parcel<LineBatch> parcel = lines("a.1", "b.1", "a.2");
    rig.fill(B);
    int done = rig.router.route(parcel, 0);

    rig.router.giveUp(parcel, done);

    assertThat(rig.figure("pipelines", "main", "lines-in")).isEqualTo(3);
    assertThat(rig.figure("pipelines", "main", "lines-out")).isEqualTo(1);
    assertThat(rig.figure("pipelines", "main", "dropped", "shutdown")).isEqualTo(2);
  }

  @Test
  void countsABatchWhosePipelineIsNoMore() {
    Rig rig = new Rig(SPLIT);

    rig.route("gone", "a.1 1 1", "b.1 1 1");
    rig.router.giveUp(Rig.parcel("gone", List.of("a.2 1 1", "a.3 1 1")), 1);

    assertThat(rig.figure("pipelines", "gone", "lines-in")).isEqualTo(3);
    assertThat(rig.figure("pipelines", "gone", "bytes-in")).isEqualTo(24);
    assertThat(rig.figure("pipelines", "gone", "dropped", "pipeline-gone")).isEqualTo(3);
  }

  @Test
  void countsALineWhoseKeyARewriteMakesTooLong() {
    String doubling = "{ regex = \"^(.*)$\", to = \"$1$1\" }";
    Rig rig =
        new Rig(
            "pipelines { main { rewrite = ["
                + (doubling + ", ").repeat(15)
                + doubling
                + "], routes = [ { to = [a] } ] } }\n"
                + "clusters { a { policy = all, destinations = [\"tcp://h:1\"] } }");

    rig.route("main", "four 1 1");

    assertThat(rig.at(A)).isEmpty();
    assertThat(rig.figure("pipelines", "main", "dropped", "rewrite-too-long")).isOne();
    assertThat(rig.figure("pipelines", "main", "lines-in")).isOne();
  }

  private static DestinationState state(String name, OnFull onFull) {
    return new DestinationState(name, 1 << 20, onFull == null ? OnFull.BLOCK : onFull);
  }

  /** Lines of these keys, eight bytes each with three characters of key. */
  private static Parcel<LineBatch> lines(String... keys) {
    return Rig.parcel("main", List.of(keys).stream().map(key -> key + " 1 1").toList());
  }
}
