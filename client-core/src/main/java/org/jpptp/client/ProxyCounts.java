package org.jpptp.client;

/**
 * What a proxy has done.
 *
 * @param open connections of clients at this moment
 * @param served requests that led to somewhere
 * @param refused requests that did not
 */
public record ProxyCounts(int open, long served, long refused) {
    public static final ProxyCounts NONE = new ProxyCounts(0, 0, 0);
}
