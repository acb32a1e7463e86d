package fr.digital113.directory.reference;

import java.util.Map;

/**
 * The files of one data set as they are to be loaded.
 *
 * @param vintage an ISO date, as precise as it is known, so that editions compare as text
 * @param checksum SHA-256 of the files, in hexadecimal
 * @param contents the bytes of each file
 */
record Edition(DataSet set, String vintage, String checksum, Map<SourceFile, byte[]> contents) {}
