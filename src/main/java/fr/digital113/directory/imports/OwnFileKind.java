package fr.digital113.directory.imports;

import java.util.List;

/** A kind of the cluster's own files: with documented columns, a template and an export. */
interface OwnFileKind extends ImportKind {

  /** Every column, in the order of the template and the export. */
  List<Column> columns();

  /** A query that returns the columns of an export, as text and in their order. */
  String exportQuery();

  @Override
  default void checkHeader(List<String> header) {
    Header.of(header, columns());
  }
}
