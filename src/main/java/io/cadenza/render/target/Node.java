package io.cadenza.render.target;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a target. Never changed, so it may be evaluated again for another span of time. */
public sealed interface Node {
  /** Gives itself to the method for its kind. */
  <R> R read(Reader<R> reader);

  /** What is done with each kind. */
  interface Reader<R> {
    R path(Path path);

    R call(Call call);

    R template(Template template);

    R constant(Constant constant);
  }

  /**
   * Names of series, with globs, and variables within a template.
   *
   * @param text without the backslashes before signs that would otherwise end it
   */
  record Path(String text) implements Node {
    @Override
    public <R> R read(Reader<R> reader) {
      return reader.path(this);
    }
  }

  /**
   * A function with what it is given; what stands before a pipe is the first.
   *
   * @param raw the whole call as it is written
   */
  record Call(String name, List<Node> args, Map<String, Node> named, String raw) implements Node {
    public Call {
      args = List.copyOf(args);
      named = new LinkedHashMap<>(named);
    }

    @Override
    public <R> R read(Reader<R> reader) {
      return reader.call(this);
    }
  }

  /**
   * An expression with variables.
   *
   * @param values of variables, without the {@code $}; those without a name are {@code 1}, {@code
   *     2} ...
   */
  record Template(Node body, Map<String, Constant> values) implements Node {
    public Template {
      values = new LinkedHashMap<>(values);
    }

    @Override
    public <R> R read(Reader<R> reader) {
      return reader.template(this);
    }
  }

  /**
   * A String, Long, Double, Boolean, or null for {@code none}.
   *
   * @param value of a text in quotes all between them, backslashes too
   */
  record Constant(Object value) implements Node {
    @Override
    public <R> R read(Reader<R> reader) {
      return reader.constant(this);
    }
  }
}
