package io.cadenza.format;

import io.cadenza.line.Bytes;
import io.cadenza.line.Invalid;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The stack machine of one pickle, protocols 0 to 5, for data only: whatever would import, call or
 * build refuses the whole. Opcodes as in the source of Python's pickletools.
 *
 * <p>It makes at most one object for each byte, copies no more bytes than there are, and never
 * recurses; lists may hold themselves.
 */
final class Unpickler {
  private static final int DEPTH = 100;
  private static final int MOST_OBJECTS = 2_000_000;
  private static final int HIGHEST_PROTOCOL = 5;

  private final byte[] b;
  private final int end;
  private int at;
  private Object[] stack = new Object[32];
  private int height;
  private final int[] marks = new int[DEPTH];
  private int depth;
  private int objects;
  private final PickleMemo memo = new PickleMemo();

  Unpickler(byte[] b, int from, int to) {
    this.b = b;
    this.at = from;
    this.end = to;
  }

  /** The value, or {@link Invalid#PICKLE}. */
  Object read() {
    while (at < end) {
      int opcode = b[at++] & 0xff;
      if (opcode == '.') {
        return height > floor() ? stack[height - 1] : Invalid.PICKLE;
      }
      if (!run(opcode)) {
        return Invalid.PICKLE;
      }
    }
    return Invalid.PICKLE;
  }

  private boolean run(int opcode) {
    return switch (opcode) {
      case 'N' -> push(null);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'I', 'L', 'F' -> textNumber(opcode);
      case 'J', 'K', 'M', 'G', 0x8a, 0x8b -> number(opcode);
      case 'S', 'V' -> quoted(opcode);
      case 'T', 'U', 'X', 0x8c, 0x8d -> text(lengthBytes(opcode));
      case 'B', 'C', 0x8e, 0x96 -> bytes(lengthBytes(opcode));
      case 'p', 'q', 'r', 0x94, 'g', 'h', 'j' -> remember(opcode);
      case '(', '0', '1', '2' -> arrange(opcode);
      case 0x80 -> has(1) && b[at++] <= HIGHEST_PROTOCOL && b[at - 1] >= 0;
      case 0x95 -> has(8) && fits(little(8));
      default -> collect(opcode);
    };
  }

  private boolean collect(int opcode) {
    return switch (opcode) {
      case ']' -> push(new ArrayList<>(0));
      case ')' -> push(List.of());
      case '}' -> push(new LinkedHashMap<>(4));
      case 'l' -> depth > 0 && push(new ArrayList<>(Arrays.asList(sinceMark())));
      case 't' -> depth > 0 && push(Arrays.asList(sinceMark()));
      case 'd' -> depth > 0 && dictionary();
      case 0x85, 0x86, 0x87 -> tuple(opcode - 0x84);
      case 'a' -> height - floor() >= 2 && append(pop(1));
      case 'e' -> depth > 0 && append(sinceMark());
      case 's' -> height - floor() >= 3 && put(pop(2));
      case 'u' -> depth > 0 && put(sinceMark());
      default -> false;
    };
  }

  private int floor() {
    return depth == 0 ? 0 : marks[depth - 1];
  }

  private boolean push(Object value) {
    if (height == stack.length) {
      stack = Arrays.copyOf(stack, height * 2);
    }
    stack[height++] = value;
    return ++objects <= MOST_OBJECTS;
  }

  private Object[] pop(int count) {
    height -= count;
    Object[] popped = Arrays.copyOfRange(stack, height, height + count);
    Arrays.fill(stack, height, height + count, null);
    return popped;
  }

  /** Takes away the last mark and what stands above it. */
  private Object[] sinceMark() {
    return pop(height - marks[--depth]);
  }

  private boolean arrange(int opcode) {
    switch (opcode) {
      case '(':
        if (depth == DEPTH) {
          return false;
        }
        marks[depth++] = height;
        return true;
      case '1':
        if (depth == 0) {
          return false;
        }
        sinceMark();
        return true;
      case '2':
        return height > floor() && push(stack[height - 1]);
      default:
        if (height > floor()) {
          pop(1);
          return true;
        }
        return depth-- > 0;
    }
  }

  private boolean tuple(int size) {
    return height - floor() >= size && push(Arrays.asList(pop(size)));
  }

  private boolean append(Object[] values) {
    if (height <= floor() || !(stack[height - 1] instanceof ArrayList<?>)) {
      return false;
    }
    @SuppressWarnings("unchecked") // Lists are made above, and hold anything.
    List<Object> list = (List<Object>) stack[height - 1];
    list.addAll(Arrays.asList(values));
    return true;
  }

