package io.cadenza.writer.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** As Python's ConfigParser and carbon's order of sections have it. */
class ConfTextTest {
  private final List<String> wrong = new ArrayList<>();

  private List<Section> read(String text) {
    return ConfText.read(text, (line, problem) -> wrong.add(line + ": " + problem));
  }

  @Test
  void readsSectionsInTheirOrder() {
    List<Section> sections =
        read(
            """
            # comment
            [b]
            Pattern = ^b\\.
            retentions: 10s:1d
              , 1m:7d

            ; another
            [a b]
            pattern= a = b
            empty =
            """);

    assertThat(sections)
        .containsExactly(
            new Section("b", 2, Map.of("pattern", "^b\\.", "retentions", "10s:1d\n, 1m:7d")),
            new Section("a b", 8, Map.of("pattern", "a = b", "empty", "")));
    assertThat(wrong).isEmpty();
  }

  @Test
  void aPercentSignIsWrittenTwice() {
    List<Section> sections =
        read("[DEFAULT]\nname = x\n[a]\npattern = %(name)s%%y%(own)s\nown = z\n[b]\nname = q%\n");

    assertThat(sections.get(1).options())
        .containsEntry("pattern", "x%yz")
        .containsEntry("own", "z");
    assertThat(wrong).containsExactly("6: [b] has a single % in \"q%\"; write %%");
  }

  @Test
  void anEndlessReferenceIsAProblem() {
    read("[a]\nx = %(y)s\ny = %(x)s\n");

    assertThat(wrong).hasSize(2).allMatch(one -> one.contains("single %"));
  }

  @Test
  void tellsEveryLineThatIsWrong() {
    read("a = b\n[one]\nnonsense\n= value\nx = 1\nX = 2\n[one]\n[two] behind\ny = 1\n");

    assertThat(wrong)
        .containsExactly(
            "1: there is no [section] in front of it",
            "3: \"nonsense\" is no option; write name = value",
            "4: \"= value\" is no option; write name = value",
            "6: [one] has x already",
            "7: there is a section [one] already",
            "8: there is something behind [two]");
  }
}
