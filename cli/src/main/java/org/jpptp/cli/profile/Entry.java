package org.jpptp.cli.profile;

/**
 * A line of a profile that says something.
 *
 * @param line its number, from 1
 * @param value as it is meant, without quotes and comment; empty for {@link ProfileText#PASSWORD}, which nobody keeps
 */
public record Entry(int line, String key, String value) {}
