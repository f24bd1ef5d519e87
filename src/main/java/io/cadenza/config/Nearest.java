package io.cadenza.config;

import java.util.Collection;

/** The known word that a misspelt one was most likely meant to be. */
final class Nearest {
  private Nearest() {}

  /** The nearest of the known words, or an empty string when none is near. */
  static String to(String word, Collection<String> known) {
    String nearest = "";
    int bound = Math.max(1, (word.length() + 1) / 3);
    for (String candidate : known) {
      int distance = distance(word, candidate);
      if (distance <= bound) {
        nearest = candidate;
        bound = distance - 1;
      }
    }
    return nearest;
  }

  /** How many letters must be put in, taken out or changed: Levenshtein's distance. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
