package io.cadenza.api.encode;

import io.cadenza.render.Series;
import java.io.IOException;
import java.util.List;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;

/** {@code format=msgpack}: the same maps as in {@link PickleSeries}. */
public final class MsgpackSeries extends SeriesBody {
  private static final int MEMBERS = 9;

  private final MessagePacker packer = MessagePack.newDefaultPacker(out);

  public MsgpackSeries(List<Series> all) {
    super(all);
  }

  @Override
  void begin(int series) throws IOException {
    packer.packArrayHeader(series);
    packer.flush();
  }

  @Override
  void head(Series series) throws IOException {
    packer.packMapHeader(MEMBERS);
    packer.packString("name").packString(series.name());
    packer.packString("start").packLong(series.start());
    packer.packString("end").packLong(series.end());
    packer.packString("step").packInt(series.step());
    packer.packString("pathExpression").packString(series.pathExpression());
    packer.packString("valuesPerPoint").packInt(1);
    packer.packString("consolidationFunc").packString(series.consolidation());
    packer.packString("xFilesFactor").packDouble(series.xFilesFactor());
    packer.packString("values").packArrayHeader(series.values().length);
    packer.flush();
  }

  @Override
  void values(Series series, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      if (Double.isNaN(series.values()[i])) {
        packer.packNil();
      } else {
        packer.packDouble(series.values()[i]);
      }
    }
    packer.flush();
  }

  @Override
  void tail(Series series) {}

  @Override
  void end() throws IOException {
    packer.close();
  }
}