  private boolean dictionary() {
    Object[] values = sinceMark();
    return push(new LinkedHashMap<>()) && put(values);
  }

  private boolean put(Object[] values) {
    if (values.length % 2 != 0 || height <= floor() || !(stack[height - 1] instanceof Map<?, ?>)) {
      return false;
    }
    @SuppressWarnings("unchecked") // Maps are made above, and hold anything.
    Map<Object, Object> map = (Map<Object, Object>) stack[height - 1];
    for (int i = 0; i < values.length; i += 2) {
      // The hash of a list could be of itself.
      if (values[i] instanceof List || values[i] instanceof Map || values[i] instanceof byte[]) {
        return false;
      }
      map.put(values[i], values[i + 1]);
    }
    return true;
  }

  private boolean has(int bytes) {
    return end - at >= bytes;
  }

  private boolean fits(long length) {
    return length >= 0 && length <= end - at;
  }

  /** The unsigned number of so many bytes, least first, that are known to be there. */
  private long little(int bytes) {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number |= (b[at++] & 0xffL) << (8 * i);
    }
    return number;
  }

  private boolean number(int opcode) {
    int size =
        switch (opcode) {
          case 'K', 0x8a -> 1;
          case 'M' -> 2;
          case 'G' -> 8;
          default -> 4;
        };
    if (!has(size)) {
      return false;
    }
    long number = little(size);
    return switch (opcode) {
      case 'J' -> push((long) (int) number);
      case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(number)));
      case 0x8a, 0x8b -> fits(number) && push(integer((int) number));
      default -> push(number);
    };
  }

  /** A whole number in two's complement of so many bytes, least first. */
  private Object integer(int length) {
    byte[] big = new byte[length];
    for (int i = 0; i < length; i++) {
      big[length - 1 - i] = b[at++];
    }
    return length == 0 ? (Object) 0L : PickleText.narrow(new BigInteger(big));
  }

  private boolean textNumber(int opcode) {
    int newline = Bytes.indexOf(b, at, end, (byte) '\n');
    if (newline < 0) {
      return false;
    }
    Object number =
        opcode == 'F'
            ? PickleText.real(b, at, newline)
            : PickleText.integer(opcode, b, at, newline);
    at = newline + 1;
    return number != null && push(number);
  }

  private boolean quoted(int opcode) {
    int newline = Bytes.indexOf(b, at, end, (byte) '\n');
    if (newline < 0) {
      return false;
    }
    Object text =
        opcode == 'S' ? PickleText.quoted(b, at, newline) : PickleText.escaped(b, at, newline);
    at = newline + 1;
    return text != null && push(text);
  }

  /** How many bytes the length has that follows the opcode. */
  private static int lengthBytes(int opcode) {
    return switch (opcode) {
      case 'U', 'C', 0x8c -> 1;
      case 'T', 'X', 'B' -> 4;
      default -> 8;
    };
  }

  /** Text, or bytes where they are not UTF-8. */
  private boolean text(int lengthBytes) {
    int from = behind(lengthBytes);
    return from >= 0 && push(PickleText.text(b, from, at));
  }

  private boolean bytes(int lengthBytes) {
    int from = behind(lengthBytes);
    return from >= 0 && push(Arrays.copyOfRange(b, from, at));
  }

  /** Passes a length and so many bytes; where they begin, or -1 when they are not all there. */
  private int behind(int lengthBytes) {
    if (!has(lengthBytes)) {
      return -1;
    }
    long length = little(lengthBytes);
    if (!fits(length)) {
      return -1;
    }
    at += (int) length;
    return at - (int) length;
  }

  private boolean remember(int opcode) {
    boolean get = opcode == 'g' || opcode == 'h' || opcode == 'j';
    if (!get && height <= floor()) {
      return false;
    }
    long index = opcode == 0x94 ? memo.size() : index(opcode);
    if (index < 0) {
      return false;
    }
    if (!get) {
      return memo.put((int) index, stack[height - 1]);
    }
    return memo.has((int) index) && push(memo.get((int) index));
  }

  private long index(int opcode) {
    if (opcode != 'p' && opcode != 'g') {
      int size = opcode == 'q' || opcode == 'h' ? 1 : 4;
      return has(size) ? (int) little(size) : -1;
    }
    int newline = Bytes.indexOf(b, at, end, (byte) '\n');
    if (newline < 0) {
      return -1;
    }
    Object index = PickleText.integer('L', b, at, newline);
    at = newline + 1;
    return index instanceof Long n && n <= Integer.MAX_VALUE ? n : -1;
  }
}
