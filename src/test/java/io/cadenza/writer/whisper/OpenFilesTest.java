package io.cadenza.writer.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
  private final OpenFiles open = new OpenFiles(3);
  private final List<SeriesFile> all = new ArrayList<>();

  private SeriesFile file() {
    SeriesFile file = new SeriesFile(new Object());
    all.add(file);
    return file;
  }

  private long kept() {
    return all.stream().filter(SeriesFile::isKept).count();
  }

  @Test
  void thoseThatAreWrittenInTurnStay() {
    List<SeriesFile> files = List.of(file(), file(), file(), file(), file());
    for (int round = 0; round < 10; round++) {
      for (SeriesFile one : files) {
        open.done(one, 60L * round);
      }

      assertThat(files.stream().map(SeriesFile::isKept))
          .containsExactly(true, true, true, false, false);
    }
  }

  @Test
  void oneThatIsNotWrittenToSinceAnotherWasGivesWay() {
    List<SeriesFile> files = List.of(file(), file(), file());
    files.forEach(one -> open.done(one, 0));
    SeriesFile fourth = file();
    SeriesFile fifth = file();
    SeriesFile sixth = file();

    for (int minute = 60; minute <= 240; minute += 60) {
      open.done(files.get(1), minute);
      open.done(fourth, minute + 1);
      open.done(fifth, minute + 2);
      open.done(sixth, minute + 3);
    }

    assertThat(all.stream().map(SeriesFile::isKept))
        .containsExactly(false, true, false, true, true, false);
    assertThat(open.count()).isEqualTo(3);
  }

  @Test
  void keepsCountWhateverHappens() {
    Random random = new Random(5);
    for (int i = 0; i < 40; i++) {
      file();
    }
    for (int i = 0; i < 5000; i++) {
      SeriesFile one = all.get(random.nextInt(all.size()));
      switch (random.nextInt(20)) {
        case 0 -> open.drop(one);
        case 1 -> open.sweep(i * 10L, 5);
        default -> open.done(one, i * 10L);
      }
      assertThat(open.count()).isEqualTo((int) kept()).isLessThanOrEqualTo(3);
    }
    open.close();
    assertThat(kept()).isZero();
  }
}
