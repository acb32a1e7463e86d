package fr.digital113.directory.index;

import fr.digital113.directory.web.RawJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.function.Function;
import org.apache.lucene.document.LatLonDocValuesField;
import org.apache.lucene.document.LatLonPoint;
import org.apache.lucene.geo.GeoEncodingUtils;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.search.DoubleValues;
import org.apache.lucene.search.DoubleValuesSource;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.SloppyMath;

/**
 * How far items are from a point, along a sphere of the Earth's mean radius (haversine). Filter,
 * order and what is shown come from the same number of metres.
 */
public final class Distance {
  private static final String MEMBER = "distance";
  private static final int DECIMALS_OF_KM = 3;

  private final double lat;
  private final double lon;

  /** From a point in WGS84 degrees. */
  public Distance(double lat, double lon) {
    this.lat = lat;
    this.lon = lon;
  }

  /**
   * Adds {@code distance} to items of a snapshot: km, to the metre. Those without a place get none.
   */
  public Function<Listing.Item, RawJson> shownIn(Snapshot snapshot) {
    return item -> {
      double metres = metres(snapshot, item.number());
      return Double.isFinite(metres)
          ? item.body().with(MEMBER, BigDecimal.valueOf(Math.round(metres), DECIMALS_OF_KM))
          : item.body();
    };
  }

  private double metres(Snapshot snapshot, int number) {
    var leaves = snapshot.reader().leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(number, leaves));
    try {
      DoubleValues values = values(leaf);
      return values.advanceExact(number - leaf.docBase) ? values.doubleValue() : Double.NaN;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The items whose distance, as it is shown, is at most so many km. */
  Query atMost(BigDecimal km) {
    long shown = km.movePointRight(DECIMALS_OF_KM).setScale(0, RoundingMode.FLOOR).longValueExact();
    return within(Math.nextDown(shown + 0.5));
  }

  /**
   * The items that are at most so far away. Beside a narrower filter, only its items are looked at.
   */
  Query within(double metres) {
    return new IndexOrDocValuesQuery(
        LatLonPoint.newDistanceQuery(Fields.LOCATION, lat, lon, metres),
        LatLonDocValuesField.newSlowDistanceQuery(Fields.LOCATION, lat, lon, metres));
  }

  /** To sort by; items without a place are farthest. */
  DoubleValuesSource source() {
    return new Source(this);
  }

  private DoubleValues values(LeafReaderContext leaf) throws IOException {
    SortedNumericDocValues places = DocValues.getSortedNumeric(leaf.reader(), Fields.LOCATION);
    return new DoubleValues() {
      private double metres;

      @Override
      public boolean advanceExact(int doc) throws IOException {
        metres = places.advanceExact(doc) ? metres(places.nextValue()) : Double.POSITIVE_INFINITY;
        return true;
      }

      @Override
      public double doubleValue() {
        return metres;
      }
    };
  }

  private double metres(long place) {
    return SloppyMath.haversinMeters(
        lat,
        lon,
        GeoEncodingUtils.decodeLatitude((int) (place >> Integer.SIZE)),
        GeoEncodingUtils.decodeLongitude((int) place));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Distance distance && lat == distance.lat && lon == distance.lon;
  }

  @Override
  public int hashCode() {
    return Objects.hash(lat, lon);
  }

  /** Tells the point, and so binds cursors to it. */
  @Override
  public String toString() {
    return "distance from " + lat + ',' + lon;
  }

  private static final class Source extends DoubleValuesSource {
    private final Distance distance;

    Source(Distance distance) {
      this.distance = distance;
    }

    @Override
    public DoubleValues getValues(LeafReaderContext leaf, DoubleValues scores) throws IOException {
      return distance.values(leaf);
    }

    @Override
    public boolean needsScores() {
      return false;
    }

    @Override
    public DoubleValuesSource rewrite(IndexSearcher searcher) {
      return this;
    }

    @Override
    public boolean isCacheable(LeafReaderContext leaf) {
      return DocValues.isCacheable(leaf, Fields.LOCATION);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Source source && distance.equals(source.distance);
    }

    @Override
    public int hashCode() {
      return distance.hashCode();
    }

    @Override
    public String toString() {
      return distance.toString();
    }
  }
}
