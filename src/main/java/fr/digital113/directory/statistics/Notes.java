package fr.digital113.directory.statistics;

import fr.digital113.directory.web.Text;
import java.util.ArrayList;
import java.util.List;

/** What whoever reads figures has to know. */
final class Notes {
  static final Text OVERLAP =
      new Text(
          "Une entreprise compte dans chacun de ses secteurs, Factories ou territoires, et une seule fois dans les totaux.",
          "A company counts in each of its sectors, Factories or places, and once in every total.");
  static final Text PAST =
      new Text(
          "Situation au jour demandé, sur la carte des communes d'aujourd'hui. La première participation connue aux Factories vaut aussi avant ; les premières données connues d'une entreprise valent aussi avant ; une entreprise archivée compte aux jours où elle était membre.",
          "As of the day asked for, on the map of communes of today. The first known participation in Factories holds before it as well; the first known state of a company holds before it as well; an archived one counts on the days on which it was a member.");
  static final Text UNDATED =
      new Text(
          "Les filtres par texte, lieu, recrutement et marchés d'export valent pour les données d'aujourd'hui.",
          "Filters by text, place, hiring and export markets are applied to the data of today.");
  static final Text CONFIDENTIAL =
      new Text(
          "« c » : chiffre retenu, car il pourrait révéler l'effectif d'une entreprise (secret statistique).",
          "\"c\": withheld, as it could tell the headcount of a company (statistical confidentiality).");
  static final Text LIVE =
      new Text(
          "Chiffres confidentiels, sans secret statistique : ne pas publier.",
          "Confidential figures, without suppression: not to be published.");
  static final Text NO_WORKFORCE =
      new Text(
          "Aucun chiffre de référence des emplois du numérique de la région n'est encore connu à cette date.",
          "No reference figure of the digital workforce of the region is known for this day yet.");

  private Notes() {}

  /** How many companies' headcounts are not known. */
  static Text unknown(long companies) {
    return new Text(
            "%d entreprise(s) dont l'effectif n'est pas connu comptent, sans emploi.",
            "%d companies of unknown headcount are counted, with no jobs.")
        .with(companies);
  }

  /** The notes on how companies are counted by these breakdowns. */
  static List<Text> of(List<Breakdown> by) {
    List<Text> notes = new ArrayList<>();
    if (by.stream().anyMatch(Breakdown::overlaps)) {
      notes.add(OVERLAP);
    }
    return notes;
  }
}
