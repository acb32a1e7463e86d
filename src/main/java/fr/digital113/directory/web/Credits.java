package fr.digital113.directory.web;

/**
 * What whoever shows the data names, beside the source and date of each item. The facts of the
 * cluster say the same.
 */
public final class Credits {
  public static final String CLUSTER = "Digital113";
  public static final String REGISTER = "Insee, base Sirene";
  public static final String LICENCE = "Licence Ouverte 2.0";
  public static final String LICENCE_URL =
      "https://www.etalab.gouv.fr/licence-ouverte-open-licence/";

  private Credits() {}
}
