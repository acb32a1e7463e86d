package fr.digital113.directory.web;

/**
 * What a public answer was read from.
 *
 * @param revision the newest public change that it holds
 * @param key tells apart what the revision alone does not: the epoch of the database, the version
 *     of the shapes
 */
public record Version(long revision, String key) {}
