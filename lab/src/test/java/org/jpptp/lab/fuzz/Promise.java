package org.jpptp.lab.fuzz;

/** What is promised for every input; a promise that is broken is a finding. */
final class Promise {
    private Promise() {}

    static void kept(boolean condition, String promise) {
        if (!condition) {
            throw new AssertionError(promise);
        }
    }
}
