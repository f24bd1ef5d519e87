package io.cadenza.api;

import static io.cadenza.api.Endpoint.change;
import static io.cadenza.api.Endpoint.read;
import static io.cadenza.api.Endpoint.readOrPost;

import io.cadenza.api.Endpoint.Tone;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/** All that can be asked for, and where. */
final class Endpoints {
  /**
   * That of the graphite-web whose answers ours are. Grafana asks for tags and for the list of
   * functions where it is told 1.1 or later; the moving functions are those of 1.1.10, which mended
   * them.
   */
  private static final String VERSION = "1.1.10\n";

  private final FindWork find;
  private final RenderWork render;
  private final TagsWork tags;
  private final MetadataWork metadata;
  private final CadentWork cadent;
  private final FunctionsWork functions = new FunctionsWork();

  /**
   * @param steady a clock that does not jump, for the log
   */
  Endpoints(Library library, ApiLimits limits, InstantSource steady) {
    Finder finder = new Finder(library, limits.maxNodes());
    TagFinder tagFinder = new TagFinder(library);
    Points points = new Points(steady);
    find = new FindWork(library, finder);
    render = new RenderWork(finder, tagFinder, points);
    tags = new TagsWork(tagFinder, limits);
    metadata = new MetadataWork(library);
    cadent = new CadentWork(finder, points);
  }

  /**
   * All paths.
   *
   * @param base in front of them
   */
  Paths paths(String base) {
    Paths paths = new Paths(base);
    addGraphite(paths);
    addTags(paths);
    addCadent(paths);
    return paths;
  }

  private void addGraphite(Paths paths) {
    Endpoint find = readOrPost("find", Tone.TEXT, this.find::find);
    Endpoint functions = read("functions", Tone.JSON, this.functions::list);
    Endpoint function = read("functions", Tone.JSON, this.functions::details);
    paths
        .add("metrics/find", find)
        .add("metrics", readOrPost("metrics", Tone.TEXT, this::metrics))
        .add("metrics/expand", readOrPost("expand", Tone.TEXT, this.find::expand))
        .add("metrics/index.json", readOrPost("index", Tone.TEXT, this.find::index))
        .add("metrics/get-metadata", readOrPost("metadata", Tone.TEXT, metadata::get))
        .add(
            "metrics/set-metadata",
            change("metadata", Endpoint.READ_OR_POST, Tone.TEXT, metadata::set))
        .add("render", readOrPost("render", Tone.TEXT, render::render))
        .add("version", read("version", Tone.TEXT, asked -> Answer.text(200, VERSION)))
        .add("events/get_data", readOrPost("events", Tone.TEXT, Endpoints::events))
        .add("functions", functions)
        .below("functions", function);
  }

  /** Cadent's where it has a target, graphite's find otherwise: both have this path. */
  private Answer metrics(Asked asked) throws IOException {
    Parameters parameters = asked.parameters();
    boolean finds = parameters.has("query");
    boolean cadents = !parameters.all("target").isEmpty() || parameters.has("path");
    return cadents && !finds ? cadent.metrics(asked) : find.find(asked);
  }

  /** Events are not kept. */
  private static Answer events(Asked asked) throws IOException {
    return Answer.json(List.of(), asked.parameters());
  }

  private void addTags(Paths paths) {
    paths
        .add("tags", read("tags", Tone.JSON, tags::list))
        .add("tags/findSeries", readOrPost("tags", Tone.JSON, tags::findSeries))
        .add("tags/autoComplete/tags", readOrPost("tags", Tone.JSON, tags::completeTags))
        .add("tags/autoComplete/values", readOrPost("tags", Tone.JSON, tags::completeValues))
        .add("tags/tagSeries", change("tags", Endpoint.POST, Tone.JSON, tags::tagSeries))
        .add("tags/tagMultiSeries", change("tags", Endpoint.POST, Tone.JSON, tags::tagMultiSeries))
        .add("tags/delSeries", change("tags", Endpoint.POST, Tone.JSON, tags::delSeries))
        .below("tags", read("tags", Tone.JSON, tags::details));
  }

  private void addCadent(Paths paths) {
    Endpoint find = readOrPost("cadent-find", Tone.CADENT, cadent::find);
    paths
        .add("find", find)
        .add("paths", find)
        .add("expand", readOrPost("cadent-expand", Tone.CADENT, cadent::expand))
        .add("rawrender", readOrPost("cadent-raw", Tone.CADENT, cadent::raw));
  }
}
