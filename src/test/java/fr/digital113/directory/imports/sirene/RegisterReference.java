package fr.digital113.directory.imports.sirene;

import fr.digital113.directory.testsupport.MigratedDatabase;

/** A little of the reference data, for tests of the register. */
final class RegisterReference {
  static final MigratedDatabase.Content DATABASE =
      MigratedDatabase.with(
          jdbi -> jdbi.useHandle(handle -> handle.createScript(reference()).execute()));

  private RegisterReference() {}

  private static String reference() {
    return """
      insert into size_class values
        ('NN', 'inconnu', 'unknown', null, null, 0), ('00', '0', '0', 0, 0, 1),
        ('01', '1 ou 2', '1 or 2', 1, 2, 2), ('12', '20 à 49', '20 to 49', 20, 49, 6);
      insert into naf values
        ('NAFRev2', '62.01Z', 'Programmation informatique', true),
        ('NAFRev2', '62.02A', 'Conseil en systèmes', true),
        ('NAFRev2', '43.12B', 'Travaux de terrassement', false),
        ('NAF2025', '62.10Y', 'Programmation informatique', true),
        ('NAF2025', '66.30Y', 'Gestion de fonds', false);
      insert into sector values
        ('services', 'Services', 'Services'), ('conseil', 'Conseil', 'Consulting'),
        ('finance', 'Finance', 'Finance');
      insert into sector_naf values
        ('services', 'NAFRev2', '62.01Z'), ('services', 'NAF2025', '62.10Y'),
        ('conseil', 'NAFRev2', '62.02A'), ('finance', 'NAF2025', '66.30Y');
      insert into territory (code, level, slug, name, epci_type, population, latitude, longitude, postal_codes) values
        ('76', 'region', 'occitanie', 'Occitanie', null, 6000000, 43.7, 2.2, '{}'),
        ('31', 'departement', 'haute-garonne', 'Haute-Garonne', null, 1400000, 43.4, 1.2, '{}'),
        ('34', 'departement', 'herault', 'Hérault', null, 1100000, 43.6, 3.4, '{}'),
        ('09', 'departement', 'ariege', 'Ariège', null, 150000, 42.9, 1.5, '{}'),
        ('65', 'departement', 'hautes-pyrenees', 'Hautes-Pyrénées', null, 230000, 43.1, 0.2, '{}'),
        ('243100518', 'epci', 'toulouse-metropole', 'Toulouse Métropole', 'METRO', 800000, 43.6, 1.4, '{}'),
        ('200069300', 'epci', 'coteaux-du-val-d-arros', 'CC des Coteaux du Val d''Arros', 'CC', 10000, 43.2, 0.3, '{}'),
        ('31555', 'commune', 'toulouse', 'Toulouse', null, 514819, 43.6, 1.44, '{31000,31100,31200,31300,31400,31500}'),
        ('34172', 'commune', 'montpellier', 'Montpellier', null, 310000, 43.61, 3.87, '{34000,34070,34080,34090}'),
        ('09001', 'commune', 'aigues-juntes', 'Aigues-Juntes', null, 59, 43.05, 1.47, '{09240}'),
        ('09296', 'commune', 'aulos-sinsat', 'Aulos-Sinsat', null, 150, 42.8, 1.6, '{09310}'),
        ('65001', 'commune', 'adast', 'Adast', null, 255, 42.97, -0.06, '{65100}'),
        ('31497', 'commune', 'saint-michel-31', 'Saint-Michel', null, 300, 43.1, 1.0, '{31220}');
      insert into territory_within values
        ('31', '76'), ('34', '76'), ('09', '76'), ('65', '76'), ('243100518', '76'), ('243100518', '31'),
        ('31555', '76'), ('31555', '31'), ('31555', '243100518'), ('34172', '76'), ('34172', '34'),
        ('09001', '76'), ('09001', '09'), ('09296', '76'), ('09296', '09'), ('31497', '76'), ('31497', '31'),
        ('65001', '76'), ('65001', '65'), ('65001', '200069300');
      insert into former_commune values ('09028', 'Aulos', 'commune-deleguee', '09296');
      """;
  }
}
