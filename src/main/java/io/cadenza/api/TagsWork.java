package io.cadenza.api;

import io.cadenza.index.TagValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Graphite's {@code /tags}: also what a graphite-web asks that has us as its HttpTagDB. */
final class TagsWork {
  /** How many suggestions there are if nothing is said, as in graphite. */
  private static final int SUGGESTIONS = 100;

  private final TagFinder finder;
  private final ApiLimits limits;

  TagsWork(TagFinder finder, ApiLimits limits) {
    this.finder = finder;
    this.limits = limits;
  }

  Answer tagSeries(Asked asked) throws IOException {
    String path = asked.parameters().last("path", "");
    if (path.isEmpty()) {
      throw new Refusal(400, "no path specified");
    }
    return Answer.json(finder.tagSeries(path), asked.parameters());
  }

  /** One that is none does not keep the others out, as carbon sends a hundred of them together. */
  Answer tagMultiSeries(Asked asked) throws IOException {
    List<String> paths = paths(asked, "no paths specified");
    List<String> normal = new ArrayList<>();
    Refusal wrong = null;
    for (String path : paths) {
      try {
        normal.add(finder.tagSeries(path));
      } catch (Refusal refusal) {
        wrong = refusal;
      }
    }
    if (wrong != null) {
      throw wrong;
    }
    return Answer.json(normal, asked.parameters());
  }

  Answer delSeries(Asked asked) throws IOException {
    paths(asked, "no path specified").forEach(finder::delSeries);
    return Answer.json(true, asked.parameters());
  }

  private static List<String> paths(Asked asked, String missing) {
    List<String> paths = asked.parameters().all("path");
    if (paths.isEmpty()) {
      throw new Refusal(400, missing);
    }
    return paths;
  }

  Answer findSeries(Asked asked) throws IOException {
    List<String> expressions = asked.parameters().all("expr");
    if (expressions.isEmpty()) {
      throw new Refusal(400, "no tag expressions specified");
    }
    return Answer.json(finder.findSeries(expressions, limits.maxNodes()), asked.parameters());
  }

  Answer list(Asked asked) throws IOException {
    Parameters parameters = asked.parameters();
    List<Object> tags = new ArrayList<>();
    for (String tag : finder.tags(filter(parameters), limit(parameters, limits.maxNodes()))) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("tag", tag);
      tags.add(entry);
    }
    return Answer.json(tags, parameters);
  }

  Answer details(Asked asked) throws IOException {
    Parameters parameters = asked.parameters();
    String tag = asked.rest();
    if (!finder.hasTag(tag)) {
      return Answer.json(null, parameters);
    }
    List<Object> values = new ArrayList<>();
    int limit = limit(parameters, limits.maxNodes());
    for (TagValue value : finder.values(tag, filter(parameters), limit)) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("value", value.value());
      entry.put("count", value.count());
      values.add(entry);
    }
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("tag", tag);
    details.put("values", values);
    return Answer.json(details, parameters);
  }

  private static String filter(Parameters parameters) {
    String filter = parameters.last("filter", "");
    return filter.isEmpty() ? null : filter;
  }

  Answer completeTags(Asked asked) throws IOException {
    Parameters parameters = asked.parameters();
    String prefix = parameters.last("tagPrefix", "");
    int limit = limit(parameters, SUGGESTIONS);
    return Answer.json(finder.autoCompleteTags(parameters.all("expr"), prefix, limit), parameters);
  }

  Answer completeValues(Asked asked) throws IOException {
    Parameters parameters = asked.parameters();
    String tag = parameters.last("tag", "");
    if (tag.isEmpty()) {
      throw new Refusal(400, "no tag specified");
    }
    String prefix = parameters.last("valuePrefix", "");
    int limit = limit(parameters, SUGGESTIONS);
    return Answer.json(
        finder.autoCompleteValues(parameters.all("expr"), tag, prefix, limit), parameters);
  }

  private int limit(Parameters parameters, int absent) {
    boolean given = !parameters.last("limit", "").isEmpty();
    int wanted = given ? parameters.number("limit", absent) : absent;
    return Math.max(0, Math.min(wanted, limits.maxNodes()));
  }
}
