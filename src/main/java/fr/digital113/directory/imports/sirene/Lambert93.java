package fr.digital113.directory.imports.sirene;

import org.jspecify.annotations.Nullable;
import org.locationtech.proj4j.CRSFactory;
import org.locationtech.proj4j.CoordinateReferenceSystem;
import org.locationtech.proj4j.CoordinateTransform;
import org.locationtech.proj4j.CoordinateTransformFactory;
import org.locationtech.proj4j.ProjCoordinate;

/** Turns Lambert 93 (EPSG:2154) metres into WGS84 degrees. Not for several threads at once. */
final class Lambert93 {

  /** Degrees, with six decimals: a tenth of a metre. */
  record Location(double latitude, double longitude) {}

  private final CoordinateTransform transform;

  Lambert93() {
    // The EPSG file of proj4j is a library of its own, under other terms; two definitions do.
    CRSFactory systems = new CRSFactory();
    CoordinateReferenceSystem lambert =
        systems.createFromParameters(
            "EPSG:2154",
            "+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000"
                + " +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs");
    CoordinateReferenceSystem wgs84 =
        systems.createFromParameters("EPSG:4326", "+proj=longlat +datum=WGS84 +no_defs");
    transform = new CoordinateTransformFactory().createTransform(lambert, wgs84);
  }

  /** Null when a coordinate is missing, masked or not one, or far from Occitanie. */
  @Nullable Location locate(@Nullable String abscissa, @Nullable String ordinate) {
    Double x = number(abscissa);
    Double y = number(ordinate);
    if (x == null || y == null || !isNearRegion(x, y)) {
      return null;
    }
    ProjCoordinate degrees = transform.transform(new ProjCoordinate(x, y), new ProjCoordinate());
    return new Location(rounded(degrees.y), rounded(degrees.x));
  }

  // Metres. Roughly Occitanie: overseas departements use other projections under the same columns.
  private static boolean isNearRegion(double x, double y) {
    return x > 400_000 && x < 870_000 && y > 6_100_000 && y < 6_480_000;
  }

  private static @Nullable Double number(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException masked) {
      return null;
    }
  }

  private static double rounded(double degrees) {
    return Math.round(degrees * 1e6) / 1e6;
  }
}
