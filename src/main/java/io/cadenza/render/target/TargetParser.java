package io.cadenza.render.target;

import io.cadenza.render.RenderException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads targets by recursive descent, with a bound for what is nested. The grammar is graphite's:
 * calls in calls, pipes, texts in either quotes, numbers, {@code true false none inf}, named
 * parameters, {@code template(...)}, and paths with globs. Other than graphite, which passes over
 * all that it can't read, it tells where the mistake is.
 */
public final class TargetParser {
  /** Calls, pipes and templates within each other. */
  private static final int DEEPEST = 250;

  private static final int LONGEST = 1 << 20;

  private final TargetText text;
  private int depth;

  private TargetParser(String target) {
    this.text = new TargetText(target);
  }

  /**
   * The tree of a target.
   *
   * @throws RenderException when it is none, with the column, counted from 0, and what was expected
   */
  public static Node parse(String target) {
    if (target.length() > LONGEST) {
      throw RenderException.invalid("Target of " + target.length() + " characters");
    }
    TargetParser parser = new TargetParser(target);
    Node node = parser.expression();
    parser.text.skipBlanks();
    if (!parser.text.atEnd()) {
      throw parser.text.expected("the end or a pipe");
    }
    return node;
  }

  /**
   * The first path in a name that looks like a call, {@code a.b} in {@code scale(a.b,2)}; null when
   * there is none. What follows it doesn't matter.
   */
  public static String firstPath(String name) {
    TargetParser parser = new TargetParser(name);
    try {
      return parser.expression().read(new FirstPath());
    } catch (RenderException e) {
      parser.text.to(0);
      int start = parser.text.afterBlanks(0);
      parser.text.to(start);
      while (TargetText.inPath(parser.text.peek()) || parser.text.peek() == '.') {
        parser.text.to(parser.text.at() + 1);
      }
      return parser.text.at() == start ? null : parser.text.since(start);
    }
  }

  private Node expression() {
    if (++depth > DEEPEST) {
      throw text.mistake(text.at(), "more than " + DEEPEST + " calls within each other");
    }
    text.skipBlanks();
    Node node = callOrPath();
    int pipes = 0;
    while (text.take('|')) {
      if (++pipes + depth > DEEPEST) {
        throw text.mistake(text.at(), "more than " + DEEPEST + " calls within each other");
      }
      text.skipBlanks();
      if (!beginsCall()) {
        throw text.expected("a call of a function after the pipe");
      }
      node = call(node);
    }
    depth--;
    return node;
  }

  private Node callOrPath() {
    if (!beginsCall()) {
      return new Node.Path(new PathReader(text).path());
    }
    int end = text.nameEnd();
    boolean template = end - text.at() == 8 && nameIs("template");
    return template ? template() : call(null);
  }

  private boolean nameIs(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (text.charAt(text.at() + i) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean beginsCall() {
    int end = text.nameEnd();
    return end > text.at() && text.charAt(text.afterBlanks(end)) == '(';
  }

  /**
   * @param piped what stands before the pipe, null for none
   */
  private Node call(Node piped) {
    int start = text.at();
    text.to(text.nameEnd());
    String name = text.since(start);
    text.take('(');
    List<Node> args = new ArrayList<>();
    if (piped != null) {
      args.add(piped);
    }
    Map<String, Node> named = new LinkedHashMap<>();
    if (!text.take(')')) {
      do {
        argument(args, named);
      } while (text.take(','));
      close();
    }
    return new Node.Call(name, args, named, text.since(start));
  }

  private void close() {
    if (!text.take(')')) {
      throw text.expected("',' or ')'");
    }
  }

  private void argument(List<Node> args, Map<String, Node> named) {
    text.skipBlanks();
    int at = text.at();
    String name = parameterName();
    if (name != null) {
      named.put(name, value());
    } else if (named.isEmpty()) {
      args.add(value());
    } else {
      throw text.mistake(at, "expected NAME=VALUE, as that before it");
    }
  }

  /** Reads {@code name=}; null when there is none. */
  private String parameterName() {
    int start = text.at();
    int end = text.nameEnd();
    if (end == start || text.charAt(text.afterBlanks(end)) != '=') {
      return null;
    }
    text.to(end);
    String name = text.since(start);
    text.take('=');
    return name;
  }

  private Node value() {
    text.skipBlanks();
    ConstantReader constants = new ConstantReader(text);
    if (constants.read()) {
      return new Node.Constant(constants.value());
    }
    if (text.atEnd() || text.peek() == ',' || text.peek() == ')') {
      throw text.expected("a parameter");
    }
    return expression();
  }

  private Node template() {
    text.to(text.nameEnd());
    text.take('(');
    Node body = expression();
    Map<String, Node.Constant> values = new LinkedHashMap<>();
    while (text.take(',')) {
      text.skipBlanks();
      String name = parameterName();
      text.skipBlanks();
      int at = text.at();
      ConstantReader constants = new ConstantReader(text);
      if (!constants.read() || !constants.isTextOrNumber()) {
        throw text.mistake(at, "expected a text or a number, as values of a template are");
      }
      String key = name == null ? Integer.toString(values.size() + 1) : name;
      values.put(key, new Node.Constant(constants.value()));
    }
    close();
    return new Node.Template(body, values);
  }

  /** Goes down first arguments. */
  private static final class FirstPath implements Node.Reader<String> {
    @Override
    public String path(Node.Path path) {
      return path.text();
    }

    @Override
    public String call(Node.Call call) {
      return call.args().isEmpty() ? null : call.args().get(0).read(this);
    }

    @Override
    public String template(Node.Template template) {
      return template.body().read(this);
    }

    @Override
    public String constant(Node.Constant constant) {
      return null;
    }
  }
}
