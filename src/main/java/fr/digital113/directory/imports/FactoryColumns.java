package fr.digital113.directory.imports;

import java.util.List;

/** The columns of the Factories file. */
final class FactoryColumns {

  static final List<Column> ALL =
      List.of(
          Column.of(
              "id",
              List.of("identifiant"),
              "Identifiant de l'annuaire (UUID). Vide pour une nouvelle Factory.",
              "Id in the directory (UUID). Empty for a new Factory."),
          Column.of(
              "slug",
              List.of(),
              "Nom dans l'adresse ; vide : fait à partir du nom.",
              "Name in the address; empty: made from the name."),
          Column.of("name", List.of("nom", "factory"), "Nom. Obligatoire.", "Name. Required."),
          Column.of(
              "missionFr",
              List.of("mission", "missionFrancais"),
              "Mission en français.",
              "Mission in French."),
          Column.of(
              "missionEn", List.of("missionAnglais"), "Mission en anglais.", "Mission in English."),
          Column.of(
              "sectors",
              List.of("secteurs", "secteur"),
              "Slugs ou libellés des secteurs, séparés par |.",
              "Slugs or labels of the sectors, separated by |."),
          Column.of(
              "status",
              List.of("statut", "etat"),
              "forming (si vide), active, needs_lead ou closed. Active : exactement deux pilotes de deux entreprises membres.",
              "forming (when empty), active, needs_lead or closed. Active: exactly two leads from two member companies."),
          Column.of(
              "lead1",
              List.of("pilote1", "binome1"),
              "Entreprise pilote : slug, id ou SIREN.",
              "Leading company: slug, id or SIREN."),
          Column.of(
              "lead1Since",
              List.of("pilote1Depuis", "binome1Depuis"),
              "Depuis quand (AAAA-MM-JJ) ; vide : inchangé, ou aujourd'hui.",
              "Since when (YYYY-MM-DD); empty: unchanged, or today."),
          Column.of(
              "lead2",
              List.of("pilote2", "binome2"),
              "Seconde entreprise pilote.",
              "Second leading company."),
          Column.of(
              "lead2Since",
              List.of("pilote2Depuis", "binome2Depuis"),
              "Depuis quand.",
              "Since when."),
          Column.of(
              "participants",
              List.of("entreprises", "participantes"),
              "Entreprises participantes, séparées par | ; remplace la liste.",
              "Participating companies, separated by |; replaces the list."));

  static final String EXPORT =
      """
      select f.id::text, f.slug, f.name, f.mission_fr, f.mission_en,
        array_to_string(array(select s.sector from factory_sector s where s.factory = f.id
                              order by s.position, s.sector), '|'),
        f.status, l.slugs[1], l.since[1]::text, l.slugs[2], l.since[2]::text,
        (select string_agg(c.slug, '|' order by c.slug) from factory_participant p join company c on c.id = p.company
         where p.factory = f.id)
      from factory f
      left join lateral (
        select array_agg(c.slug order by l.since, l.company) as slugs, array_agg(l.since order by l.since, l.company) as since
        from factory_lead l join company c on c.id = l.company
        where l.factory = f.id and l.until is null) l on true
      order by f.slug
      """;

  private FactoryColumns() {}
}
