package fr.digital113.directory.erasure;

/**
 * One column of the database.
 *
 * @param sql of a {@link Treatment#SLUG}: the new value; of a {@link Treatment#JSON}: type and id
 *     of the item, with a colon between; else empty
 * @param besides of a {@link Treatment#VALUE}: the column with an object that has a member of the
 *     same name, which goes with it; else empty
 */
record Place(String table, String column, Treatment treatment, String sql, String besides) {

  /** As answers and the record of an erasure name it. */
  String name() {
    return table + "." + column;
  }
}
