package fr.digital113.directory.web;

import org.jspecify.annotations.Nullable;

/**
 * All of an answer, in memory.
 *
 * @param bytes not compressed, and not to be changed
 * @param fileName of the file that it is; null when it is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a record
public record Content(byte[] bytes, @Nullable String fileName) {}
