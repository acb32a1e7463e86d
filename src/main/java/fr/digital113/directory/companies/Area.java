package fr.digital113.directory.companies;

import fr.digital113.directory.index.Box;
import fr.digital113.directory.index.Distance;
import fr.digital113.directory.web.QueryParameters;
import fr.digital113.directory.web.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where companies must be: near a point, in a box, both or neither.
 *
 * @param from what distances are shown and sorted from; it filters nothing by itself
 * @param radius km, at most this far; null for any distance
 * @param box null for everywhere
 */
record Area(@Nullable Distance from, @Nullable BigDecimal radius, @Nullable Box box) {
  static final String NEAR = "near";
  private static final String RADIUS = "radius";
  private static final String BBOX = "bbox";

  /** Plain decimals only: no exponents, no NaN, and not so many digits that they cost anything. */
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,4}(\\.[0-9]{1,20})?");

  private static final BigDecimal MAX_RADIUS = BigDecimal.valueOf(1000);
  private static final int MAX_LAT = 90;
  private static final int MAX_LON = 180;

  private static final Text NEAR_FORM =
      new Text(
          "Donnez latitude,longitude en degrés WGS84, comme near=43.6045,1.4442.",
          "Give latitude,longitude in WGS84 degrees, such as near=43.6045,1.4442.");
  private static final Text RADIUS_FORM =
      new Text(
          "Donnez des kilomètres, plus de 0 et au plus 1000, comme radius=12.5.",
          "Give kilometres, more than 0 and at most 1000, such as radius=12.5.");
  private static final Text BOX_FORM =
      new Text(
          "Donnez ouest,sud,est,nord (minLon,minLat,maxLon,maxLat) en degrés WGS84, comme bbox=1.3,43.5,1.6,43.7.",
          "Give west,south,east,north (minLon,minLat,maxLon,maxLat) in WGS84 degrees, such as bbox=1.3,43.5,1.6,43.7.");

  /** Reads {@code near}, {@code radius} and {@code bbox}; mistakes are collected. */
  static Area of(QueryParameters parameters) {
    return new Area(near(parameters), radius(parameters), box(parameters));
  }

  private static @Nullable Distance near(QueryParameters parameters) {
    List<Double> point = numbers(parameters, NEAR, 2, NEAR_FORM);
    if (point == null) {
      return null;
    }
    if (!isPlace(point.get(0), point.get(1))) {
      parameters.error(NEAR, "out_of_range", NEAR_FORM);
      return null;
    }
    return new Distance(point.get(0), point.get(1));
  }

  private static @Nullable BigDecimal radius(QueryParameters parameters) {
    String text = parameters.text(RADIUS);
    if (text == null) {
      return null;
    }
    if (!parameters.has(NEAR)) {
      Text needsNear =
          new Text(
              "« radius » est une distance à un point : donnez aussi « near ». " + NEAR_FORM.fr(),
              "\"radius\" is a distance from a point: give \"near\" as well. " + NEAR_FORM.en());
      parameters.error(RADIUS, "needs_near", needsNear);
      return null;
    }
    if (!DECIMAL.matcher(text).matches()) {
      parameters.error(RADIUS, "invalid_number", RADIUS_FORM);
      return null;
    }
    BigDecimal km = new BigDecimal(text);
    if (km.signum() <= 0 || km.compareTo(MAX_RADIUS) > 0) {
      parameters.error(RADIUS, "out_of_range", RADIUS_FORM);
      return null;
    }
    return km;
  }

  private static @Nullable Box box(QueryParameters parameters) {
    List<Double> edges = numbers(parameters, BBOX, 4, BOX_FORM);
    if (edges == null) {
      return null;
    }
    Box box = new Box(edges.get(0), edges.get(1), edges.get(2), edges.get(3));
    if (!isPlace(box.minLat(), box.minLon()) || !isPlace(box.maxLat(), box.maxLon())) {
      parameters.error(BBOX, "out_of_range", BOX_FORM);
      return null;
    }
    if (box.minLon() > box.maxLon() || box.minLat() > box.maxLat()) {
      Text wrongWay =
          new Text(
              "L'est ne peut précéder l'ouest, ni le nord le sud. " + BOX_FORM.fr(),
              "East must not be less than west, nor north less than south. " + BOX_FORM.en());
      parameters.error(BBOX, "wrong_way_round", wrongWay);
      return null;
    }
    return box;
  }

  private static boolean isPlace(double lat, double lon) {
    return Math.abs(lat) <= MAX_LAT && Math.abs(lon) <= MAX_LON;
  }

  private static @Nullable List<Double> numbers(
      QueryParameters parameters, String name, int count, Text form) {
    String text = parameters.text(name);
    if (text == null) {
      return null;
    }
    List<Double> numbers = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String number = part.strip();
      if (!DECIMAL.matcher(number).matches()) {
        parameters.error(name, "invalid_number", form);
        return null;
      }
      numbers.add(Double.valueOf(number));
    }
    if (numbers.size() != count) {
      parameters.error(name, "invalid_number", form);
      return null;
    }
    return numbers;
  }
}
