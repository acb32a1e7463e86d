package fr.digital113.directory.index;

import org.apache.lucene.document.LatLonDocValuesField;
import org.apache.lucene.document.LatLonPoint;
import org.apache.lucene.geo.GeoEncodingUtils;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.Query;

/** A box in WGS84 degrees, its edges included; it does not cross the 180th meridian. */
public record Box(double minLon, double minLat, double maxLon, double maxLat) {

  /**
   * Places are indexed to the centimetre, rounded down. So are the lower edges, or a place that
   * lies on one would be outside.
   */
  Query query() {
    double south = GeoEncodingUtils.decodeLatitude(GeoEncodingUtils.encodeLatitude(minLat));
    double west = GeoEncodingUtils.decodeLongitude(GeoEncodingUtils.encodeLongitude(minLon));
    return new IndexOrDocValuesQuery(
        LatLonPoint.newBoxQuery(Fields.LOCATION, south, maxLat, west, maxLon),
        LatLonDocValuesField.newSlowBoxQuery(Fields.LOCATION, south, maxLat, west, maxLon));
  }
}
