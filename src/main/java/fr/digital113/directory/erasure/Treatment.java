package fr.digital113.directory.erasure;

/** What becomes of a column in which something of a person is found. */
enum Treatment {
  /** Cannot hold anything of a person: codes, numbers, hashes. Not searched. */
  CODE(false),
  /** Free text: what is found is replaced by {@link Finder#MASK}. */
  TEXT(true),
  /** One value, such as an e-mail address: it goes as a whole. */
  VALUE(true),
  /** A document: {@link DocumentMembers} says what becomes of its members. */
  JSON(true),
  /** Sites that a key may be used from: {@link DocumentMembers#NOWHERE} takes the place of one. */
  LIST(true),
  /** Part of an address that must stay unique: another one takes its place. */
  SLUG(true),
  /** Names somebody: a pseudonym takes its place. */
  ACTOR(true),
  /** Of no use without it: the whole row goes. */
  ROW(true);

  private final boolean searched;

  Treatment(boolean searched) {
    this.searched = searched;
  }

  boolean isSearched() {
    return searched;
  }
}
